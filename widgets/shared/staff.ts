import type { TypedDocument } from './client.ts'

/** Why an answer did not come. The first two were said by the server; of the others it is not known whether it was done. */
export type StaffFailure = 'signedOut' | 'forbidden' | 'limited' | 'offline' | 'unreachable' | 'failed'

export class StaffFailed extends Error {
  readonly kind: StaffFailure
  /** The server's own words, where it refused what was asked for. */
  readonly said?: string
  constructor(kind: StaffFailure, said?: string) {
    super(kind)
    this.kind = kind
    this.said = said
  }
}

export interface SendOptions {
  /** Origin of the API: the page’s own server, since the session is a cookie. */
  api: string
  language: string
  signal?: AbortSignal
  /** The request goes on when the page is left meanwhile. */
  keepalive?: boolean
}

const TIMEOUT_MS = 15_000

/** Codes of refusals whose words are meant for whoever asked. */
const REFUSED = /^(NOT_FOUND|CONFLICT|INVALID_INPUT)$/

/** What every request of the staff has: always POST, since all is about somebody or not published yet, and with the session's cookie. */
export const requestInit = (document: { toString(): string }, variables: unknown, language: string, accept: string): RequestInit => ({
  method: 'POST',
  headers: { accept, 'accept-language': language, 'content-type': 'application/json' },
  credentials: 'same-origin',
  body: JSON.stringify({ query: document.toString().replace(/\s+/g, ' ').trim(), variables }),
})

/** What an answer that is none means. */
export function failureOf(status: number, code?: string): StaffFailure {
  if (status === 401 || code === 'UNAUTHENTICATED') return 'signedOut'
  if (status === 403 || code === 'FORBIDDEN') return 'forbidden'
  return status === 429 ? 'limited' : 'failed'
}

/** Sends one operation of the staff. */
export async function send<Result, Variables>(
  document: TypedDocument<Result, Variables>,
  variables: Variables,
  { api, language, signal, keepalive }: SendOptions,
): Promise<Result> {
  const controller = new AbortController()
  const stop = () => controller.abort()
  const timer = setTimeout(stop, TIMEOUT_MS)
  signal?.addEventListener('abort', stop)
  let said: string | undefined
  let kind: StaffFailure = navigator.onLine ? 'unreachable' : 'offline'
  try {
    const init = requestInit(document, variables, language, 'application/json')
    const response = await fetch(`${api}/graphql`, { ...init, signal: controller.signal, keepalive })
    kind = failureOf(response.status)
    const { data, errors } = await response.json()
    if (data && !errors) return data
    const code = errors?.[0]?.extensions?.code
    kind = failureOf(response.status, code)
    if (REFUSED.test(code)) said = errors[0].message
  } catch {
    // Refused by the network, out of time, or not JSON (a proxy's error page, say): `kind` tells which.
  } finally {
    clearTimeout(timer)
  }
  signal?.throwIfAborted()
  throw new StaffFailed(kind, said)
}
