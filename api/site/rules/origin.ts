import type { ProblemCode } from '../../errors.ts'
import { isLoopback } from './site.ts'

/** In characters: a host name has 253 at most. */
const LONGEST = 280

export type OriginProblem = { code: ProblemCode; params: Record<string, string> }

/**
 * The origin of a website from what somebody wrote: exact (scheme, host, port), over https, or http on one's own machine. Names with letters
 * beyond ASCII become what browsers send of them (punycode).
 * @param written https://www.liège.example/ becomes https://www.xn--lige-6oa.example
 */
export function readOrigin(written: string): { origin: string } | OriginProblem {
  const value = written.trim()
  const refuse = (code: ProblemCode, params: Record<string, string> = {}): OriginProblem => ({
    code,
    params: { value: value.slice(0, LONGEST), ...params },
  })
  if (value.includes('*')) return refuse('origin_wildcard')
  const url = parse(value)
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') return refuse('origin_malformed')
  const { origin, hostname } = url
  // What a header could not bear, or a browser never sends.
  if (origin.length > LONGEST || !(/^[\w.-]+$/.test(hostname) || isLoopback(origin))) return refuse('origin_malformed')
  if (url.protocol === 'http:' && !isLoopback(origin)) return refuse('origin_insecure')
  if (url.pathname !== '/' || /[?#]/.test(value)) return refuse('origin_path', { origin })
  return { origin }
}

/** Only what is written with its scheme: "www.rivage.be" may mean either. */
function parse(value: string): URL | null {
  try {
    return /^https?:\/\//i.test(value) ? new URL(value) : null
  } catch {
    return null
  }
}
