import type { LanguageCode } from '../../api/db/generated/enums.ts'
import type { Tag } from '../../prisma/seed/content.ts'

/** A row as the table has it: names of columns, values as JSON. */
export type Row = Record<string, unknown>

/** Tables that are filled, in the order in which they can be: what is referred to comes first. */
const ORDER = [
  'organization',
  'organization_translation',
  'service',
  'service_translation',
  'service_need',
  'service_audience',
  'required_document',
  'required_document_translation',
  'location',
  'location_translation',
  'service_at_location',
  'faq_entry',
  'faq_entry_translation',
  'faq_need',
  'faq_service',
  'faq_relation',
  'line',
  'line_translation',
  'line_need',
  'phone',
  'phone_translation',
  'schedule',
  'service_area',
] as const

export type Table = (typeof ORDER)[number]

/** Rows by table, in the order of insertion. */
export type Tables = ReadonlyMap<Table, Row[]>

export const noRows = (): Tables => new Map(ORDER.map((table) => [table, []]))

export function addRows(tables: Tables, table: Table, ...rows: Row[]): void {
  tables.get(table)?.push(...rows)
}

export const codeOf = (tag: Tag): LanguageCode => tag.toUpperCase() as LanguageCode
