import type { LanguageCode } from '../../db/generated/enums.ts'
import { tagOf } from '../../directory/language.ts'
import { dayIn, TIME_ZONE } from '../../service/rules/calendar.ts'
import { languageOf, type Reader } from '../layout.ts'
import { dayLabel } from '../parts.ts'
import { de } from '../strings/exchange/de.ts'
import { en } from '../strings/exchange/en.ts'
import { type ExchangeStrings, fr } from '../strings/exchange/fr.ts'
import { nl } from '../strings/exchange/nl.ts'

export const EXCHANGE_STRINGS: Record<LanguageCode, ExchangeStrings> = { FR: fr, DE: de, NL: nl, EN: en }

export const exchangeWords = (reader: Reader): ExchangeStrings => EXCHANGE_STRINGS[languageOf(reader)]

/** A number as the language writes it in Belgium: "10 000", "10.000". */
export const numberLabel = (number: number, reader: Reader): string =>
  new Intl.NumberFormat(`${tagOf(languageOf(reader))}-BE`).format(number)

/** A moment with its day: "le 22 novembre 2026 à 16:05". */
export function momentLabel(moment: Date, reader: Reader): string {
  const time = new Intl.DateTimeFormat(tagOf(languageOf(reader)), { hour: '2-digit', minute: '2-digit', timeZone: TIME_ZONE })
  return exchangeWords(reader).at(dayLabel(dayIn(moment), reader), time.format(moment))
}
