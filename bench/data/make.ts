import type { Content } from '../../prisma/seed/content.ts'
import { makeFaqEntries } from './faq.ts'
import { makeLines } from './lines.ts'
import { makeOrganizations } from './organizations.ts'
import { randomFrom } from './random.ts'
import { type MadeService, makeServices } from './services.ts'
import { noRows, type Tables } from './tables.ts'

/** Places and taxonomies, as the project's own reference data have them. */
export type Reference = Pick<Content, 'communes' | 'needs' | 'audiences'>

/** How much is made. */
export type Size = { services: number; faqEntries: number }

/** What the load needs to know of the data, to ask for what exists. */
export type Made = { tables: Tables; services: readonly MadeService[]; reference: Reference }

/** Any number: another one makes other data of the same sort. */
const SEED = 20_261_117

/**
 * Makes a directory: organizations, services, questions and lines in four languages, the same for the same size.
 * @param today YYYY-MM-DD; records were checked in the weeks before it, so that nothing is stale
 */
export function makeDirectory(reference: Reference, size: Size, today: string): Made {
  const random = randomFrom(SEED)
  const tables = noRows()
  const organizations = makeOrganizations(random, tables, reference, size, today)
  const services = makeServices(random, tables, reference, organizations, size, today)
  makeFaqEntries(random, tables, reference, { organizations, services }, size, today)
  makeLines(random, tables, organizations, today)
  return { tables, services, reference }
}
