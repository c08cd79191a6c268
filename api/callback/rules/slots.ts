import type { Line } from '../../directory/snapshot.ts'
import { InvalidInput } from '../../errors.ts'
import { dayIn, dayOf, daysBetween, momentOf } from '../../service/rules/calendar.ts'
import { hoursAhead } from '../../service/rules/hours.ts'
import type { Shift } from '../../service/rules/shifts.ts'

/** A part of a day in which one can ask to be called; `places` is how many people can be. `id` is opaque to clients. */
export type Slot = { id: string; startsAt: Date; endsAt: Date; places: number }

/** A stretch of a line's opening. It belongs to `day`, `YYYY-MM-DD`, on which it begins; its ends are in milliseconds since the epoch. */
export type Part = Shift & { day: string; places: number }

/**
 * Where a day is cut, on the wall clock: night, morning, afternoon, evening, late evening. So people choose "Monday morning", and nobody
 * sits a whole day beside the phone. None of these times falls into a clock change, which are at 2:00 and 3:00.
 */
const CUTS = ['00:00', '06:00', '13:00', '18:00', '22:00']
/** A stretch that is shorter is no choice of its own, in milliseconds. */
const SHORTEST_MS = 60 * 60_000
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** Days that can be asked for at once: a month. */
const MOST_DAYS = 31

/**
 * The slots that a line offers at a moment, in order. Each begins after the line's notice, and on one of the days it offers, counted from
 * today; never more than 25 days ahead, beyond which the hours are not worked out, whatever `slotDaysAhead` says. A line that takes no
 * callbacks, whose hours are not known, or that is not in service in these days has none.
 * @param from the first day of interest, `YYYY-MM-DD`, today unless said
 * @param days how many days from there, 1 to 31; all unless said
 * @throws InvalidInput when `days` is out of range
 */
export function slotsOf(line: Line, now: Date, { from, days }: { from?: string; days?: number } = {}): Slot[] {
  if (days !== undefined && !(Number.isInteger(days) && days >= 1 && days <= MOST_DAYS))
    throw new InvalidInput([{ path: ['days'], code: 'out_of_range', params: { min: 1, max: MOST_DAYS } }])
  const today = dayIn(now)
  const first = from ?? today
  const earliest = now.getTime() + line.slotNoticeMinutes * MINUTE_MS
  return partsAhead(line, today)
    .filter(({ start, day }) => start >= earliest && daysBetween(today, day) <= line.slotDaysAhead)
    .filter(({ day }) => day >= first && (days === undefined || daysBetween(first, day) < days))
    .map(({ start, end, places }) => {
      const startsAt = new Date(start)
      return { id: idOfSlot(line, startsAt), startsAt, endsAt: new Date(end), places }
    })
}

/** The slot with that id, or null when the line does not offer it at that moment: it has passed, is another line's, was never one. */
export function slotById(line: Line, id: string, now: Date): Slot | null {
  return slotsOf(line, now).find((slot) => slot.id === id) ?? null
}

/** The same line and start give the same id in every process and release: `liege-solidaire@20261123T0730Z`. */
export function idOfSlot({ slug }: Line, startsAt: Date): string {
  const minute = startsAt.toISOString().replace(/[-:]/g, '').slice(0, '20261123T0730'.length)
  return `${slug}@${minute}Z`
}

/** Whether the line may have offered a slot with that id once: its own, and of a minute that exists. It need not be offered any more. */
export function isSlotOf(line: Line, id: string): boolean {
  const minute = id.slice(line.slug.length + 1)
  const start = Date.parse(minute.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5Z'))
  // Read and written again it is the same: Date.parse takes 31 February for 3 March, and much else for a date.
  return !Number.isNaN(start) && idOfSlot(line, new Date(start)) === id
}

/** The start of the next day in Belgium. */
export const dayAfter = (now: Date): Date => new Date(dayOf(dayOf(dayIn(now)).next).start)

/** The last result for each line of the snapshot, which never changes: a cache of what is nearly always asked, today. */
const ahead = new WeakMap<Line, { today: string; parts: readonly Part[] }>()

/**
 * The parts of a line's opening of which something lies today (`YYYY-MM-DD`) or later, in order and without overlap, for 25 days more. None
 * for a line that takes no callbacks.
 */
export function partsAhead(line: Line, today: string): readonly Part[] {
  let known = ahead.get(line)
  if (known?.today !== today) {
    known = { today, parts: line.acceptsCallbacks ? computeParts(line, today) : [] }
    ahead.set(line, known)
  }
  return known.parts
}

function computeParts(line: Line, today: string): Part[] {
  // A line that never closes must be cut alike whichever day it is looked at, so its hours are taken from two days ago and to a day after
  // the last: what only seems to begin or to end, where looking did, then lies outside.
  const { intervals, end } = hoursAhead(line, dayOf(today).previous, line)
  const first = dayOf(today).start
  const last = dayOf(dayIn(new Date(end - 1))).start
  return intervals
    .flatMap(cut)
    .filter((stretch) => first < stretch.end && stretch.start < last)
    .map((stretch) => ({ ...stretch, day: dayIn(new Date(stretch.start)), places: placesIn(line, stretch) }))
}

/** In real time: the night in which the clocks go back has an hour more of them. */
const placesIn = ({ callsPerHour }: Line, { start, end }: Shift): number =>
  Math.max(1, Math.floor((callsPerHour * (end - start)) / HOUR_MS))

/** An interval in stretches of a day; one that is too short joins the one before, or the one after when it is the first. */
function cut({ start, end }: Shift): Shift[] {
  const stretches: Shift[] = []
  for (const edge of [...edgesBetween(start, end), end]) {
    const last = stretches.at(-1)
    const stretch = { start: last?.end ?? start, end: edge }
    if (last && (isShort(last) || isShort(stretch))) last.end = edge
    else stretches.push(stretch)
  }
  return stretches
}

const isShort = ({ start, end }: Shift): boolean => end - start < SHORTEST_MS

function edgesBetween(start: number, end: number): number[] {
  const edges: number[] = []
  for (let day = dayOf(dayIn(new Date(start))); day.start < end; day = dayOf(day.next))
    edges.push(...CUTS.map((time) => momentOf(day, time)))
  return edges.filter((edge) => start < edge && edge < end)
}
