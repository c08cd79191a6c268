import type { OrganizationKind } from '../db/generated/enums.ts'
import { fold, given } from '../directory/search.ts'
import type { Organization, Snapshot } from '../directory/snapshot.ts'
import { InvalidInput } from '../errors.ts'
import { readPlaces } from '../place/rules.ts'

/** A `tel:` link (RFC 3966). Belgian numbers stay in their national form, which short and 0800 numbers need; + is kept. */
export const telephoneUri = (number: string): string => `tel:${number.replace(/[^\d+]/g, '')}`

/** What a caller may ask of a list of organizations. */
export type OrganizationFilter = {
  search?: string | null
  kind?: OrganizationKind | null
  postalCode?: string | null
  nisCode?: string | null
}

/**
 * The organizations that pass every part of the filter, by slug. Each word typed must begin a word of the name or description.
 * @throws InvalidInput for a place that does not exist
 */
export function findOrganizations(directory: Snapshot, filter: OrganizationFilter): readonly Organization[] {
  const { communes, problems } = readPlaces(directory, filter, ['filter'])
  if (problems.length > 0) throw new InvalidInput(problems)
  const wanted = wordsOf((given(filter.search) ?? '').slice(0, LONGEST_SEARCH))
  return directory.organizations.filter(
    (organization) =>
      (!filter.kind || organization.kind === filter.kind) &&
      (communes === null || (organization.commune !== null && communes.includes(organization.commune))) &&
      (wanted.length === 0 || hasWords(organization, wanted)),
  )
}

/** In characters; the rest is ignored, so that a huge text costs no more than a long one. */
const LONGEST_SEARCH = 200

const wordsOf = (text: string): string[] => [...new Set(fold(text).split(/[^\p{L}\p{N}]+/u))].filter(Boolean)

const hasWords = (organization: Organization, wanted: readonly string[]): boolean => {
  const words = searchable(organization)
  return wanted.every((start) => words.includes(` ${start}`))
}

/** All words of an organization, folded, a space before each. Folded once for each record of a snapshot, which never changes: a cache. */
function searchable(organization: Organization): string {
  let words = folded.get(organization)
  if (words === undefined) {
    const texts = Object.values(organization.texts).flatMap(({ name, description }) => [name, description ?? ''])
    words = ` ${wordsOf(texts.join(' ')).join(' ')}`
    folded.set(organization, words)
  }
  return words
}
const folded = new WeakMap<Organization, string>()
