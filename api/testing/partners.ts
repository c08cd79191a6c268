import { randomUUID } from 'node:crypto'
import type { RequestListener, ServerResponse } from 'node:http'
import { Webhook } from 'standardwebhooks'
import { expect, vi } from 'vitest'
import type { Urgency } from '../db/generated/enums.ts'
import { deal } from '../escalation/actions/deal.ts'
import { blindIndex, seal } from '../sealing/seal.ts'
import { NOW, type TestApp } from './ask.ts'
import { bodyOf, say, startWebServer } from './receivers.ts'

/** A message as a partner's system got it. */
export type ReceivedMessage = {
  id: string
  /** The library that partners use accepts it, with a secret the system knows. */
  verified: boolean
  body: { type: string; timestamp: string; data: Record<string, any> }
}

/** A partner's own system: takes what is signed with a secret it knows, unless told otherwise. */
export type PartnerSystem = {
  url: string
  /** Messages that were signed, tests of the endpoint left out. */
  messages: ReceivedMessage[]
  /** All that came. */
  all: ReceivedMessage[]
  /** What it signs with and knows messages by. */
  secrets: string[]
  /** It answers so from now on. */
  answer(how: (request: Parameters<RequestListener>[0], response: ServerResponse) => void): void
  /** As at first, but for the secrets. */
  reset(): void
  close(): Promise<void>
}

export async function startPartner(): Promise<PartnerSystem> {
  const secrets: string[] = []
  const all: ReceivedMessage[] = []
  const messages: ReceivedMessage[] = []
  let how: Parameters<PartnerSystem['answer']>[0] | null = null
  const server = await startWebServer(async (request, response) => {
    const body = await bodyOf(request)
    const headers = request.headers as Record<string, string>
    const verified = secrets.some((secret) => isSigned(secret, body, headers))
    const message = { id: headers['webhook-id'] ?? '', verified, body: JSON.parse(body) }
    all.push(message)
    if (verified && message.body.type !== 'endpoint.test') messages.push(message)
    if (how) how(request, response)
    else say(response, verified ? 204 : 401)
  })
  return {
    url: server.url,
    secrets,
    all,
    messages,
    answer: (other) => {
      how = other
    },
    reset: () => {
      how = null
      all.length = 0
      messages.length = 0
    },
    close: server.close,
  }
}

/** Whether the library that a partner would use accepts a message, at the moment that stands in it: the tests have a clock of their own. */
function isSigned(secret: string, body: string, headers: Record<string, string>): boolean {
  vi.useFakeTimers({ toFake: ['Date'], now: Number(headers['webhook-timestamp']) * 1_000 })
  try {
    new Webhook(secret).verify(body, headers)
    return true
  } catch {
    return false
  } finally {
    vi.useRealTimers()
  }
}

/** Makes an organization one that takes cases over. */
export async function makePartner(
  { db }: Pick<TestApp, 'db'>,
  { organization = 'rwlp', ...data }: { organization?: string; handOver?: 'WEBHOOK' | 'EMAIL' | 'INBOX'; email?: string | null } = {},
): Promise<string> {
  const { id } = await db.organization.findUniqueOrThrow({ where: { slug: organization } })
  await db.partner.upsert({ where: { organizationId: id }, create: { organizationId: id, ...data }, update: data })
  return id
}

const SHOWN = 'endpoint { id url checkedAt pausedAt pausedWhy failingSince secrets { endsAt } }'
const OWN = SHOWN.slice('endpoint { '.length, -2)
const ANSWERS: Record<string, string> = {
  setEndpoint: `... on EndpointMade { secret test { passed code } ${SHOWN} } ... on InvalidInput { problems { path code } }`,
  testEndpoint: `... on EndpointTest { passed code ${SHOWN} }`,
  rotateEndpointSecret: `... on EndpointMade { secret test { passed } ${SHOWN} }`,
  pauseEndpoint: `... on PartnerEndpoint { ${OWN} }`,
  resumeEndpoint: `... on PartnerEndpoint { ${OWN} } ... on Conflict { code }`,
  removeEndpoint: '... on EndpointRemoved { removed }',
}

/** Does something with a partner's endpoint. */
export async function endpoint<T = any>(
  app: Pick<TestApp, 'ask'>,
  headers: Record<string, string>,
  mutation: keyof typeof ANSWERS & string,
  { organization = 'rwlp', url }: { organization?: string; url?: string } = {},
): Promise<T> {
  const variables = url === undefined ? { organization } : { input: { organization, url } }
  const [declared, given] = url === undefined ? ['$organization: String!', 'organization'] : ['$input: SetEndpointInput!', 'input']
  const { data, errors } = await app.ask(
    `mutation (${declared}) { ${mutation}(${given}: $${given}) { __typename ... on UserError { message } ${ANSWERS[mutation]} } }`,
    variables,
    headers,
  )
  expect(errors).toBeUndefined()
  return data[mutation]
}

/** Sets a partner's system up, so that it has passed its test; the id of its endpoint. */
export async function connect(
  app: Pick<TestApp, 'ask'>,
  headers: Record<string, string>,
  system: PartnerSystem,
  organization = 'rwlp',
): Promise<string> {
  const made = await endpoint(app, headers, 'setEndpoint', { organization, url: system.url })
  system.secrets.splice(0, Number.POSITIVE_INFINITY, made.secret)
  const tested = await endpoint(app, headers, 'testEndpoint', { organization })
  expect(tested).toMatchObject({ passed: true, code: 'sent' })
  return made.endpoint.id
}

let handed = 0

/** Hands a request to a partner, as the desk does after a call: the request as it would be then, and its case. */
export async function handOver(
  { db, keys, directory }: Pick<TestApp, 'db' | 'keys' | 'directory'>,
  {
    organization = 'rwlp',
    line: slug = 'liege-solidaire',
    now = NOW,
    object = 'Une aide pour le loyer.',
    shares = ['NAME'],
    urgency = 'SOON' as Urgency,
    phone = `+3247012${String(3_456 + handed++).padStart(4, '0')}`,
  } = {},
): Promise<{ id: string; requestId: string }> {
  const line = directory.current().linesBySlug.get(slug)
  if (!line) throw new Error(`no line ${slug}`)
  const { id: organizationId } = await db.organization.findUniqueOrThrow({ where: { slug: organization } })
  const { id: siteId } = await db.site.findUniqueOrThrow({ where: { key: 'demo' } })
  const requestId = randomUUID()
  const sealed = (column: string, text: string) => seal(keys, text, { table: 'callback_request', column, row: requestId })
  const actor = `staff:${randomUUID()}`
  const request = await db.callbackRequest.create({
    data: {
      id: requestId,
      siteId,
      lineId: line.id,
      reference: randomUUID().slice(0, 13),
      status: 'REACHED',
      language: 'FR',
      phoneSealed: sealed('phone', phone),
      nameSealed: sealed('name', 'Ada Dupont'),
      phoneIndex: blindIndex(keys, 'callback.phone', phone),
      noticeVersion: '2026-11-21',
      noticeLanguage: 'FR',
      requestedAt: now,
      callFrom: now,
    },
  })
  const agreement = {
    agreementWay: 'SPOKEN',
    agreementVersion: '2026-11-22',
    agreementLanguage: 'FR',
    agreedAt: now,
    agreementBy: actor,
    agreementAnyone: false,
  } as const
  const about = { organizationId, object, shares, urgency, needCode: null, communeNis: null, previousId: null } as const
  const { id } = await db.$transaction((tx) =>
    deal(tx, keys, { request, hours: line }, { ...about, shares: [...shares], ...agreement }, { actor, now }),
  )
  return { id, requestId }
}

/** No case, and nothing to be told. (The audit trail cannot be emptied.) */
export async function emptyCases({ db }: Pick<TestApp, 'db'>): Promise<void> {
  await db.outboxEvent.deleteMany()
  await db.escalation.deleteMany()
  await db.callbackRequest.deleteMany()
  await db.partnerEndpoint.deleteMany()
  await db.staffTold.deleteMany()
  await db.rateLimit.deleteMany()
}
