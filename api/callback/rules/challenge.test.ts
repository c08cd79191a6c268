import { solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import type { Challenge } from 'altcha-lib/types'
import { beforeAll, describe, expect, test } from 'vitest'
import { makeChallenge, readSolution } from './challenge.ts'

const secrets = { challenge: 'one secret', answer: 'another secret' }
const NOW = new Date('2026-11-17T09:00:00Z')
const site = 'rivage'
const minutesLater = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)
const make = async (level: 1 | 2 | 3 = 1) => JSON.parse(await makeChallenge(secrets, { site, now: NOW, level })) as Challenge
const solve = async (challenge: Challenge) => ({ challenge, solution: await solveChallenge({ challenge, deriveKey }) })
const read = (payload: unknown, { now = minutesLater(1), of = site, by = secrets } = {}) =>
  readSolution(by, typeof payload === 'string' ? payload : JSON.stringify(payload), { site: of, now })

let solved: Awaited<ReturnType<typeof solve>>
let other: Awaited<ReturnType<typeof solve>>
beforeAll(async () => {
  solved = await solve(await make())
  other = await solve(await make())
})

describe('a solution', () => {
  test('holds, as JSON and as ALTCHA’s own widget sends it, until ten minutes are over', async () => {
    const proof = await read(solved)
    expect(proof).toEqual({ id: expect.stringMatching(/^[\w-]{43}$/), expiresAt: minutesLater(10) })
    expect(await read(Buffer.from(JSON.stringify(solved)).toString('base64'))).toEqual(proof)
    expect(await read(solved, { now: new Date(minutesLater(10).getTime() - 1) })).toEqual(proof)
    expect(await read(solved, { now: minutesLater(10) })).toBeNull()
  })

  test('is known again however its JSON is written, and two are told apart', async () => {
    const { challenge, solution } = solved
    const { parameters, signature } = challenge
    const turned = { solution, more: 1, challenge: { signature, parameters: Object.fromEntries(Object.entries(parameters).reverse()) } }
    expect(await read(turned)).toEqual(await read(solved))
    expect((await read(other))?.id).not.toBe((await read(solved))?.id)
  })

  test('does not hold for another site, nor under other secrets', async () => {
    expect(await read(solved, { of: 'autre' })).toBeNull()
    expect(await read(solved, { by: { ...secrets, challenge: 'x' } })).toBeNull()
    expect(await read(solved, { by: { ...secrets, answer: 'x' } })).toBeNull()
  })

  const altered = (change: (payload: any) => void) => () => {
    const payload = structuredClone(solved)
    change(payload)
    return payload
  }
  test.each<[what: string, payload: () => unknown]>([
    ['of another challenge', () => ({ challenge: solved.challenge, solution: other.solution })],
    ['with another key', altered((one) => (one.solution.derivedKey = '00'.repeat(32)))],
    ['that is the told beginning of the key only', altered((one) => (one.solution.derivedKey = one.challenge.parameters.keyPrefix))],
    ['without a key', altered((one) => delete one.solution.derivedKey)],
    ['with a counter that is no number', altered((one) => (one.solution.counter = '7'))],
    ['that is none', altered((one) => (one.solution = null))],
    ['to a challenge made easier', altered((one) => (one.challenge.parameters.cost = 1))],
    ['to a challenge made longer', altered((one) => (one.challenge.parameters.data.until += 600_000))],
    ['to a challenge without an end', altered((one) => delete one.challenge.parameters.data.until)],
    ['to a challenge for another site', altered((one) => (one.challenge.parameters.data.site = 'autre'))],
    ['to a challenge without a signature', altered((one) => delete one.challenge.signature)],
    ['to a challenge with an empty signature', altered((one) => (one.challenge.signature = ''))],
    ['to a challenge whose signature is a list', altered((one) => (one.challenge.signature = [one.challenge.signature]))],
    ['to a challenge without the signature of its answer', altered((one) => delete one.challenge.parameters.keySignature)],
    ['to a challenge without parameters', altered((one) => delete one.challenge.parameters)],
    ['to a challenge that is a text', altered((one) => (one.challenge = 'x'))],
    ['that is nothing', () => ''],
    ['that is a word', () => 'solution'],
    ['that is null', () => 'null'],
    ['that is a list', () => '[]'],
    ['that is a number', () => '{"challenge":7}'],
    ['that is the challenge alone', () => solved.challenge],
    ['that is nested deeply', () => `{"challenge":${'['.repeat(1_900)}${']'.repeat(1_900)}}`],
    ['that is very long', () => JSON.stringify({ ...solved, more: 'x'.repeat(5_000) })],
    ['with NUL characters', () => '{\0}'],
  ])('%s does not hold', async (_what, payload) => {
    expect(await read(payload())).toBeNull()
  })
})

describe('the work', () => {
  test('is bounded, and harder by level', async () => {
    // The counter stands nowhere in a challenge: only who tries finds it.
    const counters = async (level: 1 | 3, count: number) => {
      const solved = await Promise.all(Array.from({ length: count }, () => make(level).then(solve)))
      return solved.map(({ solution }) => solution?.counter ?? -1)
    }
    const [easy, hard] = [await counters(1, 8), await counters(3, 5)]
    expect(Math.min(...easy, ...hard)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...easy)).toBeLessThanOrEqual(320)
    expect(Math.max(...hard)).toBeLessThanOrEqual(2_880)
    // That five lie in the first ninth by chance happens once in 59,000 times.
    expect(Math.max(...hard)).toBeGreaterThan(320)
  }, 120_000)
})
