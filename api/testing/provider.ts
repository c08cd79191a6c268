import { generateKeyPairSync } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type ClientMetadata, Provider } from 'oidc-provider'

/** Whom the provider knows; she signs in by her name alone. */
export type Person = { sub: string; email: string; verified: boolean; name: string }

export type TestProvider = {
  issuer: string
  clientSecret: string
  /** Who is at the browser: the provider asks nobody. */
  person: Person
  /**
   * What a browser does at the provider: follows it through its pages until it leads back.
   * @param url where our page led
   * @returns the address it leads back to
   */
  walk(url: string): Promise<URL>
  close(): Promise<void>
}

/**
 * A real OpenID provider (oidc-provider), which signs whoever comes in as `person`.
 * @param redirectUri where it leads back to
 */
export async function startProvider(redirectUri: string, person: Person): Promise<TestProvider> {
  const server: Server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const clientSecret = 'a secret of the tests only'
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const state = { person }
  const client: ClientMetadata = { client_id: 'passerelle', client_secret: clientSecret, redirect_uris: [redirectUri] }
  const provider = new Provider(issuer, {
    clients: [client],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' } as never] },
    cookies: { keys: ['keys of the tests'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    // In the ID token, as most providers of organizations have it.
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_ctx, sub) => ({
      accountId: sub,
      claims: () => ({ sub, email: state.person.email, email_verified: state.person.verified, name: state.person.name }),
    }),
  })
  const handle = provider.callback()
  server.on('request', async (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return handle(request, response)
    const { prompt, params, grantId } = await provider.interactionDetails(request, response)
    if (prompt.name === 'login') {
      return provider.interactionFinished(request, response, { login: { accountId: state.person.sub } })
    }
    const grant =
      (grantId && (await provider.Grant.find(grantId))) || new provider.Grant({ accountId: state.person.sub, clientId: 'passerelle' })
    grant.addOIDCScope(String(params.scope))
    return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } })
  })
  return {
    issuer,
    clientSecret,
    get person() {
      return state.person
    },
    set person(next) {
      state.person = next
    },
    async walk(url) {
      const cookies = new Map<string, string>()
      let at = new URL(url)
      for (let hop = 0; at.origin === issuer && hop < 12; hop++) {
        const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
        const response = await fetch(at, { redirect: 'manual', headers: { cookie } })
        for (const set of response.headers.getSetCookie()) {
          const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
          cookies.set(name, value)
        }
        const location = response.headers.get('location')
        if (!location) throw new Error(`The provider answers ${response.status}: ${await response.text()}`)
        at = new URL(location, at)
      }
      return at
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
