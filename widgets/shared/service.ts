/** What the finder and the desk both tell of a service. */

/** A verdict's sign and the name of its text; the sign is for the eye, the words say it. */
export const VERDICTS = { ELIGIBLE: ['✓', 'eligible'], TO_BE_ASSESSED: ['?', 'maybe'], NOT_ELIGIBLE: ['✕', 'unlikely'] } as const

/** The first sentence of a description, and the rest. */
export function firstSentence(text: string): [first: string, rest: string] {
  const first = /^.{30,}?[.!?](?= \p{Lu})/u.exec(text)?.[0] ?? text
  return [first, text.slice(first.length)]
}

interface Place {
  street: string | null
  postalCode: string | null
  commune: { name: string }
}

export const addressOf = ({ street, postalCode, commune }: Place): string =>
  [street, [postalCode, commune.name].filter(Boolean).join(' ')].filter(Boolean).join(', ')

interface Schedule {
  byday: readonly string[]
  opensAt: string
  closesAt: string
  validFrom: string | null
  validTo: string | null
}

/** As iCalendar has the days. */
const WEEK = 'MO TU WE TH FR SA SU'

/** The weekly hours that hold today, one line each: "lun.–ven. 09:00–17:00". What closes on a single day is told by the opening status. */
export function hoursOf(
  { schedules }: { schedules: readonly Schedule[] },
  language: string,
  today = new Date().toISOString().slice(0, 10),
): string[] {
  // 1 January 2024 was a Monday.
  const name = (day: number) => new Date(Date.UTC(2024, 0, 1 + day)).toLocaleDateString(language, { weekday: 'short', timeZone: 'UTC' })
  return schedules
    .filter(({ validFrom, validTo }) => (validFrom ?? today) <= today && today <= (validTo ?? today))
    .map(({ byday, opensAt, closesAt }) => {
      const days = byday.map((day) => WEEK.indexOf(day) / 3).sort()
      const [first = 0] = days
      const last = days[days.length - 1] ?? 0
      const run = days.length > 2 && last - first === days.length - 1
      return `${run ? `${name(first)}–${name(last)}` : days.map(name).join(', ')} ${opensAt}–${closesAt}`
    })
}
