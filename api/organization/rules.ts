import type { OrganizationKind } from '../db/generated/enums.ts'
import { fold } from '../directory/search.ts'
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
  const wanted = fold(filter.search ?? '')
    .slice(0, 200)
    .split(SEPARATOR)
    .filter(Boolean)
  return directory.organizations.filter(
    (organization) =>
      (!filter.kind || organization.kind === filter.kind) &&
      (communes === null || (organization.commune !== null && communes.includes(organization.commune))) &&
      (wanted.length === 0 || hasWords(organization, wanted)),
  )
}

const SEPARATOR = /[^\p{L}\p{N}]+/u

function hasWords({ texts }: Organization, wanted: readonly string[]): boolean {
  const words = Object.values(texts).flatMap(({ name, description }) => fold(`${name} ${description ?? ''}`).split(SEPARATOR))
  return wanted.every((start) => words.some((word) => word.startsWith(start)))
}
