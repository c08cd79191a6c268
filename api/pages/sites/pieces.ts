import type { LanguageCode } from '../../db/generated/enums.ts'
import type { Line, Snapshot } from '../../directory/snapshot.ts'
import { presentLine } from '../../line/rules.ts'
import { dayIn, validOn } from '../../service/rules/calendar.ts'
import { daysLabel, timesLabel } from '../../service/rules/wording.ts'
import type { Instead } from './snippets.ts'

/** The lines that call people back now, in the order of the directory: those among which a website chooses. */
export const linesNow = ({ lines }: Pick<Snapshot, 'lines'>, now: Date): Line[] =>
  lines.filter((line) => line.acceptsCallbacks && presentLine(line, dayIn(now)) === line)

/** The line for a language: the one that was chosen, else the organization's own, else the first, of those that speak it. */
export function lineFor(lines: readonly Line[], language: LanguageCode, organizationId: string | null, chosen: string | null): Line | null {
  const named = lines.find(({ slug }) => slug === chosen)
  if (named) return named
  const speaking = lines.filter(({ languages }) => languages.includes(language))
  return speaking.find(({ organization }) => organization.id === organizationId) ?? speaking[0] ?? lines[0] ?? null
}

/** A line as a page names it: its number, and the weekly hours that hold now. */
export function insteadOf({ slug, number, schedules }: Line, language: LanguageCode, now: Date): Instead {
  const today = dayIn(now)
  const hours = schedules
    .filter((schedule) => validOn(schedule, today))
    // All day and all night need no hours.
    .filter(({ opensAt, closesAt }) => opensAt !== closesAt)
    .map((schedule) => `${daysLabel(schedule.byday, [language])}, ${timesLabel(schedule, [language])}`)
  return { slug, number, hours: hours.length > 0 ? hours.join('; ') : null }
}
