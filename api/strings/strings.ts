import type { LanguageCode } from '../db/generated/enums.ts'
import { de } from './de.ts'
import { en } from './en.ts'
import { fr, type Strings } from './fr.ts'
import { nl } from './nl.ts'

const ALL: Record<LanguageCode, Strings> = { FR: fr, DE: de, NL: nl, EN: en }

/** The API's own sentences in the first language wanted; every language has them all. */
export const stringsFor = (languages: readonly LanguageCode[]): Strings => ALL[languages[0] ?? 'FR']
