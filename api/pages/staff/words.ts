import type { LanguageCode } from '../../db/generated/enums.ts'
import { languageOf, type Reader } from '../layout.ts'
import { de } from '../strings/staff/de.ts'
import { en } from '../strings/staff/en.ts'
import { fr, type StaffStrings } from '../strings/staff/fr.ts'
import { nl } from '../strings/staff/nl.ts'

const STAFF_STRINGS: Record<LanguageCode, StaffStrings> = { FR: fr, DE: de, NL: nl, EN: en }

export const staffWords = (reader: Reader): StaffStrings => STAFF_STRINGS[languageOf(reader)]
