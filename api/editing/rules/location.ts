import { Checks, type Findings, type Known, LONGEST } from './checks.ts'
import type { LocationDocument } from './documents.ts'

/** What is wrong with a place. */
export function checkLocation(document: LocationDocument, known: Known): Findings {
  const checks = new Checks(document, known)
  const { commune, postalCode, latitude, longitude } = document
  checks.slug(document.slug)
  checks.texts({ name: LONGEST.title }, ['name'])
  checks.reference('ORGANIZATION', document.organization, ['organization'])
  checks.length(['street'], document.street, LONGEST.street)
  checks.commune(['commune'], commune)
  const place = known.directory.communesByNis.get(commune)
  if (postalCode !== null && !/^\d{4}$/.test(postalCode)) checks.refuse(['postalCode'], 'malformed')
  else if (postalCode !== null && place && !place.postalCodes.includes(postalCode)) checks.lack(['postalCode'], 'contradictory')
  checks.range(['latitude'], latitude, -90, 90)
  checks.range(['longitude'], longitude, -180, 180)
  if ((latitude === null) !== (longitude === null)) checks.lack([latitude === null ? 'latitude' : 'longitude'], 'required')
  return checks
}
