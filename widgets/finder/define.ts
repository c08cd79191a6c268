import { define } from '../shared/element.ts'
import { PasserelleFinder } from './finder.ts'

define('passerelle-finder', PasserelleFinder)
