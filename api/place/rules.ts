import { fold, given } from '../directory/search.ts'
import type { Commune, Snapshot } from '../directory/snapshot.ts'
import type { Problem } from '../errors.ts'

/**
 * Communes whose postal code or name begins with what was typed, or has a word that does; accents and case are ignored. Names in every
 * language and names of localities count ("Grivegnée" finds Liège, "Lüttich" too), and a whole NIS code is that commune's. Exact names first, then beginnings, then the rest.
 */
export function findCommunes(directory: Snapshot, search: string): Commune[] {
  const wanted = fold(search.trim()).slice(0, 100)
  if (wanted === '') return []
  const named = directory.communesByNis.get(wanted)
  if (named) return [named]
  const ranks = new Map<Commune, number>()
  for (const { folded, commune } of directory.search.communes) {
    const rank = rankOf(folded, wanted)
    if (rank < (ranks.get(commune) ?? NO_MATCH)) ranks.set(commune, rank)
  }
  return [...ranks].sort((a, b) => a[1] - b[1] || a[0].nisCode.localeCompare(b[0].nisCode)).map(([commune]) => commune)
}

const NO_MATCH = 4

function rankOf(name: string, wanted: string): number {
  // Most names end here.
  if (!name.includes(wanted)) return NO_MATCH
  if (name === wanted) return 0
  if (name.startsWith(wanted)) return 1
  if (name.split(/[\s'’()-]+/).some((word) => word.startsWith(wanted))) return 2
  if (wanted.length > 2 && name.includes(` ${wanted}`)) return 3
  return NO_MATCH
}

/**
 * The communes that a postal code and a NIS code name; each code given narrows the choice.
 * @returns null when no code is given, and a problem at `path` for each code that does not exist, or when the two have no commune in common
 */
export function readPlaces(
  directory: Snapshot,
  codes: { postalCode?: string | null; nisCode?: string | null },
  path: string[],
): { communes: readonly Commune[] | null; problems: Problem[] } {
  const problems: Problem[] = []
  const choices: (readonly Commune[])[] = []
  const read = (name: 'postalCode' | 'nisCode', find: (code: string) => readonly Commune[] | undefined) => {
    const code = given(codes[name])
    if (code === null) return
    const communes = find(code)
    if (communes) choices.push(communes)
    else problems.push({ path: [...path, name], code: 'unknown', params: { value: code.slice(0, 60) } })
  }
  read('postalCode', (code) => directory.communesByPostalCode.get(code))
  read('nisCode', (code) => {
    const commune = directory.communesByNis.get(code)
    return commune && [commune]
  })
  const [first, ...rest] = choices
  if (!first) return { communes: null, problems }
  const communes = first.filter((commune) => rest.every((others) => others.includes(commune)))
  if (communes.length === 0) problems.push({ path: [...path, 'nisCode'], code: 'contradictory' })
  return { communes, problems }
}

type Point = { latitude: number; longitude: number }
/** The Earth's mean radius in meters (IUGG). */
const EARTH = 6_371_009

/** How far two places (WGS 84, degrees) are from each other, in meters, as the crow flies: haversine formula. */
export function metersBetween(a: Point, b: Point): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180
  const half = (from: number, to: number) => Math.sin(radians(to - from) / 2) ** 2
  const chord =
    half(a.latitude, b.latitude) + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * half(a.longitude, b.longitude)
  return 2 * EARTH * Math.asin(Math.sqrt(Math.min(1, chord)))
}
