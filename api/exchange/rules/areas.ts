import { fold } from '../../directory/words.ts'
import type { Commune } from '../../directory/snapshot.ts'
import type { AreaDocument } from '../../editing/rules/documents.ts'
import { ISO_3166_2 } from '../../hsds/map/places.ts'
import { stringsFor } from '../../strings/strings.ts'

/** Finds what a file means by a place. */
export type Areas = {
  /** By the code of its extent, else by its name in any language; null when nobody knows it, or several have that name. */
  areaOf(extent: string | null, name: string | null): AreaDocument | null
  /** The commune of an address; null when it is not known which. */
  communeOf(postalCode: string | null, city: string | null): string | null
}

const SLUGS = new Map(Object.entries(ISO_3166_2).map(([slug, code]) => [code, slug]))
const REGIONS = ['wallonie', 'flandre', 'bruxelles']

export function openAreas({ communes }: { communes: readonly Commune[] }): Areas {
  const byNis = new Set(communes.map(({ nisCode }) => nisCode))
  const byName = new Map<string, AreaDocument | null>()
  const name = (text: string, area: AreaDocument) => {
    const key = fold(text)
    const known = byName.get(key)
    byName.set(key, known && known.code !== area.code ? null : area)
  }
  for (const commune of communes)
    for (const text of Object.values(commune.texts)) if (text) name(text.name, { kind: 'COMMUNE', code: commune.nisCode })
  for (const language of ['FR', 'DE', 'NL', 'EN'] as const) {
    const { country, regions, provinces } = stringsFor([language]).areas
    name(country, { kind: 'COUNTRY', code: 'BE' })
    for (const [code, text] of Object.entries(regions)) name(text, { kind: 'REGION', code })
    for (const [code, text] of Object.entries(provinces)) name(text, { kind: 'PROVINCE', code })
  }
  return {
    areaOf(extent, text) {
      const nis = /^\s*(?:NIS|INS)?\s*(\d{5})\s*$/i.exec(extent ?? '')?.[1]
      if (nis !== undefined) return byNis.has(nis) ? { kind: 'COMMUNE', code: nis } : null
      const iso = /\b(BE(?:-[A-Z]{3})?)\s*$/.exec(extent ?? '')?.[1]
      if (iso === 'BE') return { kind: 'COUNTRY', code: 'BE' }
      const slug = iso && SLUGS.get(iso)
      if (slug) return { kind: REGIONS.includes(slug) ? 'REGION' : 'PROVINCE', code: slug }
      return (text && byName.get(fold(text))) || (extent && byName.get(fold(extent))) || null
    },
    communeOf(postalCode, city) {
      const having = postalCode === null ? [] : communes.filter(({ postalCodes }) => postalCodes.includes(postalCode.trim()))
      const [only, second] = having
      if (only && !second) return only.nisCode
      const named = city === null ? null : byName.get(fold(city))
      if (named?.kind !== 'COMMUNE') return null
      return having.length === 0 || having.some(({ nisCode }) => nisCode === named.code) ? named.code : null
    },
  }
}
