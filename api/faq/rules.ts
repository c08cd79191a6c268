import { given } from '../directory/search.ts'
import type { FaqEntry, Service, Snapshot } from '../directory/snapshot.ts'
import { InvalidInput } from '../errors.ts'
import { readNeeds, unknownCode } from '../taxonomy/rules.ts'

/** What a caller may ask of a list of questions. */
export type FaqFilter = { search?: string | null; needs?: readonly string[] | null; service?: string | null }

/**
 * The questions that pass every part of the filter; best matches first with `search`, else in the editors' order.
 * @throws InvalidInput for a need or service that does not exist
 */
export function findFaqEntries(directory: Snapshot, filter: FaqFilter): readonly FaqEntry[] {
  const { needs, problems } = readNeeds(directory, filter.needs, ['filter', 'needs'])
  let service: Service | undefined
  const slug = given(filter.service)
  if (slug !== null) {
    service = directory.servicesBySlug.get(slug)
    if (!service) problems.push(unknownCode(['filter', 'service'], slug))
  }
  if (problems.length > 0) throw new InvalidInput(problems)

  const search = given(filter.search)
  const searched = search ? directory.search.faqEntries.find(search) : directory.faqEntries
  return searched.filter(
    (entry) => (needs.size === 0 || entry.needs.some((need) => needs.has(need))) && (!service || entry.services.includes(service)),
  )
}
