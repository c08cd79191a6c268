import type { Context } from '../context.ts'
import { tagOf } from '../directory/language.ts'
import type { Encoding } from './encoding.ts'
import type { Ask } from './exchange.ts'

/**
 * How long a public answer may be kept, in seconds: "open now" is never told later than that. Answers to POST, and answers that tell of
 * an error, are not kept.
 */
const PUBLIC_CACHE = 'public, max-age=60'
/** What a script of a partner's page may read beyond the body. */
const EXPOSED = 'content-language, passerelle-content-age, retry-after'

export type Door = {
  /** Whether pages of this origin may read the answers. */
  knowsOrigin(origin: string): boolean
  /** How long ago the database last confirmed the content, in seconds, when that is long enough to be told; else null. */
  contentAge(): number | null
}

export type Told = {
  mediaType: string
  languages: Context['languages']
  /** The answer tells of an error. */
  failed: boolean
  /** It was made for somebody who showed a cookie or a token: for nobody else, and kept by nobody. Absent: for everybody. */
  personal?: boolean
  encoding: Encoding
  /** Of the body as it is sent, in bytes; null: it goes on, and nothing between here and the reader may hold it back. */
  length: number | null
}

/**
 * The headers of every GraphQL answer, by whichever way it was made: in which language it is, who may read it and who may keep it.
 * @returns name, value, name, value …, in the order of the alphabet
 */
export function headersOf({ method, headers: { origin } }: Ask, { knowsOrigin, contentAge }: Door, told: Told): string[] {
  const headers: string[] = []
  if (origin !== undefined && knowsOrigin(origin)) {
    headers.push('access-control-allow-origin', origin, 'access-control-expose-headers', EXPOSED)
  }
  const kept =
    told.length === null ? 'no-store, no-transform' : method === 'GET' && !told.failed && !told.personal ? PUBLIC_CACHE : 'no-store'
  headers.push('cache-control', kept)
  if (told.encoding !== 'identity') headers.push('content-encoding', told.encoding)
  headers.push('content-language', tagOf(told.languages[0] ?? 'FR'))
  if (told.length !== null) headers.push('content-length', String(told.length))
  headers.push('content-type', `${told.mediaType}; charset=utf-8`)
  const age = contentAge()
  if (age !== null) headers.push('passerelle-content-age', String(age))
  headers.push('vary', 'Accept-Language, Accept, Accept-Encoding, Origin')
  // nginx would gather what is told until a buffer is full.
  if (told.length === null) headers.push('x-accel-buffering', 'no')
  headers.push('x-content-type-options', 'nosniff')
  return headers
}
