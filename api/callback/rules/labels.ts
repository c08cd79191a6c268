import type { LanguageCode } from '../../db/generated/enums.ts'
import { daysBetween, TIME_ZONE, wallClockAt } from '../../service/rules/calendar.ts'
import { dayFormat } from '../../service/rules/formats.ts'
import { stringsFor } from '../../strings/strings.ts'
import type { Estimate } from './estimate.ts'
import type { Slot } from './slots.ts'

/** The day of a moment as a heading over its slots: "aujourd’hui, lundi 23 novembre", "mercredi 25 novembre". */
export function dayLabel(at: Date, now: Date, languages: readonly LanguageCode[]): string {
  const near = nearDay(at, now, languages)
  return near ? `${near}, ${dateName(at, languages)}` : dateName(at, languages)
}

/** The times of a slot, without its day: "de 8 h 30 à 13 h". */
export function timesLabel({ startsAt, endsAt }: Pick<Slot, 'startsAt' | 'endsAt'>, languages: readonly LanguageCode[]): string {
  return stringsFor(languages).slots.times(timeName(startsAt, languages), timeName(endsAt, languages))
}

/**
 * An estimate that is not over, to be said alone or within a sentence ("Nous vous rappelons …"): "aujourd’hui avant 13 h", "lundi 23
 * novembre entre 8 h 30 et 13 h". What ends after midnight is told of the day on which it begins; of the present night "cette nuit".
 */
export function estimateLabel({ from, by }: Estimate, now: Date, languages: readonly LanguageCode[]): string {
  const { slots } = stringsFor(languages)
  const end = timeName(by, languages)
  if (from > now)
    return slots.between(nearDay(from, now, languages) ?? slots.onDate(dateName(from, languages)), timeName(from, languages), end)
  // Midnight ends today: only what goes on after it is of the night.
  const endsToday = wallClockAt(new Date(by.getTime() - 1)).day === wallClockAt(now).day
  return slots.before(endsToday ? slots.today : slots.tonight, end)
}

/** A slot in words that hold on any day, within a sentence ("Nous vous appelons …"): "lundi 23 novembre entre 8 h 30 et 13 h". */
export function slotLabel({ startsAt, endsAt }: Pick<Slot, 'startsAt' | 'endsAt'>, languages: readonly LanguageCode[]): string {
  const { slots } = stringsFor(languages)
  return slots.between(slots.onDate(dateName(startsAt, languages)), timeName(startsAt, languages), timeName(endsAt, languages))
}

/** A day within a sentence, in words that hold on any day: "am Dienstag, 17. November". */
export const onDayLabel = (at: Date, languages: readonly LanguageCode[]): string =>
  stringsFor(languages).slots.onDate(dateName(at, languages))

/** Today or tomorrow in words, or null. */
function nearDay(at: Date, now: Date, languages: readonly LanguageCode[]): string | null {
  const { today, tomorrow } = stringsFor(languages).slots
  return [today, tomorrow][daysBetween(wallClockAt(now).day, wallClockAt(at).day)] ?? null
}

/** "lundi 23 novembre". Its two parts are put together by our own rule: the comma between them comes and goes with versions of Unicode. */
function dateName(at: Date, languages: readonly LanguageCode[]): string {
  const language = languages[0] ?? 'FR'
  return stringsFor(languages).slots.date(weekday(language).format(at), dayAndMonth(language).format(at))
}

const weekday = dayFormat({ weekday: 'long' }, TIME_ZONE)
const dayAndMonth = dayFormat({ day: 'numeric', month: 'long' }, TIME_ZONE)

function timeName(at: Date, languages: readonly LanguageCode[]): string {
  const { hour, minute } = wallClockAt(at)
  return stringsFor(languages).hours.time(hour, minute)
}
