import type { LanguageCode } from '../../db/generated/enums.ts'
import { choose } from '../../directory/language.ts'
import type { ClosingDay, Schedule, ServiceArea } from '../../directory/snapshot.ts'
import { stringsFor } from '../../strings/strings.ts'
import { dayFormat, fullDay } from './formats.ts'
import { remember } from './remember.ts'

/** The name of an area in the first language wanted; a code that nobody knows stays as it is. */
export function areaName({ kind, code, commune }: ServiceArea, languages: readonly LanguageCode[]): string {
  const { areas } = stringsFor(languages)
  if (commune) return choose(commune.texts, languages).text.name
  return kind === 'COUNTRY' ? areas.country : ((kind === 'PROVINCE' ? areas.provinces : areas.regions)[code] ?? code)
}

/** As iCalendar has them, from Monday. */
export const WEEK = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const

const weekday = dayFormat({ weekday: 'long' })
const weekdays = remember((language: LanguageCode): string[] => {
  const format = weekday(language)
  // 1 January 2024 was a Monday.
  return WEEK.map((_day, index) => format.format(Date.UTC(2024, 0, 1 + index)))
}, 4)

/** Days as a person reads them: "lundi – vendredi", "mardi, jeudi". A run of three days or more is told by its ends. */
export function daysLabel(byday: readonly string[], languages: readonly LanguageCode[]): string {
  const names = weekdays(languages[0] ?? 'FR')
  const runs: number[][] = []
  for (const [index, day] of WEEK.entries()) {
    if (!byday.includes(day)) continue
    const run = runs.at(-1)
    if (run?.at(-1) === index - 1) run.push(index)
    else runs.push([index])
  }
  return runs
    .flatMap((run) => (run.length > 2 ? [`${names[run[0] ?? 0]} – ${names[run.at(-1) ?? 0]}`] : run.map((index) => names[index])))
    .join(', ')
}

/** The times of one day as a person reads them: "9 h – 17 h". */
export function timesLabel({ opensAt, closesAt }: Pick<Schedule, 'opensAt' | 'closesAt'>, languages: readonly LanguageCode[]): string {
  const { time } = stringsFor(languages).hours
  const said = (clock: string) => time(Number(clock.slice(0, 2)), Number(clock.slice(3, 5)))
  return `${said(opensAt)} – ${said(closesAt)}`
}

/** On which days weekly hours do not hold, in words; nothing when they always do. */
export function closuresLabel(
  { openOnHolidays }: Pick<Schedule, 'openOnHolidays'>,
  closingDays: readonly ClosingDay[],
  languages: readonly LanguageCode[],
  today: string,
): string | undefined {
  if (openOnHolidays) return undefined
  const words = stringsFor(languages).hours
  const also = closingDays.filter(({ day }) => day.length === 5 || day >= today).map((one) => closingDayLabel(one, languages))
  return [words.closedOnHolidays, ...(also.length > 0 ? [words.closedAlso(also.join(', '))] : [])].join(' ')
}

function closingDayLabel({ day, texts }: ClosingDay, languages: readonly LanguageCode[]): string {
  const yearly = day.length === 5
  const date = (yearly ? yearlyDay : fullDay)(languages[0] ?? 'FR').format(new Date(`${yearly ? `2024-${day}` : day}T12:00:00Z`))
  if (Object.keys(texts).length === 0) return date
  const { name } = choose(texts, languages).text
  return name === date ? date : `${date} (${name})`
}

const yearlyDay = dayFormat({ day: 'numeric', month: 'long' })
