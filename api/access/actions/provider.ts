import { isAPIError } from 'better-auth/api'
import type { OidcProvider } from '../../config/providers.ts'
import type { PrismaClient } from '../../db/generated/client.ts'
import type { Limits } from '../../limits/limits.ts'
import type { Access } from '../rules/access.ts'
import { type CookieNames, cookieIn, signedValue } from '../rules/cookie.ts'
import { nextOf } from '../rules/next.ts'
import { tokenIndex } from './adapter.ts'
import { type Auth, PROVIDER_PATH } from './auth.ts'
import { takeOnAll } from './invitations.ts'
import { triesOf } from './tries.ts'
import type { Keys } from '../../sealing/seal.ts'

export type ProviderParts = {
  db: PrismaClient
  keys: Keys
  limits: Limits
  names: CookieNames
  clock: () => Date
  origin: string
  providers: readonly OidcProvider[]
  /** better-auth for one provider; it asks the provider where things are as soon as it is opened. */
  open(provider: OidcProvider): Auth
}

type Ways = Pick<Access, 'startProvider' | 'finishProvider'>

/** How long a provider may take for one answer before somebody is told that it cannot be reached, in milliseconds. */
const PATIENCE_MS = 15_000

/** Where better-auth leads when somebody is not let in. */
const FAILED = '/sign-in?failed=provider'

/** Signing in by an organization's own identity provider: code flow with PKCE, state and nonce, all of it better-auth's. */
export function openProviders({ db, keys, limits, names, clock, origin, providers, open }: ProviderParts): Ways {
  const opened = new Map<string, Auth>()
  /** Opened when first asked for: a provider that is down costs nobody else anything. */
  const authOf = (id: string): { auth: Auth; provider: OidcProvider } | null => {
    const provider = providers.find((one) => one.id === id)
    if (!provider) return null
    let auth = opened.get(id)
    if (!auth) {
      auth = open(provider)
      opened.set(id, auth)
    }
    return { auth, provider }
  }

  return {
    async startProvider(id, next, from) {
      const known = authOf(id)
      if (!known) return null
      await limits.take(triesOf(from))
      const asked = known.auth.api.signInSocial({
        body: { provider: id, callbackURL: next ?? '/sign-in', errorCallbackURL: FAILED, disableRedirect: true },
        returnHeaders: true,
      })
      const done = await withinPatience(asked).catch((error: unknown) => {
        // Another start may have more luck.
        opened.delete(id)
        if (isAPIError(error) || error instanceof TooSlow) return null
        throw error
      })
      if (!done?.response.url) return null
      return { url: done.response.url, cookies: done.headers.getSetCookie() }
    },

    async finishProvider(address, cookie, from) {
      const url = new URL(address)
      const known = authOf(url.pathname.slice(`${PROVIDER_PATH}/callback/`.length))
      if (!known) return null
      const tried = triesOf(from)
      await limits.take(tried)
      const request = new Request(`${origin}${url.pathname}${url.search}`, { headers: cookie === null ? {} : { cookie } })
      const answer = await withinPatience(known.auth.handler(request)).catch((error: unknown) => {
        if (error instanceof TooSlow) return null
        throw error
      })
      const cookies = answer?.headers.getSetCookie() ?? []
      const set = cookies.findLast((one) => one.startsWith(`${names.session}=`) && !one.startsWith(`${names.session}=;`))
      const token = set && signedValue(cookieIn(set.split(';')[0], names.session))
      const session = token ? await db.staffSession.findUnique({ where: { token: tokenIndex(keys, token) } }) : null
      if (!answer || !session) return null
      // This step and the one that led there: the agents of a call centre come from one address.
      await limits.giveBack([...tried, ...tried])
      const organization = await db.organization.findUnique({ where: { slug: known.provider.organization } })
      const now = clock()
      if (organization) await takeOnAll(db, session.userId, organization.id, now)
      const actor = `staff:${session.userId}`
      await db.auditEvent.create({ data: { at: now, actor, action: 'staff.signed_in', subjectId: session.userId } })
      return { next: nextOf(answer.headers.get('location')), cookies }
    },
  }
}

class TooSlow extends Error {}

function withinPatience<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new TooSlow()), PATIENCE_MS)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
