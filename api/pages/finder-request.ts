import { findAid } from '../aid/rules/find-aid.ts'
import type { UnmetLog } from '../aid/rules/unmet.ts'
import { fold } from '../directory/search.ts'
import type { Commune, Snapshot } from '../directory/snapshot.ts'
import { findCommunes } from '../place/rules.ts'
import { dayIn } from '../service/rules/calendar.ts'
import type { ServerPlace } from '../site/rules/site.ts'
import { type Filled, finderPage, nameOf } from './finder.ts'
import type { Page, Reader } from './layout.ts'

/** What was typed may be as long as in the widgets, in characters; the rest is ignored. */
const LONGEST_WORDS = 500
const LONGEST_PLACE = 60
/** Communes offered when what was typed may mean several. */
const MOST_CHOICES = 8
const MOST_MATCHES = 20

/**
 * The page for what was asked: by GET a need and a commune as codes, by POST also words and a place as typed. Unknown codes are as if
 * they had not been given: a link of last year still leads to a page that helps.
 */
export async function readFinder(request: Request, reader: Reader, unmet: UnmetLog): Promise<Page> {
  const query = new URL(request.url).searchParams
  const body = request.method === 'POST' ? new URLSearchParams(await request.text()) : new URLSearchParams()
  const given = (name: string) => (body.get(name) ?? query.get(name) ?? '').trim()
  const { directory, languages, now } = reader

  const place = (body.get('place') ?? '').trim().slice(0, LONGEST_PLACE)
  const communes = communesFor(directory, given('commune'), place)
  const commune = communes.length === 1 ? (communes[0] as Commune) : null
  const filled: Filled = {
    words: (body.get('words') ?? '').trim().slice(0, LONGEST_WORDS),
    need: directory.needsByCode.get(given('need')) ?? null,
    place: commune ? `${place.match(/^\d{4}$/)?.[0] ?? commune.postalCodes[0] ?? ''} ${nameOf(commune, reader)}`.trim() : place,
    commune,
    communes: communes.slice(0, MOST_CHOICES),
  }
  const asked = filled.need !== null || filled.words !== ''
  const situation = { needs: filled.need ? [filled.need.code] : [], text: filled.words, nisCode: commune?.nisCode }
  const finding = asked ? findAid(directory, situation, { now, languages, first: MOST_MATCHES }) : null
  // Who only looks whether the page has changed has been counted before.
  const again = request.method === 'HEAD' || request.headers.has('if-none-match')
  if (finding?.unmet && !again) unmet.note(finding.unmet, dayIn(now))
  return finderPage(filled, finding, directory.sites.has(given('site')) ? given('site') : null, reader)
}

/** The commune of a code, else those that the typed place may mean: the only one of that very name or code, else all. */
function communesFor(directory: Snapshot, code: string, place: string): readonly Commune[] {
  const chosen = directory.communesByNis.get(code)
  if (chosen) return [chosen]
  if (place === '') return []
  const exact = directory.communesByPostalCode.get(place)
  if (exact) return exact
  // "4000 Liège" is looked for as "Liège".
  const typed = place.replace(/^\d{4} +/, '')
  const found = findCommunes(directory, typed)
  const same = found.filter(({ texts }) => Object.values(texts).some(({ name }) => fold(name) === fold(typed)))
  return same.length === 1 ? same : found
}

/**
 * Whose pages may show this one in a frame: those of the site it was made for, and nobody else's.
 * @returns the sources of a `frame-ancestors` directive
 */
export function ancestorsOf(directory: Snapshot, key: string | null, { loopback }: ServerPlace): string {
  const origins = directory.sites.get(key ?? '')?.origins ?? []
  const sources = origins.flatMap((origin) => {
    if (origin === 'self') return ["'self'"]
    if (origin === 'loopback') return loopback ? ['http://localhost:*', 'http://127.0.0.1:*'] : []
    // Content is made by programs of many kinds: what is no plain origin must not end the directive.
    return /^https?:\/\/[\w.-]+(:\d+)?$/.test(origin) ? [origin] : []
  })
  return sources.length > 0 ? sources.join(' ') : "'none'"
}
