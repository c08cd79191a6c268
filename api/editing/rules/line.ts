import type { MenuEntryKind } from '../../db/generated/enums.ts'
import { Checks, type Findings, type Known, LONGEST } from './checks.ts'
import type { LineDocument, MenuEntryDocument } from './documents.ts'
import { checkHours } from './hours.ts'

const MOST_PLACES = 1_000_000
/** As the database has them (`line_slots`). */
const MOST_DAYS_AHEAD = 60
const MOST_AN_HOUR = 1_000
const MOST_NOTICE = 14 * 24 * 60
/** Keys of a telephone that a menu may use: two digits at most. */
const LAST_KEY = 99

/** What is wrong with a line and its menu. */
export function checkLine(document: LineDocument, known: Known): Findings {
  const checks = new Checks(document, known)
  checks.slug(document.slug)
  checks.texts(
    { name: LONGEST.title, description: LONGEST.text, alert: LONGEST.text, closingMessage: LONGEST.text, script: LONGEST.script },
    ['name'],
  )
  checks.number(['number'], document.number)
  checks.reference('ORGANIZATION', document.organization, ['organization'])
  if (document.languages.length === 0) checks.lack(['languages'], 'required')
  checks.range(['callsPerHour'], document.callsPerHour, 1, MOST_AN_HOUR)
  checks.range(['slotNoticeMinutes'], document.slotNoticeMinutes, 0, MOST_NOTICE)
  checks.range(['slotDaysAhead'], document.slotDaysAhead, 0, MOST_DAYS_AHEAD)
  checks.range(['position'], document.position, 0, MOST_PLACES)
  checks.validity([], document)
  if (document.acceptsCallbacks && document.hours.length === 0) checks.lack(['hours'], 'hours_needed')
  checks.list('needs', document.needs)
  for (const [index, code] of document.needs.entries())
    if (!known.directory.needsByCode.has(code)) checks.refuse(['needs', String(index)], 'unknown', { value: code.slice(0, 60) })
  checks.areas(document.areas)
  checkHours(checks, document.hours, document.exceptions)
  checks.reference('LINE', document.fallback, ['fallback'])
  checks.reference('LINE', document.successor, ['successor'])
  if (document.successor === document.slug) checks.lack(['successor'], 'leads_to_itself')
  if (comesBack(document, known)) checks.lack(['fallback'], 'fallback_loop')
  checkMenu(checks, document)
  checks.source(document.source)
  return checks
}

/** Whether a caller who is sent from closed line to closed line comes back to this one. */
function comesBack({ slug, fallback }: LineDocument, { fallbackOf }: Known): boolean {
  const seen = new Set<string>()
  for (let at = fallback; at !== null && !seen.has(at); at = fallbackOf(at)) {
    if (at === slug) return true
    seen.add(at)
  }
  return false
}

/** What an entry of each kind leads to. */
const LEADS_TO: Readonly<Record<MenuEntryKind, 'service' | 'transferTo' | 'partner' | null>> = {
  SERVICE: 'service',
  QUEUE: null,
  PARTNER: 'partner',
  TRANSFER: null,
}

function checkMenu(checks: Checks, { slug, menu }: LineDocument): void {
  checks.list('menu', menu)
  for (const [index, entry] of menu.entries()) {
    const path = ['menu', String(index)]
    checks.range([...path, 'key'], entry.key, 0, LAST_KEY)
    checks.validity(path, entry)
    checks.label([...path, 'label'], entry.label, { needed: true })
    checks.reference('SERVICE', entry.service, [...path, 'service'])
    checks.reference('LINE', entry.transferTo, [...path, 'transferTo'])
    checks.reference('ORGANIZATION', entry.partner, [...path, 'partner'])
    if (entry.transferTo === slug) checks.lack([...path, 'transferTo'], 'menu_entry_loop')
    const target = LEADS_TO[entry.kind]
    if (target !== null && entry[target] === null) checks.lack([...path, target], 'required')
    // A transfer goes on to a line, or to a service or an organization whose numbers are told.
    if (entry.kind === 'TRANSFER' && !entry.transferTo && !entry.service && !entry.partner) checks.lack([...path, 'transferTo'], 'required')
    if (menu.slice(0, index).some((other) => isSameKey(entry, other))) checks.lack([...path, 'key'], 'menu_key_twice', { key: entry.key })
  }
}

/** One key for two purposes from the same day on: which of them it has then nobody can say. A later beginning takes the key over. */
const isSameKey = (a: MenuEntryDocument, b: MenuEntryDocument): boolean => a.key === b.key && a.validFrom === b.validFrom
