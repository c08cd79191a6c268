/** Longest wait that is told in minutes; up to so many hours it is told in hours, and from then on a person comes back tomorrow. */
const MOST_MINUTES = 90
const TOMORROW_HOURS = 20

/** How one says a wait: a count of minutes or hours, or tomorrow. */
export type WaitWords = { minutes: (count: number) => string; hours: (count: number) => string; tomorrow: string }

/** A wait as a person counts it, never told shorter than it is: minutes, from an hour and a half on hours, from 20 hours on "tomorrow". */
export function waitLabel(minutes: number, words: WaitWords): string {
  if (minutes <= MOST_MINUTES) return words.minutes(Math.max(1, minutes))
  return minutes < TOMORROW_HOURS * 60 ? words.hours(Math.ceil(minutes / 60)) : words.tomorrow
}
