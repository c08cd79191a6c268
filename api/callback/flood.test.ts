import { rm } from 'node:fs/promises'
import { Agent, request as httpRequest } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { input, phoneNumber, REQUEST } from '../testing/callbacks.ts'
import { temporaryFolder } from '../testing/processes.ts'
import { type RunningServer, runCommand, startServer } from '../testing/server.ts'

/** The built server with its limits; addresses are told by a proxy that it trusts. */
let server: RunningServer
let env: Record<string, string>
beforeAll(async () => {
  env = { DATA_DIR: await temporaryFolder(), TRUSTED_PROXY: '1' }
  server = await startServer(env)
})
afterAll(async () => {
  await server?.stop()
  await rm(env.DATA_DIR as string, { recursive: true, force: true })
})

const QUOTA = 10
const TIMES = 100
const ROUNDS = 4
/** Between two requests of the site that sends as sites do, in milliseconds. */
const PACE = 60

let sent = 0
/** Asks to be called back for somebody else each time, from another address each time; what came of it, and how long it took, in ms. */
function send(site: string, agent: Agent): Promise<{ kind: string; status: number; ms: number }> {
  const count = sent++
  const body = JSON.stringify({ query: REQUEST, variables: { input: input({ phone: phoneNumber(count) }) } })
  const began = performance.now()
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'passerelle-site': site,
      origin: server.address,
      'x-forwarded-for': `10.${count >> 16}.${(count >> 8) & 255}.${count & 255}`,
    }
    const one = httpRequest(`${server.address}/graphql`, { method: 'POST', agent, headers }, (response) => {
      let text = ''
      response.on('data', (chunk) => (text += chunk))
      response.on('end', () => {
        const ms = performance.now() - began
        resolve({ kind: JSON.parse(text).data?.requestCallback?.__typename ?? text, status: response.statusCode ?? 0, ms })
      })
    })
    one.on('error', reject)
    one.end(body)
  })
}

const tally = (answers: { kind: string }[]) => {
  const counts: Record<string, number> = {}
  for (const { kind } of answers) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}
const share = (values: number[], part: number) => [...values].sort((a, b) => a - b)[Math.floor(values.length * part)] as number

test(`a site that sends ${TIMES} times its quota slows another one by less than twice, and takes nothing from it`, async () => {
  for (const [key, quota] of [
    ['flooding', String(QUOTA)],
    ['calm', '100000'],
  ] as const) {
    const { code, output } = await runCommand('site', ['--key', key, '--name', key, '--origin', 'self', '--quota', quota], env)
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining(`${quota}/h`) })
  }
  const paced = new Agent({ keepAlive: true, maxSockets: 4 })
  const fast = new Agent({ keepAlive: true, maxSockets: 20 })
  await expect.poll(async () => (await send('calm', paced)).kind).toBe('CallbackReceipt')
  const answers: Awaited<ReturnType<typeof send>>[] = []
  /** Sends steadily until told to stop; how long each took. */
  const pace = async (isOver: () => boolean): Promise<number[]> => {
    const pending: ReturnType<typeof send>[] = []
    while (!isOver()) {
      pending.push(send('calm', paced))
      await sleep(PACE)
    }
    const all = await Promise.all(pending)
    answers.push(...all)
    return all.map(({ ms }) => ms)
  }
  const flooded: Awaited<ReturnType<typeof send>>[] = []
  /** Twenty connections, each with its next request as soon as it has an answer. */
  const flood = async (count: number) => {
    let left = count
    const connection = async () => {
      while (left-- > 0) flooded.push(await send('flooding', fast))
    }
    await Promise.all(Array.from({ length: 20 }, connection))
  }

  await pace(() => answers.length + sent > 200) // Warm, so that the first round is like the others.
  answers.length = 0
  const rounds: { quiet: number[]; during: number[] }[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const began = performance.now()
    let over = false
    const flooding = flood((QUOTA * TIMES) / ROUNDS).then(() => (over = true))
    const during = await pace(() => over)
    await flooding
    const lasted = performance.now() - began
    const end = performance.now() + lasted
    rounds.push({ during, quiet: await pace(() => performance.now() > end) })
  }
  paced.destroy()
  fast.destroy()

  const times = rounds.map(({ quiet, during }) => share(during, 0.95) / share(quiet, 0.95))
  const ms = (values: number[]) => `p50 ${share(values, 0.5).toFixed(1)}, p95 ${share(values, 0.95).toFixed(1)} ms of ${values.length}`
  console.log(
    [
      ...rounds.map((round) => `quiet: ${ms(round.quiet)}; during the flood: ${ms(round.during)}`),
      `p95 during the flood: ${times.map((one) => one.toFixed(2)).join(', ')} times the quiet one`,
      `the flood: ${JSON.stringify(tally(flooded))}, median ${share(
        flooded.map((one) => one.ms),
        0.5,
      ).toFixed(0)} ms`,
    ].join('\n'),
  )
  expect(tally(answers)).toEqual({ CallbackReceipt: answers.length })
  expect(tally(flooded)).toEqual({ CallbackReceipt: QUOTA, ChallengeRequired: QUOTA * (TIMES - 1) })
  // A machine may be busy with other things in either half of a round: the best of them counts.
  expect(Math.min(...times)).toBeLessThan(2)
}, 300_000)
