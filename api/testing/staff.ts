import type { Viewer } from '../access/rules/viewer.ts'
import type { StaffRole } from '../db/generated/enums.ts'
import { createHmac } from 'node:crypto'
import { inviteFromConsole } from '../access/actions/invitations.ts'
import { DEMONSTRATION_PASSWORD } from '../access/rules/demonstration.ts'
import { NOW, type TestApp } from './ask.ts'
import { Visitor } from './browser.ts'

let made = 0

/**
 * Somebody of the staff, and the headers with which she asks; not about signing in, which has its own tests.
 * @param organization slug; the city that runs `liege-solidaire` unless given
 */
export async function staff(
  app: TestApp,
  {
    role = 'AGENT',
    organization = 'ville-de-liege',
    name = `Agent ${++made}`,
    ...more
  }: { role?: StaffRole; organization?: string; name?: string; languages?: Viewer['languages']; lineIds?: string[] } = {},
): Promise<{ viewer: Viewer; headers: Record<string, string> }> {
  const { languages = [], lineIds = [] } = more
  const { id: organizationId } = await app.db.organization.findUniqueOrThrow({ where: { slug: organization } })
  const { id, email } = await app.db.staffMember.create({
    data: {
      name,
      email: `agent-${crypto.randomUUID()}@exemple.be`,
      languages: [...languages],
      lines: { create: lineIds.map((lineId) => ({ lineId })) },
      memberships: { create: { organizationId, role } },
    },
  })
  const viewer: Viewer = {
    kind: 'member',
    id,
    actor: `staff:${id}`,
    name,
    email,
    memberships: [{ organizationId, role }],
    scopes: ['READ', 'WRITE'],
    languages,
    lineIds,
    isDemonstration: false,
    session: null,
  }
  app.viewers.set(id, viewer)
  return { viewer, headers: { 'test-viewer': id } }
}

/**
 * Signs in at a running server as one of the accounts of the demonstration, as a browser without a script would.
 * @param at the address of a server, or an application without a port
 * @returns the value of the header `Cookie` for what she asks next
 */
export async function signIn(
  at: string | Pick<TestApp, 'fetch'>,
  { email = 'ana@liege.example', password = DEMONSTRATION_PASSWORD }: { email?: string; password?: string } = {},
): Promise<string> {
  const ask = typeof at === 'string' ? (path: string, init: RequestInit) => fetch(`${at}${path}`, init) : at.fetch
  const response = await ask('/sign-in', { method: 'POST', body: new URLSearchParams({ email, password }), redirect: 'manual' })
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0] as string)
  const session = cookies.find((cookie) => /session_token=./.test(cookie))
  if (response.status !== 303 || !session) throw new Error(`${email} is not let in: ${response.status}`)
  return session
}

/** A right password that nobody has chosen before. */
export const PASSWORD = 'quatre mots sans suite'

/** The key of an app, as the page shows it. */
export const secretOf = (page: string): string => (/<code>([A-Z2-7 ]{20,})<\/code>/.exec(page)?.[1] ?? '').replaceAll(' ', '')

/**
 * The code that an app shows now (RFC 6238, SHA-1, six digits, 30 s), written anew here so that the server is not asked about itself.
 * @param steps so many times 30 s later; a code is taken once, so two sign-ins in a row need different ones
 */
export function codeOf(secret: string, steps = 0): string {
  const bits = [...secret].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps))
  const digest = createHmac('sha1', key).update(counter).digest()
  const offset = (digest.at(-1) as number) & 15
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

/** Somebody invited, with a password and a second factor, and signed in. @returns her browser, and the key of her app */
export async function joined(
  app: TestApp,
  { email = `somebody-${++made}@liege.example`, role = 'agent', organization = 'ville-de-liege' } = {},
): Promise<{ visitor: Visitor; email: string; secret: string; backupCodes: string[] }> {
  const link = await inviteFromConsole(app.db, { email, role, organization }, NOW)
  const visitor = new Visitor(app)
  const { page } = await visitor.post(`/invitation/${link}`, { name: `Somebody ${made}`, password: PASSWORD })
  const secret = secretOf(page)
  const done = await visitor.post('/account/second-factor', { code: codeOf(secret) })
  const backupCodes = [...done.page.matchAll(/<code>([\w]{5}-[\w]{5})<\/code>/g)].map(([, code]) => code as string)
  if (backupCodes.length === 0) throw new Error(`${email} could not join: ${done.status}`)
  return { visitor, email, secret, backupCodes }
}
