import { solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'

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
