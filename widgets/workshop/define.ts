import { define } from '../shared/element.ts'
import { PasserelleWorkshop } from './workshop.ts'

define('passerelle-workshop', PasserelleWorkshop)
