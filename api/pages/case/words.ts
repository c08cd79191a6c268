import type { LanguageCode } from '../../db/generated/enums.ts'
import { languageOf, type Reader } from '../layout.ts'
import { de } from '../strings/case/de.ts'
import { en } from '../strings/case/en.ts'
import { type CaseStrings, fr } from '../strings/case/fr.ts'
import { nl } from '../strings/case/nl.ts'

const CASE_STRINGS: Record<LanguageCode, CaseStrings> = { FR: fr, DE: de, NL: nl, EN: en }

export const caseWords = (reader: Reader): CaseStrings => CASE_STRINGS[languageOf(reader)]
