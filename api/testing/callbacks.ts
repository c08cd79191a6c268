import { expect } from 'vitest'
import type { TestApp } from './ask.ts'

const REQUEST = `mutation ($input: RequestCallbackInput!) {
  requestCallback(input: $input) { __typename ... on CallbackReceipt { reference } ... on UserError { message } }
}`

/** Asks to be called back, as a page of the demonstration site does; the reference. */
export async function requestCallback(app: Pick<TestApp, 'ask'>, overrides: object = {}): Promise<string> {
  const input = {
    idempotencyKey: crypto.randomUUID(),
    line: 'liege-solidaire',
    phone: '0470 12 34 56',
    language: 'FR',
    noticeVersion: '2026-11-21',
    ...overrides,
  }
  const { data } = await app.ask(REQUEST, { input }, { 'passerelle-site': 'demo' })
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
