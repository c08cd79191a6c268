import { createChallenge, verifySolution } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import { describe, expect, test } from 'vitest'
import { solve } from './solve.ts'

const secrets = { hmacSignatureSecret: 'one secret', hmacKeySignatureSecret: 'another' }
const always = () => true
const make = (algorithm = 'PBKDF2/SHA-256', counter = 37) =>
  createChallenge({ algorithm, cost: 50, counter, deriveKey, data: { site: 'demo' }, expiresAt: new Date(Date.now() + 60_000), ...secrets })
const read = (solution = '') => JSON.parse(atob(solution))

describe('a challenge', () => {
  test.each(['PBKDF2/SHA-256', 'PBKDF2/SHA-512'])('of %s is solved so that the server’s library accepts it', async (algorithm) => {
    const { challenge, solution } = read(await solve(JSON.stringify(await make(algorithm)), always))
    expect(solution.counter).toBe(37)
    expect(await verifySolution({ challenge, solution, deriveKey, ...secrets })).toMatchObject({ verified: true })
  })

  test('of a counter of more than one byte, too', async () => {
    const { challenge, solution } = read(await solve(JSON.stringify(await make(undefined, 300)), always))
    expect(solution.counter).toBe(300)
    expect(await verifySolution({ challenge, solution, deriveKey, ...secrets })).toMatchObject({ verified: true })
  })

  test('is sent back as it came, with what this side does not know', async () => {
    const given = await make()
    expect(read(await solve(JSON.stringify(given), always)).challenge).toEqual(JSON.parse(JSON.stringify(given)))
  })

  test('is left when the person leaves, and the page gets its turn meanwhile', async () => {
    let turns = 0
    let stopped = false
    const timer = setInterval(() => {
      turns++
      stopped = turns > 2
    })
    const impossible = { parameters: { ...(await make()).parameters, keyPrefix: 'ff'.repeat(16), cost: 2_000 } }
    expect(await solve(JSON.stringify(impossible), () => !stopped)).toBeUndefined()
    clearInterval(timer)
    expect(turns).toBeGreaterThan(2)
  })

  test('of another kind is refused', async () => {
    await expect(solve(JSON.stringify({ parameters: { ...(await make()).parameters, algorithm: 'ARGON2ID' } }), always)).rejects.toThrow()
  })
})
