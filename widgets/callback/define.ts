import { define } from '../shared/element.ts'
import { PasserelleCallback } from './callback.ts'

define('passerelle-callback', PasserelleCallback)
