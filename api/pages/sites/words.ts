import type { LanguageCode } from '../../db/generated/enums.ts'
import { languageOf, type Reader } from '../layout.ts'
import { de } from '../strings/sites/de.ts'
import { en } from '../strings/sites/en.ts'
import { fr, type SitesStrings } from '../strings/sites/fr.ts'
import { nl } from '../strings/sites/nl.ts'

const SITES_STRINGS: Record<LanguageCode, SitesStrings> = { FR: fr, DE: de, NL: nl, EN: en }

export const sitesWords = (reader: Reader): SitesStrings => SITES_STRINGS[languageOf(reader)]

/** A contrast as it is written: "7,4", "21". */
export const ratioLabel = (ratio: number, reader: Reader): string =>
  sitesWords(reader).comma ? String(ratio).replace('.', ',') : String(ratio)
