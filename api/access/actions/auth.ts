import { betterAuth } from 'better-auth'
import { genericOAuth, twoFactor } from 'better-auth/plugins'
import type { OidcProvider } from '../../config/providers.ts'
import type { PrismaClient } from '../../db/generated/client.ts'
import { blindIndex, type Keys } from '../../sealing/seal.ts'
import type { CookieNames } from '../rules/cookie.ts'
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from '../rules/password.ts'
import { LONGEST_MS } from '../rules/session.ts'
import { openAdapter } from './adapter.ts'
import { hashPassword, verifyPassword } from './password.ts'

export type AuthParts = {
  db: PrismaClient
  keys: Keys
  clock: () => Date
  /** Where the pages are: `https://aide.example.be`. */
  origin: string
  names: CookieNames
  /** Whether somebody with this id is let in at all. */
  isLetIn(memberId: string): Promise<boolean>
}

/** Signing in by an organization's own provider, and what is asked before its word counts. */
export type ByProvider = {
  provider: OidcProvider
  /** Whether a stranger of this verified address was invited. */
  mayJoin(email: string, provider: OidcProvider): Promise<boolean>
  /** Called before it is looked who has the verified address already, or signs in by this subject. */
  vouchedFor(email: string, subject: string, provider: OidcProvider): Promise<void>
}

/** What a provider sends people back to: below it, better-auth has `/callback/<id>`. */
export const PROVIDER_PATH = '/sign-in/provider'

/** How long somebody has to type her code after her password, in seconds. */
const CODE_SECONDS = 600

/**
 * better-auth as it is used here: its functions are called, its handler is not mounted but for a provider's way back. Nobody signs up, no
 * account is linked by its e-mail address, its limiter (which counts in memory) and its lockout are ours (`rules/limits.ts`), and its log, whose
 * messages may quote an address, is off.
 * @param by with it, an instance for one provider alone: one that is down holds up nobody else
 */
export function openAuth({ db, keys, clock, origin, names, isLetIn }: AuthParts, by?: ByProvider) {
  return betterAuth({
    appName: 'Passerelle',
    baseURL: origin,
    basePath: PROVIDER_PATH,
    secret: blindIndex(keys, 'better-auth', 'secret'),
    database: openAdapter({ db, keys, clock }),
    telemetry: { enabled: false },
    logger: { disabled: true },
    rateLimit: { enabled: false },
    user: { modelName: 'staffMember' },
    session: { modelName: 'staffSession', expiresIn: LONGEST_MS / 1_000, disableSessionRefresh: true },
    account: {
      modelName: 'staffAccount',
      updateAccountOnSignIn: false,
      accountLinking: { enabled: false, disableImplicitLinking: true },
    },
    verification: { modelName: 'staffVerification', storeIdentifier: 'hashed' },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: SHORTEST_PASSWORD,
      maxPasswordLength: LONGEST_PASSWORD,
      password: { hash: hashPassword, verify: ({ hash, password }) => verifyPassword(hash, password) },
    },
    advanced: {
      cookiePrefix: names.prefix,
      // The prefix says it already; better-auth would set its own before it.
      useSecureCookies: false,
      defaultCookieAttributes: { secure: names.prefix.startsWith('__Host-') },
      database: { generateId: false },
      ipAddress: { disableIpTracking: true },
    },
    databaseHooks: {
      session: { create: { before: async ({ userId }) => isLetIn(userId) } },
      user: {
        create: {
          before: async ({ email, emailVerified }) => Boolean(by && emailVerified && (await by.mayJoin(email.toLowerCase(), by.provider))),
        },
      },
    },
    plugins: [secondFactor(), ...(by ? [genericOAuth({ config: [providerConfig(by)] })] : [])],
  })
}

/** One-time codes, without the two columns of its lockout, which is off. */
function secondFactor() {
  const plugin = twoFactor({
    issuer: 'Passerelle',
    twoFactorTable: 'staffSecondFactor',
    twoFactorCookieMaxAge: CODE_SECONDS,
    accountLockout: { enabled: false },
    backupCodeOptions: { storeBackupCodes: 'encrypted' },
  })
  const { failedVerificationCount: _count, lockedUntil: _until, ...fields } = plugin.schema.twoFactor.fields
  const twoFactorTable = { ...plugin.schema.twoFactor, fields }
  return { ...plugin, schema: { ...plugin.schema, twoFactor: twoFactorTable } } as typeof plugin
}

export type Auth = ReturnType<typeof openAuth>

const providerConfig = ({ provider, vouchedFor }: ByProvider) => ({
  providerId: provider.id,
  discoveryUrl: `${provider.issuer}/.well-known/openid-configuration`,
  requireIdTokenVerification: true,
  clientId: provider.clientId,
  clientSecret: provider.clientSecret,
  scopes: ['openid', 'email', 'profile'],
  pkce: true,
  disableProviderLogout: true,
  // better-auth has verified the ID token by then.
  mapProfileToUser: async ({ sub, email, emailVerified }: Record<string, unknown>) => {
    if (typeof sub === 'string' && typeof email === 'string' && emailVerified === true) {
      await vouchedFor(email.toLowerCase(), sub, provider)
    }
    return {}
  },
})
