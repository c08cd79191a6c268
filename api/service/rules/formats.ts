import type { LanguageCode } from '../../db/generated/enums.ts'
import { tagOf } from '../../directory/language.ts'
import { remember } from './remember.ts'

/**
 * Days as a language writes them. Making a formatter takes a hundred times as long as using it, so each is made once.
 * @param timeZone UTC for days that are no moments: give it their noon
 */
export const dayFormat = (options: Intl.DateTimeFormatOptions, timeZone = 'UTC') =>
  remember((language: LanguageCode) => new Intl.DateTimeFormat(`${tagOf(language)}-BE`, { ...options, timeZone }), 4)

/** "21 novembre 2026" */
export const fullDay = dayFormat({ day: 'numeric', month: 'long', year: 'numeric' })

const namesIn = remember((language: LanguageCode) => new Intl.DisplayNames(tagOf(language), { type: 'language' }), 4)

/** What a language is called in another: "allemand". */
export const languageName = (language: LanguageCode, shownIn: LanguageCode): string =>
  namesIn(shownIn).of(tagOf(language)) ?? tagOf(language)
