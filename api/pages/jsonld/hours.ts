import type { Hours, Schedule } from '../../directory/snapshot.ts'
import { type Day, dayOf, validOn } from '../../service/rules/calendar.ts'
import { closureOf, isExceptional } from '../../service/rules/shifts.ts'

const DAYS: Record<string, string> = {
  MO: 'Monday',
  TU: 'Tuesday',
  WE: 'Wednesday',
  TH: 'Thursday',
  FR: 'Friday',
  SA: 'Saturday',
  SU: 'Sunday',
}

type Times = Pick<Schedule, 'opensAt' | 'closesAt'>

/**
 * The hours that hold or will, from `today` (`YYYY-MM-DD`) on, as schema.org has them: the weekly ones, the exceptions, and the holidays and
 * closing days of the coming year. The latter two have dates and no day of the week, by which search engines know that they come first
 * (`specialOpeningHoursSpecification`, which would say so, is a property of places only).
 */
export function hoursOf(hours: Hours, today: string): object[] | undefined {
  const weekly = hours.schedules
    .filter(({ validTo }) => validTo === null || validTo >= today)
    .map(({ byday, validFrom, validTo, ...times }) =>
      specification(times, { dayOfWeek: byday.map((day) => `https://schema.org/${DAYS[day]}`), ...stretch(validFrom, validTo) }),
    )
  const special = hours.exceptions
    .filter(({ lastDay }) => lastDay >= today)
    .map(({ firstDay, lastDay, opensAt, closesAt }) =>
      specification(opensAt !== null && closesAt !== null ? { opensAt, closesAt } : null, stretch(firstDay, lastDay)),
    )
  const all = [...weekly, ...special, ...closuresOf(hours, today)]
  return all.length > 0 ? all : undefined
}

/** The days of a year on which the weekly hours do not hold, or not all of them, and no exception says anything. */
function closuresOf(hours: Hours, today: string): object[] {
  const found: object[] = []
  const end = `${Number(today.slice(0, 4)) + 1}${today.slice(4)}`
  for (let day = dayOf(today); day.date < end; day = dayOf(day.next)) {
    if (!closureOf(hours.closingDays, day) || isExceptional(hours, day.date)) continue
    const weekly = usualOn(hours, day)
    const worked = weekly.filter(({ openOnHolidays }) => openOnHolidays)
    if (worked.length === weekly.length) continue
    const times = worked.length > 0 ? worked : [null]
    found.push(...times.map((one) => specification(one, stretch(day.date, day.date))))
  }
  return found
}

const usualOn = ({ schedules }: Hours, { date, weekday }: Day): Schedule[] =>
  schedules.filter((schedule) => schedule.byday.includes(weekday) && validOn(schedule, date))

const stretch = (first: string | null, last: string | null): object => ({ validFrom: first ?? undefined, validThrough: last ?? undefined })

/**
 * Closing before opening means the next day, as schema.org has it; a whole day ends at 23:59, and a closed one (no times) opens and closes at
 * 00:00, as search engines read it.
 */
function specification(times: Times | null, when: object): object {
  const { opensAt, closesAt } = times ?? CLOSED
  return { '@type': 'OpeningHoursSpecification', opens: opensAt, closes: times && opensAt === closesAt ? '23:59' : closesAt, ...when }
}
const CLOSED: Times = { opensAt: '00:00', closesAt: '00:00' }
