import { define } from '../shared/element.ts'
import { PasserelleDesk } from './desk.ts'

define('passerelle-desk', PasserelleDesk)
