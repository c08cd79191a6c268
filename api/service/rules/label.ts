import type { LanguageCode } from '../../db/generated/enums.ts'
import { choose } from '../../directory/language.ts'
import { stringsFor } from '../../strings/strings.ts'
import { daysBetween, TIME_ZONE, wallClockAt } from './calendar.ts'
import type { Opening } from './hours.ts'
import { dayFormat } from './formats.ts'
import type { Closing } from './shifts.ts'

/** An opening as a person says it: "Ouvre lundi à 8 h 30", "Fermé pour le 11 novembre. Ouvre demain à 9 h". */
export function openingLabel(opening: Opening, at: Date, languages: readonly LanguageCode[]): string {
  const { hours } = stringsFor(languages)
  if (!opening.known) return hours.unknown
  if (opening.suspended) return hours.suspended
  if (opening.ended) return hours.ended
  const closed = opening.closedFor && closedLabel(opening.closedFor, languages)
  const moment = opening.open ? opening.closesAt : opening.opensAt
  if (moment === null) return opening.open ? hours.openAlways : (closed ?? hours.closed)

  const then = wallClockAt(moment)
  const days = daysBetween(wallClockAt(at).day, then.day)
  const time = hours.time(then.hour, then.minute)
  const day = () => dayName(moment, days, languages[0] ?? 'FR')
  // A shift that ends in the night of today belongs to today: "until 0:00" needs no weekday.
  if (opening.open) return days === 0 || (days === 1 && then.hour < 6) ? hours.openUntil(time) : hours.openUntilDay(day(), time)
  const opens = days === 0 ? hours.opensToday(time) : days === 1 ? hours.opensTomorrow(time) : hours.opensOn(day(), time)
  return closed ? `${closed}. ${opens}` : opens
}

/** Why something is closed, by its name: "11 novembre", "inventaire". */
export function closingName(closing: Closing, languages: readonly LanguageCode[]): string {
  return 'holiday' in closing ? stringsFor(languages).holidays[closing.holiday] : choose(closing.named, languages).text
}

/** The editors' words are put behind a colon: whatever their grammar, the sentence holds. */
function closedLabel(closing: Closing, languages: readonly LanguageCode[]): string {
  const { hours } = stringsFor(languages)
  return 'holiday' in closing ? hours.closedOn(closing.holiday) : hours.closedFor(closingName(closing, languages))
}

/** A weekday is enough within the week; later, the date goes with it. */
function dayName(moment: Date, days: number, language: LanguageCode): string {
  return (days > 6 ? longDay : weekday)(language).format(moment)
}

const weekday = dayFormat({ weekday: 'long' }, TIME_ZONE)
const longDay = dayFormat({ weekday: 'long', day: 'numeric', month: 'long' }, TIME_ZONE)
