import { randomBytes, randomUUID } from 'node:crypto'
import { administered, viewerIn } from '../../access/actions/staff.ts'
import type { Viewer } from '../../access/rules/viewer.ts'
import type { Context } from '../../context.ts'
import type { EndpointSecret, PartnerEndpoint, Prisma } from '../../db/generated/client.ts'
import { Conflict, Forbidden, InvalidInput, NotFound } from '../../errors.ts'
import { TIME_LIMIT_MS } from '../../jobs/outbox.ts'
import type { Limit } from '../../limits/limits.ts'
import { mayConnect } from '../../notice/actions/address.ts'
import { type Keys, seal } from '../../sealing/seal.ts'
import { endpointUrl, OVERLAP_MS } from '../rules/endpoint.ts'
import { lookAgain, pause, sendWaiting } from './endpoint-state.ts'
import { sendMessage, sendSigned } from './webhook.ts'

type Tx = Prisma.TransactionClient

/** An endpoint with the secrets that are good now: when they were made, never what they are. */
export type Endpoint = PartnerEndpoint & { secrets: Pick<EndpointSecret, 'id' | 'createdAt' | 'endsAt'>[] }

/** How a test ended: `sent` when the endpoint took it, else what went wrong, as a code. */
export type EndpointTest = { endpoint: Endpoint; passed: boolean; code: string }
/** An endpoint with a secret that is told once. */
export type EndpointMade = { endpoint: Endpoint; secret: string; test: EndpointTest | null }

/** Bytes of a secret (Standard Webhooks: 24 to 64). */
const SECRET_BYTES = 32

/** Messages that an organization may have sent to where it says, outside of cases. */
const TESTS: Limit = { name: 'endpoint.test', points: 30, seconds: 3_600 }

const PRESENT_FIRST = { endsAt: { sort: 'desc', nulls: 'first' } } as const
const CHOSEN = { id: true, createdAt: true, endsAt: true } as const

/**
 * The endpoint of an organization that the viewer administers; null when it has none, or when it is not hers to see.
 */
export async function endpointOf(context: Context, organizationId: string): Promise<Endpoint | null> {
  const { viewer } = context
  if (!viewer || !isWithin(viewer, organizationId)) return null
  return find(context, { organizationId })
}

/**
 * Says where a partner's system is, and looks whether anybody is there: it knows its secret only from now on, and is tested again by
 * `testEndpoint`. Nothing about a case is sent before a test has passed: what waits, waits for that, and goes by e-mail meanwhile where the
 * partner has an address. Another address begins with another secret; the old ones end.
 * @throws NotFound; InvalidInput; Forbidden for a token; TooManyRequests
 */
export async function setEndpoint(
  context: Context,
  { organization, url: text }: { organization: string; url: string },
): Promise<EndpointMade> {
  const { viewer, organizationId } = await within(context, organization)
  const url = urlOf(context, text)
  await context.limits.take([{ limit: TESTS, by: organizationId }])
  return placeEndpoint(context, { organizationId, url, actor: viewer.actor })
}

/** What endpoints are set and tested with; a context is one. */
export type EndpointParts = Pick<Context, 'db' | 'keys' | 'now' | 'endpoints'>

/** @throws InvalidInput */
export function urlOf({ endpoints }: Pick<Context, 'endpoints'>, text: string): string {
  const url = endpointUrl(text.trim(), endpoints.loopback)
  if (url === null || !mayConnect(new URL(url).hostname, endpoints.loopback)) {
    throw new InvalidInput([{ path: ['input', 'url'], code: 'url_refused' }])
  }
  return url
}

/** The same for whoever may do it anyway, such as on the console. @param url as `urlOf` gives it */
export async function placeEndpoint(
  parts: EndpointParts,
  { organizationId, url, actor }: { organizationId: string; url: string; actor: string },
): Promise<EndpointMade> {
  const { db, keys, now } = parts
  const { id, secret } = await db.$transaction(async (tx) => {
    await tx.partnerEndpoint.deleteMany({ where: { organizationId } })
    const { id } = await tx.partnerEndpoint.create({ data: { organizationId, url, createdAt: now } })
    const secret = await addSecret(tx, keys, id, now)
    await lookAgain(tx, organizationId)
    await note(tx, 'endpoint.set', organizationId, parts, { actor })
    return { id, secret }
  })
  const test = await tryEndpoint(parts, id)
  return { endpoint: test.endpoint, secret, test }
}

/** Sends a message that is about nobody. @throws NotFound; Forbidden for a token; TooManyRequests */
export async function testEndpoint(context: Context, organization: string): Promise<EndpointTest> {
  const { organizationId } = await within(context, organization)
  await context.limits.take([{ limit: TESTS, by: organizationId }])
  const { id } = await existing(context, organizationId)
  return tryEndpoint(context, id)
}

/**
 * Makes another secret. Messages are signed with both for a day, and messages signed with either are taken: the partner changes over meanwhile.
 * @throws NotFound; Forbidden for a token
 */
export async function rotateSecret(context: Context, organization: string): Promise<EndpointMade> {
  const { viewer, organizationId } = await within(context, organization)
  const { db, keys, now } = context
  const { id } = await existing(context, organizationId)
  const secret = await db.$transaction(async (tx) => {
    await tx.endpointSecret.deleteMany({ where: { endpointId: id, endsAt: { lte: now } } })
    await tx.endpointSecret.updateMany({ where: { endpointId: id, endsAt: null }, data: { endsAt: new Date(now.getTime() + OVERLAP_MS) } })
    await note(tx, 'endpoint.secret_rotated', organizationId, context, viewer)
    return addSecret(tx, keys, id, now)
  })
  return { endpoint: await existing(context, organizationId), secret, test: null }
}

/** Has nothing sent for a while: what comes meanwhile waits. @throws NotFound; Forbidden for a token */
export async function pauseEndpoint(context: Context, organization: string): Promise<Endpoint> {
  const { viewer, organizationId } = await within(context, organization)
  await existing(context, organizationId)
  await context.db.$transaction((tx) => pause(tx, organizationId, 'by_hand', context.now, viewer.actor))
  return existing(context, organizationId)
}

/**
 * Ends a pause, once the endpoint answers a test: what has waited goes at once.
 * @throws NotFound; Conflict when it does not answer as it should; Forbidden for a token; TooManyRequests
 */
export async function resumeEndpoint(context: Context, organization: string): Promise<Endpoint> {
  const { viewer, organizationId } = await within(context, organization)
  await context.limits.take([{ limit: TESTS, by: organizationId }])
  const { id } = await existing(context, organizationId)
  if (!(await tryEndpoint(context, id)).passed) throw new Conflict('endpoint_fails')
  await context.db.$transaction((tx) => endPause(tx, id, context, viewer))
  return existing(context, organizationId)
}

/** Nothing happens to an endpoint that is not paused. */
async function endPause(tx: Tx, id: string, { now }: Pick<Context, 'now'>, by: Pick<Viewer, 'actor'>): Promise<void> {
  const [row] = await tx.partnerEndpoint.updateManyAndReturn({
    where: { id, pausedAt: { not: null } },
    data: { pausedAt: null, pausedWhy: null, failingSince: null, retryAt: null },
  })
  if (!row) return
  await sendWaiting(tx, row.organizationId, now)
  await note(tx, 'endpoint.resumed', row.organizationId, { now }, by)
}

/**
 * Tests an endpoint, and once it has passed has the partner told of its cases there, for whoever may do it anyway, such as on the console: a pause
 * ends.
 * @throws NotFound
 */
export async function useEndpoint(
  parts: EndpointParts,
  { organizationId, id, actor }: { organizationId: string; id: string; actor: string },
): Promise<EndpointTest> {
  const test = await tryEndpoint(parts, id)
  if (!test.passed) return test
  await parts.db.$transaction(async (tx) => {
    await endPause(tx, id, parts, { actor })
    const where = { organizationId, handOver: { not: 'WEBHOOK' } } as const
    const { count } = await tx.partner.updateMany({ where, data: { handOver: 'WEBHOOK' } })
    if (count > 0) await note(tx, 'partner.set', organizationId, parts, { actor })
  })
  return { ...test, endpoint: (await find(parts, { id })) ?? test.endpoint }
}

/**
 * Takes an endpoint away, with its secrets: nothing is sent to it or taken from it any more. What waits goes by e-mail, where the partner has an
 * address, and to its next system; the partner finds its cases in its inbox.
 * @throws NotFound; Forbidden for a token
 */
export async function removeEndpoint(context: Context, organization: string): Promise<boolean> {
  const { viewer, organizationId } = await within(context, organization)
  const { id } = await existing(context, organizationId)
  await context.db.$transaction(async (tx) => {
    await tx.partnerEndpoint.deleteMany({ where: { id } })
    await lookAgain(tx, organizationId)
    await note(tx, 'endpoint.removed', organizationId, context, viewer)
  })
  return true
}

/** Whom a key that got lost could have cases sent to is decided by a person. @throws NotFound; SignInRequired; Forbidden for a token */
async function within(context: Context, slug: string): Promise<{ viewer: Viewer; organizationId: string }> {
  const viewer = viewerIn(context)
  if (viewer.kind === 'token') throw new Forbidden()
  const organization = context.directory.organizationsBySlug.get(slug)
  if (!organization || !isWithin(viewer, organization.id)) throw new NotFound('record')
  const partner = await context.db.partner.findUnique({ where: { organizationId: organization.id }, select: { organizationId: true } })
  if (!partner) throw new NotFound('record')
  return { viewer, organizationId: organization.id }
}

function isWithin(viewer: Viewer, organizationId: string): boolean {
  const reach = administered(viewer)
  return reach === 'ALL' || reach.includes(organizationId)
}

async function find(
  { db, now }: Pick<Context, 'db' | 'now'>,
  where: { id: string } | { organizationId: string },
): Promise<Endpoint | null> {
  const good = { where: { OR: [{ endsAt: null }, { endsAt: { gt: now } }] }, orderBy: PRESENT_FIRST, select: CHOSEN }
  return db.partnerEndpoint.findUnique({ where: where as { id: string }, include: { secrets: good } })
}

async function existing(context: Context, organizationId: string): Promise<Endpoint> {
  const endpoint = await find(context, { organizationId })
  if (!endpoint) throw new NotFound('record')
  return endpoint
}

/**
 * Sends a test outside any transaction, and notes that it passed; what has waited for that goes at once. First comes one that is signed with a
 * secret that nobody has: a system that takes it would take cases from anybody, or is a page that says yes to everything.
 * @throws NotFound
 */
export async function tryEndpoint(parts: EndpointParts, id: string): Promise<EndpointTest> {
  const { db, keys, now, endpoints } = parts
  const before = await find(parts, { id })
  if (!before) throw new NotFound('record')
  const signal = AbortSignal.timeout(TIME_LIMIT_MS)
  const message = () => ({ id: randomUUID(), type: 'endpoint.test', data: {}, at: now })
  const late = () => ({ state: 'PENDING', code: 'timeout' }) as const
  let { state, code } = await sendSigned(endpoints, before.url, [newKey()], message(), signal).catch(late)
  if (state === 'DELIVERED') return { endpoint: before, passed: false, code: 'not_verified' }
  // Whoever was not there, or may not be connected to, is not asked twice.
  if (code.startsWith('http_')) ({ state, code } = await sendMessage({ db, keys, ...endpoints }, before, message(), signal).catch(late))
  const passed = state === 'DELIVERED'
  if (passed)
    await db.$transaction(async (tx) => {
      // Another address may have been set meanwhile: that one has not passed.
      const { count } = await tx.partnerEndpoint.updateMany({ where: { id }, data: { checkedAt: now } })
      if (count > 0 && before.checkedAt === null) await sendWaiting(tx, before.organizationId, now)
    })
  const endpoint = await find(parts, { id })
  if (!endpoint) throw new NotFound('record')
  return { endpoint, passed, code }
}

const newKey = (): string => `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`

async function addSecret(tx: Tx, keys: Keys, endpointId: string, now: Date): Promise<string> {
  const id = randomUUID()
  const secret = newKey()
  const keySealed = seal(keys, secret, { table: 'endpoint_secret', column: 'key', row: id })
  await tx.endpointSecret.create({ data: { id, endpointId, keySealed, createdAt: now } })
  return secret
}

const note = (tx: Tx, action: string, subjectId: string, { now }: Pick<Context, 'now'>, { actor }: Pick<Viewer, 'actor'>) =>
  tx.auditEvent.create({ data: { at: now, actor, action, subjectId } })
