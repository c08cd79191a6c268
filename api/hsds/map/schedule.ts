import { Temporal } from 'temporal-polyfill'
import { choose } from '../../directory/language.ts'
import type { Schedule, ScheduleException, Service } from '../../directory/snapshot.ts'
import { TIME_ZONE } from '../../service/rules/calendar.ts'
import { remember } from '../../service/rules/remember.ts'
import { mostSpecific } from '../../service/rules/shifts.ts'
import { closuresLabel, daysLabel, timesLabel, WEEK } from '../../service/rules/wording.ts'
import { uuidOf } from '../ids.ts'
import type { ScheduleRecord } from '../records.ts'
import type { Languages } from './parts.ts'

/** Days, both included, `YYYY-MM-DD`. */
type Stretch = { from: string; to: string }
/** One in which the clock has the same offset from UTC, in hours. */
type Season = Stretch & { offset: number }
/** Hours of the days of a week; `closesAt` is on the same day, 23:59 for its end. */
type Part = { byday: readonly string[]; opensAt: string; closesAt: string; shift: 0 | 1 }

/** How far ahead hours are told: the present season and the next, between half a year and a year. */
const SEASONS = 2

/**
 * The hours of a service as HSDS has them: times with an offset from UTC, which in Belgium changes twice a year. So each weekly rule becomes
 * one entry for the present season and one for the next, with the days for which it holds; whoever reads the feed again in time always has
 * the right ones. Dated exceptions cut the stretches, as the standard's guidance says. What is open past midnight becomes two entries, one
 * for each day, ended by 23:59 like the standard's own example of a whole day. Holidays, which have no place in HSDS, stand in `notes`.
 */
export function scheduleRecords(service: Service, languages: Languages, today: string): ScheduleRecord[] {
  const exceptions = service.exceptions.filter(({ lastDay }) => lastDay >= today)
  const regular = service.schedules.flatMap((schedule, position) => {
    const notes = closuresLabel(schedule, service.closingDays, languages, today)
    const stretches = seasonsOf(schedule, today).flatMap((season) => without(season, exceptions))
    return entriesOf(service.id, ['schedule', position], schedule, stretches, languages, notes)
  })
  const special = specialDays(exceptions).flatMap(({ from: validFrom, to: validTo, exceptions: holding }) =>
    timesOf(holding).flatMap(({ opensAt, closesAt, reason }, position) => {
      const stretches = seasonsOf({ validFrom, validTo }, today)
      const notes = Object.keys(reason).length > 0 ? choose(reason, languages).text.reason : undefined
      return entriesOf(service.id, ['exception', position], { byday: WEEK, opensAt, closesAt }, stretches, languages, notes)
    }),
  )
  return [...regular, ...special]
}

function entriesOf(
  serviceId: string,
  names: readonly (string | number)[],
  hours: Pick<Schedule, 'byday' | 'opensAt' | 'closesAt'>,
  stretches: readonly Season[],
  languages: Languages,
  notes: string | undefined,
): ScheduleRecord[] {
  return stretches.flatMap(({ from, to, offset }) =>
    withinDays(hours).map(({ byday, opensAt, closesAt, shift }): ScheduleRecord => {
      const zone = `+${String(offset).padStart(2, '0')}:00`
      return {
        id: uuidOf(serviceId, ...names, from, shift),
        valid_from: addDays(from, shift),
        valid_to: addDays(to, shift),
        freq: 'WEEKLY',
        byday: byday.join(','),
        opens_at: `${opensAt}${zone}`,
        closes_at: `${closesAt}${zone}`,
        timezone: offset,
        description: `${daysLabel(byday, languages)}, ${timesLabel({ opensAt, closesAt }, languages)}`,
        notes,
      }
    }),
  )
}

/** Hours that end on the next day, cut at midnight. */
function withinDays({ byday, opensAt, closesAt }: Pick<Schedule, 'byday' | 'opensAt' | 'closesAt'>): Part[] {
  const days = WEEK.filter((day) => byday.includes(day))
  if (days.length === 0) return []
  if (opensAt < closesAt) return [{ byday: days, opensAt, closesAt, shift: 0 }]
  const evening: Part = { byday: days, opensAt, closesAt: '23:59', shift: 0 }
  if (closesAt === '00:00') return [evening]
  const next = WEEK.filter((_day, index) => days.includes(WEEK[(index + 6) % 7] as (typeof WEEK)[number]))
  return [evening, { byday: next, opensAt: '00:00', closesAt, shift: 1 }]
}

/** The stretches of a rule's validity in the seasons told, from the one of `today` or of its first day. */
function seasonsOf({ validFrom, validTo }: Pick<Schedule, 'validFrom' | 'validTo'>, today: string): Season[] {
  const found: Season[] = []
  let season = seasonAt(validFrom !== null && validFrom > today ? validFrom : today)
  for (let count = 0; count < SEASONS; count++) {
    const from = validFrom !== null && validFrom > season.from ? validFrom : season.from
    const to = validTo !== null && validTo < season.to ? validTo : season.to
    if (from <= to && to >= today) found.push({ from, to, offset: season.offset })
    season = seasonAt(addDays(season.to, 1))
  }
  return found
}

/** What is left of a season when the exceptions are taken out. */
function without(season: Season, exceptions: readonly ScheduleException[]): Season[] {
  let left = [season]
  for (const { firstDay, lastDay } of exceptions) {
    left = left.flatMap((one) => {
      if (lastDay < one.from || firstDay > one.to) return [one]
      const before = { ...one, to: addDays(firstDay, -1) }
      const after = { ...one, from: addDays(lastDay, 1) }
      return [before, after].filter(({ from, to }) => from <= to)
    })
  }
  return left
}

/** The stretches of days for which the same exceptions hold, by the rule of the opening hours themselves. */
function specialDays(exceptions: readonly ScheduleException[]): (Stretch & { exceptions: readonly ScheduleException[] })[] {
  const edges = [...new Set(exceptions.flatMap(({ firstDay, lastDay }) => [firstDay, addDays(lastDay, 1)]))].sort()
  return edges.slice(0, -1).flatMap((from, index) => {
    const holding = mostSpecific(exceptions, from)
    return holding.length > 0 ? [{ from, to: addDays(edges[index + 1] as string, -1), exceptions: holding }] : []
  })
}

/** The hours of exceptions that hold together; none when one of them says closed. */
function timesOf(exceptions: readonly ScheduleException[]) {
  const times = exceptions.flatMap(({ opensAt, closesAt, texts }) =>
    opensAt === null || closesAt === null ? [] : [{ opensAt, closesAt, reason: texts }],
  )
  return times.length === exceptions.length ? times : []
}

/**
 * The days around one on which the clock has the same offset at noon. A day of a clock change belongs to the season it begins: before 3
 * o'clock of that night its times are off by an hour, which no offset could tell.
 */
export const seasonAt = remember((day: string): Season => {
  const noon = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: TIME_ZONE, plainTime: '12:00' })
  const previous = noon.getTimeZoneTransition('previous')
  const next = noon.getTimeZoneTransition('next')
  return {
    from: previous?.toPlainDate().toString() ?? day,
    to: next?.toPlainDate().subtract({ days: 1 }).toString() ?? day,
    offset: noon.offsetNanoseconds / 3_600_000_000_000,
  }
}, 1_000)

const addDays = (day: string, days: number): string => (days === 0 ? day : Temporal.PlainDate.from(day).add({ days }).toString())
