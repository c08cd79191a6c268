import { textIndexes } from './indexes.ts'
import { offeredServices } from './offered.ts'
import type { Snapshot } from './snapshot.ts'
import { atOnce } from './steps.ts'
import { fold } from './words.ts'

type Records = Pick<Snapshot, 'communes' | 'needs' | 'audiences' | 'organizations' | 'services' | 'faqEntries' | 'lines'>

/** A small directory for tests, from the records that matter to them; the indexes are made as `load.ts` does. */
export function makeSnapshot(records: Partial<Records>): Snapshot {
  const { communes = [], needs = [], audiences = [], organizations = [], services = [], faqEntries = [], lines = [] } = records
  const by = <T>(all: readonly T[], keyOf: (record: T) => string) => new Map(all.map((record) => [keyOf(record), record]))
  const postalCodes = new Set(communes.flatMap((commune) => commune.postalCodes))
  const communesByNis = by(communes, ({ nisCode }) => nisCode)
  const places = communes.flatMap((commune) =>
    [...Object.values(commune.texts).map(({ name }) => fold(name)), ...commune.postalCodes].map((folded) => ({ folded, commune })),
  )
  return {
    version: '1',
    demonstration: false,
    communes,
    communesByNis,
    communesByPostalCode: new Map([...postalCodes].map((code) => [code, communes.filter((commune) => commune.postalCodes.includes(code))])),
    needs,
    needsByCode: by(
      needs.flatMap((need) => [need, ...need.children]),
      ({ code }) => code,
    ),
    audiences,
    audiencesByCode: by(audiences, ({ code }) => code),
    organizations,
    organizationsBySlug: by(organizations, ({ slug }) => slug),
    services,
    servicesBySlug: by(services, ({ slug }) => slug),
    everyServiceBySlug: by(services, ({ slug }) => slug),
    offered: offeredServices(services),
    faqEntries,
    faqEntriesBySlug: by(faqEntries, ({ slug }) => slug),
    everyFaqEntryBySlug: by(faqEntries, ({ slug }) => slug),
    lines,
    linesBySlug: by(lines, ({ slug }) => slug),
    linesById: by(lines, ({ id }) => id),
    sites: new Map(),
    search: { ...atOnce(textIndexes({ needs, services, faqEntries, communesByNis }, places)), communes: places },
  }
}
