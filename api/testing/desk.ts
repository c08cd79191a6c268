import { expect } from 'vitest'
import type { TestApp } from './ask.ts'
import { requestCallback } from './callbacks.ts'

/** What the tests of the desk look at. */
export const FIELDS = `id reference status mine due dueAt overdue waitingMinutes targetMinutes paused urgency language callFrom closedAt outcome
  heldUntil holder { name } maskedPhone message masked attemptsLeft canSend
  safeContact { voicemail sms sayWhoCalls note } notes { text member { name } } attempts { outcome nextAt } repeats { name message safeNote language need { code } }
  referrals { sentBy service { slug } } line { slug } need { code }`

/** `message` is the person's words on a request: a failure's has another name here. */
const FAILURES = '__typename ... on UserError { failure: message }'
const PROBLEMS = '... on InvalidInput { problems { path code } }'
const CONFLICT = '... on Conflict { code holderName }'
/** What cannot fail by what was typed. */
const BARE = /^(claim|keep|release|reassign)/

const TYPES: Record<string, Record<string, string>> = {
  claimCallback: { id: 'ID!' },
  claimNextCallback: { input: 'ClaimNextInput' },
  keepCallback: { id: 'ID!' },
  releaseCallback: { id: 'ID!' },
  reassignCallback: { id: 'ID!', to: 'ID' },
  revealContact: { id: 'ID!', reason: 'String!' },
  recordAttempt: { id: 'ID!', input: 'RecordAttemptInput!' },
  addCallNote: { id: 'ID!', input: 'AddCallNoteInput!' },
  orientCallback: { id: 'ID!', input: 'OrientCallbackInput!' },
  closeCallback: { id: 'ID!', input: 'CloseCallbackInput!' },
  setLineTarget: { input: 'SetLineTargetInput!' },
}

/** Does something at the desk, and gives what it answers: the request, the contact, or a failure with its code. */
export async function act<T = any>(
  app: Pick<TestApp, 'ask'>,
  headers: Record<string, string>,
  mutation: keyof typeof TYPES & string,
  variables: Record<string, unknown> = {},
): Promise<T> {
  const types = Object.entries(TYPES[mutation] ?? {}).filter(([name]) => name in variables)
  const declared = types.map(([name, type]) => `$${name}: ${type}`).join(', ')
  const given = types.map(([name]) => `${name}: $${name}`).join(', ')
  const shown =
    mutation === 'revealContact'
      ? '... on Contact { phone tel foreign name email }'
      : mutation === 'setLineTarget'
        ? '... on Line { targets { urgency minutes } }'
        : `... on CallbackRequest { ${FIELDS} }`
  const failures = `${BARE.test(mutation) ? '' : PROBLEMS} ${mutation === 'setLineTarget' ? '' : CONFLICT}`
  const call = `${mutation}${given && `(${given})`}`
  const { data, errors } = await app.ask(
    `mutation ${declared && `(${declared})`} { ${call} { ${FAILURES} ${failures} ${shown} } }`,
    variables,
    headers,
  )
  expect(errors).toBeUndefined()
  return data[mutation]
}

/** The ids of the requests in a list, as somebody sees it. */
export async function listed(
  app: Pick<TestApp, 'ask'>,
  headers: Record<string, string>,
  { filter, order, ...page }: { filter?: object; order?: string; first?: number; after?: string } = {},
) {
  const { data, errors } = await app.ask(
    `query ($first: Int, $after: String, $filter: CallbackRequestFilter, $order: CallbackOrder) {
      callbackRequests(first: $first, after: $after, filter: $filter, order: $order) {
        totalCount pageInfo { hasNextPage endCursor } edges { cursor node { ${FIELDS} } }
      }
    }`,
    { ...page, filter, order },
    headers,
  )
  expect(errors).toBeUndefined()
  const { totalCount, pageInfo, edges } = data.callbackRequests
  const nodes: any[] = edges.map(({ node }: { node: any }) => node)
  return { totalCount: totalCount as number, pageInfo, nodes, references: nodes.map(({ reference }) => reference as string) }
}

/** Asks to be called back, and gives the id and the reference of the request. */
export async function waiting(app: TestApp, overrides: object = {}): Promise<{ id: string; reference: string }> {
  const reference = await requestCallback(app, overrides)
  const { id } = await app.db.callbackRequest.findUniqueOrThrow({ where: { reference } })
  return { id, reference }
}

/** Nothing waits. (The audit trail cannot be emptied.) */
export async function emptyDesk({ db }: TestApp): Promise<void> {
  await db.outboxEvent.deleteMany()
  await db.callbackRequest.deleteMany({ where: { repeatOfId: { not: null } } })
  await db.callbackRequest.deleteMany()
  await db.callbackSlot.deleteMany()
  await db.unmetNeed.deleteMany()
  await db.lineTarget.deleteMany()
  await db.rateLimit.deleteMany()
}
