import { solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import { expect } from 'vitest'
import type { TestApp } from './ask.ts'

/** Everything that `requestCallback` may answer. */
export const REQUEST = `mutation ($input: RequestCallbackInput!) {
  requestCallback(input: $input) {
    __typename
    ... on CallbackReceipt { reference status masked requestedAt slot { id startsAt } }
    ... on UserError { message }
    ... on InvalidInput { problems { path code } }
    ... on SlotTaken { slots { id available } }
    ... on ChallengeRequired { challenge number }
    ... on TooManyRequests { retryAfterSeconds }
  }
}`

/** A request that is accepted, under a key of its own. */
export const input = (overrides: object = {}) => ({
  idempotencyKey: crypto.randomUUID(),
  line: 'liege-solidaire',
  phone: '0470 12 34 56',
  language: 'FR',
  noticeVersion: '2026-11-21',
  ...overrides,
})

/** A Belgian mobile number for each number from 0 to 999,999. */
export const phoneNumber = (index: number): string => `0470 ${String(index).padStart(6, '0')}`

/**
 * Does the work of a `ChallengeRequired`.
 * @param challenge as it was answered
 * @returns what to send as `challenge` with the same input and key
 */
export async function solve(challenge: string): Promise<string> {
  const asked = JSON.parse(challenge)
  return btoa(JSON.stringify({ challenge: asked, solution: await solveChallenge({ challenge: asked, deriveKey }) }))
}

/** Asks to be called back, as a page of the demonstration site does; the reference. */
export async function requestCallback(app: Pick<TestApp, 'ask'>, overrides: object = {}): Promise<string> {
  const { data } = await app.ask(REQUEST, { input: input(overrides) }, { 'passerelle-site': 'demo' })
  expect(data.requestCallback).toMatchObject({ __typename: 'CallbackReceipt' })
  return data.requestCallback.reference
}

/** Does something with a request: `cancelCallback`, `eraseCallback` … */
export async function change(
  app: Pick<TestApp, 'ask'>,
  mutation: string,
  claim: { reference: string; phone: string; slot?: string },
): Promise<void> {
  const declared = claim.slot === undefined ? ['', ''] : ['$slot: ID', 'slot: $slot']
  const { data, errors } = await app.ask(
    `mutation ($reference: String!, $phone: String!, ${declared[0]}) { ${mutation}(reference: $reference, phone: $phone, ${declared[1]}) { __typename } }`,
    claim,
    { 'passerelle-site': 'demo' },
  )
  expect(errors).toBeUndefined()
  expect(data[mutation].__typename).toMatch(/Receipt|Erased/)
}
