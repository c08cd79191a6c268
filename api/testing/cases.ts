import { expect } from 'vitest'
import { agreementVersion } from '../escalation/rules/shared.ts'
import type { TestApp } from './ask.ts'
import { act, emptyDesk, waiting } from './desk.ts'

/** What the tests of cases look at. */
export const CASE = `id state version urgency need { code } commune { nisCode } partner { slug } line { slug } request { id reference status }
  object safeContact { voicemail sms sayWhoCalls note } language shares
  agreement { way version language at by anyone } requestedAt receivedAt acceptedAt endedAt answerDueAt outcomeDueAt dueAt overdue ageMinutes rung
  rejectReason failReason cancelReason outcome steps { version at actorName state note } previous { id state } next { id partner { slug } }
  erasureWanted erasureConfirmedAt`

export const CONTACT = 'phone tel name email postalCode message language safe { voicemail sms sayWhoCalls note }'

const INPUTS: Record<string, string> = {
  escalateCallback: 'EscalateCallbackInput!',
  takeBackEscalation: 'TakeBackInput',
  rerouteEscalation: 'RerouteInput!',
  rejectEscalation: 'RejectEscalationInput!',
  progressEscalation: 'ProgressEscalationInput',
  holdEscalation: 'HoldEscalationInput!',
  completeEscalation: 'CompleteEscalationInput!',
  failEscalation: 'FailEscalationInput!',
}

/** What is sent to hand a request to RWLP, unless said otherwise. */
export const handing = ({
  agreement = {},
  shares = ['NAME', 'PLACE'],
  ...overrides
}: {
  agreement?: object
  shares?: string[]
  [name: string]: unknown
} = {}) => ({
  partner: 'rwlp',
  object: 'Une menace d’expulsion : chercher un logement.',
  shares,
  agreement: { way: 'SPOKEN', version: agreementVersion(shares), language: 'FR', anyone: false, ...agreement },
  ...overrides,
})

/** Does something with a case (or, for `escalateCallback`, with a request), and gives what it answers: the case, or a failure with its code. */
export async function onCase<T = any>(
  app: Pick<TestApp, 'ask'>,
  headers: Record<string, string>,
  mutation: string,
  variables: { id: string; input?: object; version?: number; reason?: string },
): Promise<T> {
  const types: Record<string, string | undefined> = { id: 'ID!', version: 'Int', reason: 'String!', input: INPUTS[mutation] }
  const names = Object.keys(variables)
  const { data, errors } = await app.ask(
    `mutation (${names.map((name) => `$${name}: ${types[name]}`).join(', ')}) {
      ${mutation}(${names.map((name) => `${name}: $${name}`).join(', ')}) {
        __typename ... on UserError { message } ... on InvalidInput { problems { path code } } ... on Conflict { code holderName }
        ${mutation === 'revealCase' ? `... on CaseContact { ${CONTACT.replace('message', 'words: message')} }` : `... on Escalation { ${CASE} }`}
      }
    }`,
    variables,
    headers,
  )
  expect(errors).toBeUndefined()
  return data[mutation]
}

type Somebody = { headers: Record<string, string> }

/** A request that an agent holds, with whom somebody has spoken. */
export async function reached(app: TestApp, agent: Somebody, overrides: object = {}): Promise<{ id: string; reference: string }> {
  const request = await waiting(app, overrides)
  expect(await act(app, agent.headers, 'claimCallback', { id: request.id })).toMatchObject({ mine: true })
  expect(await act(app, agent.headers, 'recordAttempt', { id: request.id, input: { outcome: 'REACHED' } })).toMatchObject({
    status: 'REACHED',
  })
  return request
}

/** A request that was handed to a partner. @returns the id of the case beside those of the request */
export async function handed(
  app: TestApp,
  agent: Somebody,
  { request = {}, ...input }: { request?: object; [name: string]: unknown } = {},
): Promise<{ id: string; reference: string; requestId: string }> {
  const { id: requestId, reference } = await reached(app, agent, request)
  const answer = await onCase(app, agent.headers, 'escalateCallback', { id: requestId, input: handing(input) })
  expect(answer).toMatchObject({ __typename: 'Escalation', state: 'REQUESTED' })
  return { id: answer.id, reference, requestId }
}

/** The cases in a list, as somebody sees it. */
export async function casesSeen(
  app: Pick<TestApp, 'ask'>,
  headers: Record<string, string>,
  page: { filter?: object; first?: number; after?: string } = {},
) {
  const { data, errors } = await app.ask(
    `query ($filter: EscalationFilter, $first: Int, $after: String) {
      escalations(filter: $filter, first: $first, after: $after) {
        totalCount pageInfo { hasNextPage endCursor } edges { cursor node { ${CASE} } }
      }
    }`,
    page,
    headers,
  )
  expect(errors).toBeUndefined()
  const { totalCount, pageInfo, edges } = data.escalations
  return { totalCount, pageInfo, nodes: edges.map(({ node }: { node: any }) => node) as any[] }
}

/** Nothing is handed to anybody, and nothing waits. */
export async function emptyCases(app: TestApp): Promise<void> {
  await app.db.escalation.deleteMany()
  await emptyDesk(app)
}
