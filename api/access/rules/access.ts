import type { DemonstrationAccount } from './demonstration.ts'
import type { StaffRole } from '../../db/generated/enums.ts'
import type { Viewer } from './viewer.ts'

/** What is known of a request before it is known who asks: its headers, by their names in small letters. */
export type Headers = Readonly<Record<string, string | string[] | undefined>> & {
  authorization?: string
  cookie?: string
  origin?: string
  host?: string
}

/** Whose browser it is: let in (with a password of ours, or by a provider), signed in with a password but still without a second factor, or nobody known. */
export type Known =
  | { viewer: Viewer; half: null; hasPassword: boolean }
  | { viewer: null; half: { id: string; email: string } }
  | { viewer: null; half: null }

/** What is to be set in the browser: values of `Set-Cookie`. */
export type Cookies = readonly string[]

/** After a right password: in, or a code is asked, or a second factor is to be set up first. */
export type SignedIn = { step: 'IN' | 'CODE' | 'ENROL'; cookies: Cookies }

/** What an invitation offers, once its secret is right, unused and in time. */
export type Invited = { email: string | null; role: StaffRole; organization: string | null; known: boolean; providers: readonly Provider[] }

/** An organization's own way to sign in. */
export type Provider = { id: string; label: string }

/** What was wrong with what an invited person filled in. */
export type JoinProblem = 'taken' | 'gone'

/**
 * Everything about signing in that pages and the application ask for. Whatever counts tries throws TooManyRequests; null means "not so", and
 * never why.
 */
export type Access = {
  /** @throws SignInRequired when a token was sent that is not good */
  viewerOf(headers: Headers): Promise<Viewer | null>
  /** Who acts keeps her session; at most one write a minute. */
  touch(viewer: Viewer, now: Date): Promise<void>
  /** By the cookie alone, for pages that show and change nothing. */
  known(cookie: string | null): Promise<Known>
  /** @param address who asks; null when not known */
  signIn(given: { email: string; password: string }, address: string | null): Promise<SignedIn | null>
  /** The code of her app, or one of her backup codes. */
  giveCode(cookie: string, code: string, address: string | null): Promise<Cookies | null>
  /** What an app needs for her codes, while her second factor is being set up. */
  enrolment(half: { id: string; email: string }): Promise<{ secret: string; uri: string } | null>
  /** @returns with her backup codes, which are told once */
  enrol(cookie: string, half: { id: string }, code: string): Promise<{ cookies: Cookies; backupCodes: readonly string[] } | null>
  newBackupCodes(cookie: string, viewer: Viewer, password: string, address: string | null): Promise<readonly string[] | null>
  signOut(cookie: string): Promise<Cookies>
  /** All her sessions, this one too. */
  signOutEverywhere(cookie: string, viewer: Viewer): Promise<Cookies>
  invitation(secret: string): Promise<Invited | null>
  join(secret: string, given: { email: string; name: string; password: string }, address: string | null): Promise<SignedIn | JoinProblem>
  /** Takes the role on, signed in already. @returns whether the invitation was hers and good */
  takeOn(secret: string, viewer: Viewer): Promise<boolean>
  /** For whom a link back into an account is; null when it is no longer good. */
  recovery(secret: string): Promise<{ email: string } | null>
  /** Sets a new password by such a link, and takes the second factor away. @returns whether the link was still good */
  recover(secret: string, password: string, address: string | null): Promise<boolean>
  /** @returns whether the present password was right, and the new one counts */
  changePassword(viewer: Viewer, given: { present: string; chosen: string }, address: string | null): Promise<boolean>
  providers: readonly Provider[]
  /** Where the provider asks who she is; null when it cannot be reached. */
  startProvider(id: string, next: string | null, address: string | null): Promise<{ url: string; cookies: Cookies } | null>
  /** What came back from there; null when she is not let in. */
  finishProvider(url: string, cookie: string | null, address: string | null): Promise<{ next: string | null; cookies: Cookies } | null>
  /** Accounts that everybody knows, for requests of this machine where nobody else can reach the server; null otherwise. */
  demonstration: { password: string; accounts: readonly DemonstrationAccount[] } | null
}

/** Signing in as a request may have it: to what came from elsewhere, the accounts of the demonstration do not exist. */
export type AccessDoor = { of(headers: Headers): Access }
