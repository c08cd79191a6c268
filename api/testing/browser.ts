import type { TestApp } from './ask.ts'
import { ORIGIN } from './ask.ts'

/** What was answered, with the page it led to. */
export type Seen = { status: number; path: string; page: string; headers: Headers }

/**
 * A browser without a window: keeps cookies as they are set, sends `Origin` and `Sec-Fetch-Site` as browsers do, and goes where it is led.
 * Each one is somebody else's.
 */
export class Visitor {
  readonly cookies = new Map<string, string>()

  /** @param app what answers; `origin` where that is another than the tests' own */
  constructor(private readonly app: Pick<TestApp, 'fetch'> & { origin?: string }) {}

  /** As it would be sent. */
  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<Seen> {
    return this.#go(path, { headers: { 'sec-fetch-site': 'none', ...headers } })
  }

  /** Sends a form. @param headers what this browser would not say, if it is to be another one's */
  async post(path: string, fields: Record<string, string> | FormData, headers: Record<string, string> = {}): Promise<Seen> {
    const said = { origin: this.app.origin ?? ORIGIN, 'sec-fetch-site': 'same-origin', ...headers }
    return this.#go(path, { method: 'POST', body: fields instanceof FormData ? fields : new URLSearchParams(fields), headers: said })
  }

  /** A GraphQL request as a page of ours sends it. */
  async ask(query: string, headers: Record<string, string> = {}): Promise<{ status: number; data: any; errors?: any[] }> {
    const response = await this.app.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: ORIGIN, 'sec-fetch-site': 'same-origin', cookie: this.cookie, ...headers },
      body: JSON.stringify({ query }),
    })
    this.#keep(response)
    return { status: response.status, ...((await response.json()) as { data: any }) }
  }

  /** One request, which may lead elsewhere. */
  async once(path: string, init: RequestInit = {}): Promise<Response> {
    const response = await this.app.fetch(path, {
      ...init,
      redirect: 'manual',
      headers: { cookie: this.cookie, ...(init.headers as object) },
    })
    this.#keep(response)
    return response
  }

  async #go(path: string, init: RequestInit): Promise<Seen> {
    let response = await this.once(path, init)
    // What led to a page that leads on is said of the next one, too: from elsewhere it stays from elsewhere.
    const { 'accept-language': language, 'sec-fetch-site': site } = init.headers as Record<string, string | undefined>
    const said = {
      ...(language === undefined ? {} : { 'accept-language': language }),
      ...(site === undefined ? {} : { 'sec-fetch-site': site }),
    }
    let at = path
    for (let hop = 0; response.status === 303 && hop < 5; hop++) {
      at = response.headers.get('location') as string
      if (!at.startsWith('/')) break
      response = await this.once(at, { headers: said })
    }
    return { status: response.status, path: at, page: await response.text(), headers: response.headers }
  }

  #keep(response: Response): void {
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      if (value === '' || /max-age=0/i.test(set)) this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
  }
}
