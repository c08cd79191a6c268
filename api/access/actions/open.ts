import type { Pool } from 'pg'
import type { OidcProvider } from '../../config/providers.ts'
import type { PrismaClient } from '../../db/generated/client.ts'
import type { Limits } from '../../limits/limits.ts'
import type { Keys } from '../../sealing/seal.ts'
import type { Access, AccessDoor, Known } from '../rules/access.ts'
import { cookieIn, cookieNames, countsFrom, signedValue } from '../rules/cookie.ts'
import { DEMONSTRATION_ACCOUNTS, DEMONSTRATION_PASSWORD, isFromHere } from '../rules/demonstration.ts'
import { openAuth } from './auth.ts'
import { findInvitation, isAwaited, joinWithPassword, makeRoom, returnByProvider, takeOn } from './invitations.ts'
import { openRecovery } from './ways-back.ts'
import { openProviders } from './provider.ts'
import { openSignIn } from './sign-in.ts'
import { viewerOfToken } from './tokens.ts'
import { triesOf } from './tries.ts'
import { memberOf, touchSession } from './viewer.ts'

export type AccessParts = {
  db: PrismaClient
  sql: Pool
  keys: Keys
  limits: Limits
  clock: () => Date
  /** The origins of our own pages, the one to tell people first. */
  origins: readonly string[]
  providers: readonly OidcProvider[]
  /** Whether the accounts of the demonstration are let in, on requests of this machine. */
  demonstration: boolean
}

/** Opens all that signing in needs. Nothing is asked of the database or of a provider before somebody signs in. */
export function openAccess(parts: AccessParts): AccessDoor {
  const elsewhere = openFor({ ...parts, demonstration: false })
  const here = parts.demonstration ? openFor(parts) : elsewhere
  return { of: (headers) => (isFromHere(headers) ? here : elsewhere) }
}

function openFor({ db, sql, keys, limits, clock, origins, providers, demonstration }: AccessParts): Access {
  const [origin = 'http://localhost'] = origins
  const own = new Set(origins)
  const names = cookieNames(origin.startsWith('https:'))
  const isLetIn = async (id: string): Promise<boolean> => {
    const member = await db.staffMember.findUnique({ where: { id } })
    return member !== null && member.disabledAt === null && (demonstration || !member.isDemonstration)
  }
  const common = { db, keys, clock, origin, names, isLetIn }
  const auth = openAuth(common)
  const signIn = openSignIn({ ...common, limits, auth })
  const organizationOf = ({ organization: slug }: OidcProvider) => db.organization.findUnique({ where: { slug } })
  const mayJoin = async (email: string, provider: OidcProvider): Promise<boolean> => {
    const organization = await organizationOf(provider)
    return organization !== null && isAwaited(db, email, organization.id, clock())
  }
  const mayReturn = async (memberId: string, provider: OidcProvider): Promise<boolean> => {
    const organization = await organizationOf(provider)
    return organization !== null && returnByProvider(db, memberId, { provider: provider.id, organizationId: organization.id }, clock())
  }
  const vouchedFor = async (email: string, subject: string, provider: OidcProvider): Promise<void> => {
    const organization = await organizationOf(provider)
    if (organization) await makeRoom(db, { email, subject, provider: provider.id, organizationId: organization.id }, clock())
  }
  const open = (provider: OidcProvider) => {
    const letIn = async (id: string) => (await isLetIn(id)) || mayReturn(id, provider)
    return openAuth({ ...common, isLetIn: letIn }, { provider, mayJoin, vouchedFor })
  }
  const ways = openProviders({ ...common, limits, providers, open })
  const NOBODY: Known = { viewer: null, half: null }
  const known = (cookie: string | null): Promise<Known> => {
    const token = signedValue(cookieIn(cookie, names.session))
    return token === null ? Promise.resolve(NOBODY) : memberOf({ sql, keys, demonstration }, token, clock())
  }
  const shown = ({ id, label }: OidcProvider) => ({ id, label })

  return {
    async viewerOf({ authorization, cookie, origin: from, 'sec-fetch-site': site }) {
      const bearer = /^bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1]
      if (bearer !== undefined) return viewerOfToken(db, bearer, clock())
      if (!cookie?.includes(names.session) || !countsFrom(from, site?.toString(), own)) return null
      return (await known(cookie)).viewer
    },
    touch: (viewer, now) => touchSession(sql, viewer, now),
    known,
    ...signIn,
    async invitation(secret) {
      const found = await findInvitation(db, secret, clock())
      if (!found) return null
      const { email, role, organizationId } = found
      const organization = organizationId && (await db.organization.findUnique({ where: { id: organizationId } }))
      const theirs = organization ? providers.filter((one) => one.organization === organization.slug) : []
      return { email, role, organization: organization ? organization.slug : null, known: found.known, providers: theirs.map(shown) }
    },
    async join(secret, given, address) {
      await limits.take(triesOf(address))
      const found = await findInvitation(db, secret, clock())
      if (!found) return 'gone'
      const email = found.email ?? given.email
      const joined = await joinWithPassword(db, found, { ...given, email }, clock())
      if (joined !== 'joined') return joined
      return (await signIn.signIn({ email, password: given.password }, null)) ?? 'gone'
    },
    async takeOn(secret, viewer) {
      const found = await findInvitation(db, secret, clock())
      return found !== null && takeOn(db, found, viewer, clock())
    },
    ...openRecovery({ db, limits, clock }),
    providers: providers.map(shown),
    ...ways,
    demonstration: demonstration ? { password: DEMONSTRATION_PASSWORD, accounts: DEMONSTRATION_ACCOUNTS } : null,
  }
}
