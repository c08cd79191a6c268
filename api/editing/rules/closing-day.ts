import { areaExists, Checks, type Findings, type Known, LONGEST } from './checks.ts'
import type { ClosingDayDocument } from './documents.ts'

/** What is wrong with a closing day. */
export function checkClosingDay(document: ClosingDayDocument, known: Known): Findings {
  const checks = new Checks(document, known)
  const { day, kinds, areas, organization } = document
  checks.texts({ name: LONGEST.title }, ['name'])
  if (day === '') checks.lack(['day'], 'required')
  else if (!isDay(day)) checks.refuse(['day'], 'day_malformed')
  checks.reference('ORGANIZATION', organization, ['organization'])
  checks.list('areas', areas, LONGEST.areas)
  for (const [index, code] of areas.entries())
    if (!(['COMMUNE', 'PROVINCE', 'REGION'] as const).some((kind) => areaExists(known.directory, { kind, code })))
      checks.refuse(['areas', String(index)], 'unknown', { value: code.slice(0, 60) })
  // Of nobody it would close nobody.
  if (organization === null && kinds.length === 0) checks.lack(['kinds'], 'required')
  return checks
}

/** MM-DD or YYYY-MM-DD, and such a day exists; 29 February does every fourth year. */
function isDay(day: string): boolean {
  const full = /^\d{2}-\d{2}$/.test(day) ? `2024-${day}` : day
  if (!/^\d{4}-\d{2}-\d{2}$/.test(full)) return false
  const date = new Date(`${full}T12:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(full)
}
