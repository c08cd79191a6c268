/** A document as `npm run generate` writes it: the text of an operation that also carries the types of its answer and variables. */
export interface TypedDocument<Result, Variables> {
  toString(): string
  __apiType?: (variables: Variables) => Result
}

/** Why an answer did not come. `limited` and `rejected` were said by the server; the others may well pass at the next attempt. */
export type FailureKind = 'offline' | 'unreachable' | 'limited' | 'rejected' | 'failed'

export class RequestFailed extends Error {
  readonly kind: FailureKind
  /** When the server said so: its words to the person, and after how many seconds to try again. */
  readonly said?: string
  readonly after?: number
  constructor(kind: FailureKind, said?: string, after?: number) {
    super(kind)
    this.kind = kind
    this.said = said
    this.after = after
  }
}

export interface SendOptions {
  /** Origin of the API. */
  api: string
  /** The public key of the partner's site. Only goes with POST: a header of our own would cost a GET its cacheability. */
  site?: string
  /** Languages wanted, best first. */
  languages: string[]
  /** Stops the request; whoever aborts knows that what is thrown then is no failure. */
  signal?: AbortSignal
  /** Variables hold something personal, so they must not stand in an address: always POST. */
  personal?: boolean
  /** The request goes on when the page is left meanwhile. */
  keepalive?: boolean
}

const TIMEOUT_MS = 15_000

/** Sends one operation: a query by GET (no preflight, cacheable), a mutation or anything personal by POST. */
export async function send<Result, Variables>(
  document: TypedDocument<Result, Variables>,
  variables: Variables,
  { api, site, languages, signal, personal, keepalive }: SendOptions,
): Promise<Result> {
  const query = document.toString().replace(/\s+/g, ' ').trim()
  const headers: Record<string, string> = { accept: 'application/json', 'accept-language': languages.join() }
  // `AbortSignal.timeout`, `any` and `throwIfAborted` are younger than the phones this must work on.
  const controller = new AbortController()
  const stop = () => controller.abort()
  const timer = setTimeout(stop, TIMEOUT_MS)
  signal?.addEventListener('abort', stop)
  if (signal?.aborted) stop()
  const init: RequestInit = { headers, credentials: 'omit', signal: controller.signal, keepalive }
  let url = `${api}/graphql`
  if (personal || query.startsWith('mutation')) {
    headers['content-type'] = 'application/json'
    if (site) headers['passerelle-site'] = site
    init.method = 'POST'
    init.body = JSON.stringify({ query, variables })
  } else {
    url += `?${new URLSearchParams({ query, variables: JSON.stringify(variables) })}`
  }

  let kind: FailureKind = navigator.onLine ? 'unreachable' : 'offline'
  let said: string | undefined
  let after: number | undefined
  try {
    const response = await fetch(url, init)
    kind = response.status === 429 ? 'limited' : response.status >= 400 && response.status < 500 ? 'rejected' : 'failed'
    const { data, errors } = await response.json()
    if (data && !errors) return data
    const { message, extensions } = errors?.[0] ?? {}
    // The key is unknown, or this page may not use it: trying again is no use.
    if (/SITE|ORIGIN/.test(extensions?.code)) kind = 'rejected'
    // Overloaded, or asked too often: then the message says when to come back.
    after = extensions?.retryAfterSeconds
    if (after) said = message
  } catch {
    // Refused by the network, out of time, or not JSON (a proxy's error page, say): `kind` tells which.
  } finally {
    clearTimeout(timer)
  }
  throw new RequestFailed(kind, said, after)
}
