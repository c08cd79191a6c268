import type { LanguageCode } from '../../db/generated/enums.ts'
import { tagOf } from '../../directory/language.ts'
import { remember } from './remember.ts'

/**
 * Days as a language writes them. Making a formatter takes a hundred times as long as using it, so each is made once.
 * @param timeZone UTC for days that are no moments: give it their noon
 */
export const dayFormat = (options: Intl.DateTimeFormatOptions, timeZone = 'UTC') =>
  remember((language: LanguageCode) => {
    const format = new Intl.DateTimeFormat(`${tagOf(language)}-BE`, { ...options, timeZone })
    return { format: (day: Date | number) => (language === 'FR' ? firstOfMonth(format.format(day)) : format.format(day)) }
  }, 4)

/** In French the first of a month is "1er", which Intl does not write. */
const firstOfMonth = (text: string): string => text.replace(/(?<!\d)1(?= \p{L})/u, '1er')

/** "21 novembre 2026" */
export const fullDay = dayFormat({ day: 'numeric', month: 'long', year: 'numeric' })

const namesIn = remember((language: LanguageCode) => new Intl.DisplayNames(tagOf(language), { type: 'language' }), 4)

/** What a language is called in another: "allemand". */
export const languageName = (language: LanguageCode, shownIn: LanguageCode): string =>
  namesIn(shownIn).of(tagOf(language)) ?? tagOf(language)
