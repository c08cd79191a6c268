import type { LanguageCode } from '../../db/generated/enums.ts'
import type { Texts } from '../../directory/language.ts'
import type { Organization } from '../../directory/snapshot.ts'
import { stringsFor } from '../../strings/strings.ts'
import { daysBetween } from './calendar.ts'
import { dayFormat, fullDay } from './formats.ts'
import { remember } from './remember.ts'

export type FreshnessState = 'FRESH' | 'AGEING' | 'STALE'

/** `checkedOn` (`YYYY-MM-DD`): when somebody last checked; null when nobody is known to have. `days` since then. */
export type Freshness = { state: FreshnessState; checkedOn: string | null; days: number | null; failedOn: string | null }

/** What a record says of its own age; days as `YYYY-MM-DD`. */
export type Dated = {
  assuredDate?: string | null
  reviewedAt: string | null
  lastModified: Date
  checkFailedOn?: string | null
}

/**
 * A record is to be verified once a year: the yardstick of information-and-referral services (Inform USA, formerly AIRS, standard on the
 * maintenance of the resource database). So within a year it is fresh; when a round was missed it is ageing, and when two were, stale:
 * after two years phone menus, hours and conditions have changed more often than not.
 */
const FRESH_DAYS = 365
const STALE_DAYS = 730

/**
 * How far a record can be trusted on a day (`YYYY-MM-DD`). What counts is when the facts were last assured; where that is not known, when
 * the texts were last read against their source. Editing is no check: a record that was never checked is never fresh, and stale a year after
 * its last edit. A failed check makes stale until it is taken back. Dates to come count as today.
 */
export function freshnessOf({ assuredDate, reviewedAt, lastModified, checkFailedOn }: Dated, today: string): Freshness {
  const checkedOn = assuredDate ?? reviewedAt ?? null
  const age = (day: string) => Math.max(0, daysBetween(day, today))
  const days = checkedOn === null ? null : age(checkedOn)
  const failedOn = checkFailedOn ?? null
  return { state: failedOn ? 'STALE' : stateOf(days, age(lastModified.toISOString().slice(0, 10))), checkedOn, days, failedOn }
}

function stateOf(checked: number | null, edited: number): FreshnessState {
  if (checked === null) return edited <= FRESH_DAYS ? 'AGEING' : 'STALE'
  return checked <= FRESH_DAYS ? 'FRESH' : checked <= STALE_DAYS ? 'AGEING' : 'STALE'
}

/** Whether `freshnessOf` says STALE, for going through a whole list: without counting days. */
export function isStale({ assuredDate, reviewedAt, lastModified, checkFailedOn }: Dated, today: string): boolean {
  const checkedOn = assuredDate ?? reviewedAt ?? null
  const { checked, edited } = staleBefore(today)
  return checkFailedOn != null || (checkedOn === null ? lastModified.getTime() < edited : checkedOn < checked)
}

const staleBefore = remember((today: string) => {
  const before = (days: number) => Date.parse(today) - days * DAY_MS
  return { checked: new Date(before(STALE_DAYS)).toISOString().slice(0, 10), edited: before(FRESH_DAYS) }
}, 10)
const DAY_MS = 86_400_000

/** What to tell the person, if anything: a stale record warns, and keeps its phone numbers. */
export function freshnessWarning({ state, checkedOn, failedOn }: Freshness, languages: readonly LanguageCode[]): string | null {
  if (state !== 'STALE') return null
  const { freshness } = stringsFor(languages)
  const language = languages[0] ?? 'FR'
  if (failedOn) return freshness.checkFailed(fullDay(language).format(Date.parse(failedOn)))
  return checkedOn ? freshness.stale(inMonths(language).format(Date.parse(checkedOn))) : freshness.neverChecked
}

/**
 * A list of best matches in which a stale record lets the next fresh one go first: what fits the words is worth more than what was checked
 * lately, so it comes one place lower, and stays where people look.
 */
export function demoteStale<T extends Dated>(records: readonly T[], today: string): readonly T[] {
  const places = records.map((record, index) => ({ record, place: index + (isStale(record, today) ? 1.5 : 0) }))
  return places.sort((a, b) => a.place - b.place).map(({ record }) => record)
}

/** The same records, those that are stale after the others. */
export function staleLast<T extends Dated>(records: readonly T[], today: string): readonly T[] {
  const stale = records.filter((record) => isStale(record, today))
  return stale.length === 0 ? records : [...records.filter((record) => !isStale(record, today)), ...stale]
}

/**
 * Whether a text was last edited before the text it translates, so that it may tell what no longer holds.
 * @param edited when the text of each language was last edited
 * @param shown the language of the text that is shown
 */
export function isOutdated(edited: Texts<Date>, shown: LanguageCode, organization: Organization): boolean {
  const source = edited[sourceLanguage(edited, organization)]
  const translation = edited[shown]
  return source !== undefined && translation !== undefined && translation < source
}

/** Editors write in the first official language of their commune, else in French; what exists in neither was written in what there is. */
export function sourceLanguage(
  texts: Texts<unknown>,
  { commune }: { commune: Pick<NonNullable<Organization['commune']>, 'officialLanguages'> | null },
): LanguageCode {
  const order: LanguageCode[] = [...(commune?.officialLanguages.slice(0, 1) ?? []), 'FR', 'DE', 'NL', 'EN']
  return order.find((language) => texts[language] !== undefined) ?? 'FR'
}

const inMonths = dayFormat({ month: 'long', year: 'numeric' })
