import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestApp, type TestApp } from '../../testing/ask.ts'
import { input, phoneNumber, REQUEST } from '../../testing/callbacks.ts'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp({ limited: false })
})
afterAll(() => app.close())

const SITE = { 'passerelle-site': 'demo' }
const KNOWN = '0471 00 00 01'
const PAIRS = 60
/** What a person's own connection varies by, several times over; over the network nobody measures less. */
const MOST_MS = 20

type Ask = () => Promise<unknown>
const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN

/**
 * Asks two questions in turn, each as often; their answers, and by how much their medians differ, in milliseconds. Which one comes first
 * changes from pair to pair, so that what the machine does meanwhile falls on both.
 */
async function compare(one: (index: number) => Ask, other: (index: number) => Ask) {
  const sides = [one, other].map((ask) => ({ ask, times: [] as number[], answers: [] as unknown[] }))
  for (let index = -5; index < PAIRS; index++) {
    for (const side of index % 2 ? sides : [...sides].reverse()) {
      const ask = side.ask(index + 5)
      const began = performance.now()
      const answer = await ask()
      if (index < 0) continue
      side.times.push(performance.now() - began)
      side.answers.push(answer)
    }
  }
  const [a, b] = sides.map(({ times }) => median(times)) as [number, number]
  console.log(`${expect.getState().currentTestName}: ${a.toFixed(1)} ms and ${b.toFixed(1)} ms`)
  return { answers: sides.map(({ answers }) => answers) as [unknown[], unknown[]], apart: Math.abs(a - b) }
}

/** An answer without what is drawn by lot and what a clock says: everything else may tell something. */
const shapeOf = ({ status, headers, data, errors }: Awaited<ReturnType<TestApp['ask']>>) => ({
  status,
  headers: [...headers].map(([name, value]) => (name === 'content-length' ? name : `${name}: ${value}`)),
  body: JSON.parse(JSON.stringify({ data, errors }).replace(/"[A-Z0-9]{3}-[A-Z0-9]{3}-[A-Z0-9]{3}"/g, '"REFERENCE"')),
})

describe('a stranger cannot tell', () => {
  test('whether a number has an open request, by asking for it once more', async () => {
    await app.ask(REQUEST, { input: input({ phone: KNOWN, message: 'Bonjour' }) }, SITE)
    const request = (phone: string) => async () =>
      shapeOf(await app.ask(REQUEST, { input: input({ phone, message: 'Je voudrais un rendez-vous.' }) }, SITE))
    const { answers, apart } = await compare(
      () => request(KNOWN),
      (index) => request(phoneNumber(index)),
    )
    const [first] = answers[0]
    expect(first).toMatchObject({ status: 200, body: { data: { requestCallback: { __typename: 'CallbackReceipt', status: 'NEW' } } } })
    for (const answer of answers.flat()) expect(answer).toEqual(first)
    expect(apart).toBeLessThan(MOST_MS)
    // And yet she is called once.
    expect(await app.db.callbackRequest.count({ where: { repeatOfId: null } })).toBe(PAIRS + 5 + 1)
  })

  test('the same by the estimate, which a request of either kind moves as far', async () => {
    await app.db.callbackRequest.deleteMany()
    await app.ask(REQUEST, { input: input({ phone: KNOWN }) }, SITE)
    const estimate = async () => (await app.ask('{ callbackEstimate(line: "liege-solidaire") { by } }')).data.callbackEstimate.by
    const before = await estimate()
    let waiting = 1
    for (; (await estimate()) === before; waiting++) {
      await app.ask(REQUEST, { input: input({ phone: phoneNumber(500_000 + waiting) }) }, SITE)
    }
    // One fewer, and the next request is the one that moves it: of a number that is known as of one that is not.
    for (const phone of [KNOWN, phoneNumber(600_000)]) {
      const { id } = await app.db.callbackRequest.findFirstOrThrow({ orderBy: { position: 'desc' } })
      await app.db.callbackRequest.delete({ where: { id } })
      expect(await estimate()).toBe(before)
      await app.ask(REQUEST, { input: input({ phone }) }, SITE)
      expect(await estimate()).not.toBe(before)
    }
  })

  const claims = async () => {
    const { data } = await app.ask(REQUEST, { input: input({ phone: '0472 00 00 01' }) }, SITE)
    const { reference } = data.requestCallback
    return {
      'a right reference and a wrong phone': { reference, phone: '0472 00 00 02' },
      'a wrong reference and a right phone': { reference: '333-333-333', phone: '0472 00 00 01' },
      'both wrong': { reference: '333-333-333', phone: '0473 00 00 02' },
      'what is neither a reference nor a phone': { reference: 'x', phone: 'y' },
    }
  }
  const field = (kind: string, name: string) =>
    `${kind} ($reference: String!, $phone: String!) { ${name}(reference: $reference, phone: $phone) { __typename } }`
  test.each([
    ['callback', field('query', 'callback'), null],
    ['cancelCallback', field('mutation', 'cancelCallback'), { __typename: 'NotFound' }],
    ['rescheduleCallback', field('mutation', 'rescheduleCallback'), { __typename: 'NotFound' }],
    ['eraseCallback', field('mutation', 'eraseCallback'), { __typename: 'NotFound' }],
    ['withdrawAgreement', field('mutation', 'withdrawAgreement'), { __typename: 'NotFound' }],
    [
      'confirmOutcome',
      field('mutation', 'confirmOutcome').replace('$phone)', '$phone, input: { contacted: true, stillNeeded: true })'),
      { __typename: 'NotFound' },
    ],
  ])('what was wrong with a claim, by %s', async (name, query, expected) => {
    const { 'a right reference and a wrong phone': half, ...others } = await claims()
    const ask = (claim: object) => async () => shapeOf(await app.ask(query, claim, SITE))
    for (const other of Object.values(others)) {
      const { answers, apart } = await compare(
        () => ask(half),
        () => ask(other),
      )
      const [first] = answers[0]
      expect(first).toMatchObject({ status: 200, body: { data: { [name]: expected } } })
      for (const answer of answers.flat()) expect(answer).toEqual(first)
      expect(apart).toBeLessThan(MOST_MS)
    }
  })

  test('a reference that exists, by how long its right phone takes to be found', async () => {
    const { reference } = (await app.ask(REQUEST, { input: input({ phone: '0474 00 00 01' }) }, SITE)).data.requestCallback
    const ask = (phone: string) => () => app.ask(field('query', 'callback'), { reference, phone }, SITE)
    const { apart } = await compare(
      () => ask('0474 00 00 01'),
      () => ask('0474 00 00 02'),
    )
    expect(apart).toBeLessThan(MOST_MS)
  })
})
