import { checkedDates, type MadeOrganization } from './organizations.ts'
import type { Random } from './random.ts'
import { makeSchedules } from './services.ts'
import { addRows, codeOf, type Tables } from './tables.ts'
import { TAGS } from './texts.ts'

/** One line of agents, the emergency number, and lines that listen for the needs where somebody must answer at once. */
const LINES = [
  { slug: 'ligne-sociale', number: '0800 43 436', kind: 'SOCIAL', needs: [], name: 'Ligne sociale' },
  { slug: '112', number: '112', kind: 'EMERGENCY', needs: ['violence', 'mental-health', 'health'], name: '112' },
  { slug: '107', number: '107', kind: 'LISTENING', needs: ['mental-health'], name: 'Télé-Accueil 107' },
  { slug: 'ecoute-violences', number: '0800 30 030', kind: 'LISTENING', needs: ['violence'], name: 'Écoute violences' },
] as const

export function makeLines(random: Random, tables: Tables, organizations: readonly MadeOrganization[], today: string): void {
  for (const [position, { slug, number, kind, needs, name }] of LINES.entries()) {
    const id = random.uuid()
    addRows(tables, 'line', {
      id,
      slug,
      number,
      kind,
      organization_id: random.pick(organizations).id,
      languages: ['FR', 'DE', 'NL', 'EN'],
      accepts_callbacks: kind === 'SOCIAL',
      position,
      source: 'https://www.belgium.be/fr',
      ...checkedDates(random, today),
    })
    for (const tag of TAGS)
      addRows(tables, 'line_translation', { line_id: id, language: codeOf(tag), name, description: null, alert: null })
    for (const [at, code] of needs.entries()) addRows(tables, 'line_need', { line_id: id, need_code: code, position: at })
    addRows(tables, 'service_area', { id: random.uuid(), line_id: id, service_id: null, kind: 'COUNTRY', code: 'BE', position: 0 })
    const hours = makeSchedules(random, 1)[0]
    const always = { byday: ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'], opens_at: '00:00', closes_at: '00:00', open_on_holidays: true }
    addRows(tables, 'schedule', { ...hours, ...(kind === 'SOCIAL' ? {} : always), line_id: id, service_id: null, position: 0 })
  }
}
