import { readFile, rm, utimes } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { temporaryFolder } from '../testing/processes.ts'
import { type RunningServer, runCommand, startServer } from '../testing/server.ts'
import { SEALED } from './columns.ts'
import { parseKeys, readText } from './file.ts'
import { liveKeys } from './live.ts'
import { unseal } from './seal.ts'

/** Rotation as an operator does it, beside built servers that people write to and one that is killed in the middle. */
let folder: string
let file: string
let database: pg.Client
const servers: RunningServer[] = []
const start = async (env: Record<string, string> = {}) => {
  const server = await startServer({ DATA_DIR: folder, LIMITS: 'off', ...env })
  servers.push(server)
  return server
}
const keys = (...args: string[]) => runCommand('keys', args, { DATA_DIR: folder })

beforeAll(async () => {
  folder = await temporaryFolder()
  file = `${folder}/keys.json`
})
afterAll(async () => {
  await database?.end()
  for (const server of servers) await server.stop()
  await rm(folder, { recursive: true, force: true })
})

const REQUEST = `mutation ($input: RequestCallbackInput!) { requestCallback(input: $input) { __typename ... on CallbackReceipt { reference } } }`
let sent = 0
async function request(server: RunningServer): Promise<string> {
  const number = sent++
  const input = {
    idempotencyKey: `key-${number}`,
    line: '1718',
    phone: `0470 ${String(100_000 + number)}`,
    name: `Nom ${number}`,
    message: `Message ${number}`,
    language: 'FR',
    noticeVersion: '1',
  }
  const response = await fetch(`${server.address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: REQUEST, variables: { input } }),
  })
  const answer = (await response.json()) as any
  expect(answer).toMatchObject({ data: { requestCallback: { __typename: 'CallbackReceipt' } } })
  return answer.data.requestCallback.reference
}

/** Opens every sealed value, as a process does that has known the keys for a while. @returns how many of each key */
async function openAll(live: ReturnType<typeof liveKeys>): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { table, column } of SEALED) {
    const { rows } = await database.query<{ id: string; sealed: string }>(
      `SELECT "id", "${column}_sealed" AS "sealed" FROM "${table}" WHERE "${column}_sealed" IS NOT NULL`,
    )
    for (const { id, sealed } of rows) {
      expect(unseal(live, sealed, { table, column, row: id })).toMatch(/^(\+32470\d{6}|Nom \d+|Message \d+)$/)
      const key = sealed.split('.')[1] as string
      counts[key] = (counts[key] ?? 0) + 1
    }
  }
  return counts
}

test('keys change while people write, a process is killed in the middle of it, and no value is unreadable at any time', async () => {
  const server = await start()
  const at = encodeURIComponent(`${folder}/run`)
  database = new pg.Client({ connectionString: `postgresql://postgres@localhost:5432/passerelle?host=${at}` })
  await database.connect()
  const live = liveKeys(file, parseKeys(file, readText(file) as string), { info: () => {}, warn: () => {} })

  for (let round = 0; round < 25; round++) await Promise.all(Array.from({ length: 20 }, () => request(server)))
  expect(await openAll(live)).toEqual({ k1: 1_500 })

  const references: string[] = []
  let going = true
  const failed: unknown[] = []
  const writing = (async () => {
    while (going) references.push(...(await Promise.all([request(server), request(server)])))
  })().catch((error: unknown) => failed.push(error))
  let looks = 0
  const looking = (async () => {
    for (; going; looks++) await openAll(live)
  })().catch((error: unknown) => failed.push(error))

  expect(await keys('rotate')).toMatchObject({ code: 0, output: expect.stringMatching(/Made the key k2\./) })
  // It begins to seal anew at once, and ends itself after two batches of the first column, without a chance to tidy up: mostly before it is
  // ready, and soon after.
  const victim = await start({ CRASH_AT: 'keys.resealed:2' }).catch(() => null)
  if (victim) await Promise.race([victim.ended, sleep(20_000)])
  await victim?.stop('SIGKILL')
  const midway = await openAll(live)
  expect(midway.k1).toBeGreaterThan(0)
  expect(midway.k2).toBeGreaterThan(200)

  const refused = await keys('retire', 'k1')
  expect(refused).toMatchObject({ code: 1, output: expect.stringMatching(/try again|still sealed with the key k1/) })
  // The server that goes on does the rest by itself.
  await expect.poll(async () => (await keys()).output, { timeout: 90_000, interval: 2_000 }).toMatch(/^k1 +0 values$/m)
  // As if the minute had passed in which every process notices.
  await utimes(file, new Date(Date.now() - 120_000), new Date(Date.now() - 120_000))
  expect(await keys('retire', 'k1')).toMatchObject({ code: 0, output: expect.stringContaining('Took the key k1 out') })
  expect(Object.keys(JSON.parse(await readFile(file, 'utf8')).sealing)).toEqual(['k2'])
  references.push(await request(server))

  going = false
  await Promise.all([writing, looking])
  expect(failed).toEqual([])
  expect(looks).toBeGreaterThan(5)
  const { rows } = await database.query<{ reference: string }>('SELECT "reference" FROM "callback_request"')
  const stored = new Set(rows.map(({ reference }) => reference))
  expect(references.filter((reference) => !stored.has(reference))).toEqual([])
  expect(rows).toHaveLength(sent)
  // What a process sees that starts now, with the one key that is left.
  const fresh = liveKeys(file, parseKeys(file, readText(file) as string), { info: () => {}, warn: () => {} })
  expect(await openAll(fresh)).toEqual({ k2: 3 * sent })
  expect(server.output()).toContain('sealed with the key k2 from now on')
})

test('the commands say what they cannot do, and never a key', async () => {
  const secrets = Object.values(JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>).flatMap((value) =>
    typeof value === 'string' ? [value] : Object.values(value as object),
  )
  for (const [args, says] of [
    [['retire', 'k2'], 'The key k2 seals what comes in'],
    [['retire', 'k1'], 'There is no key k1'],
    [['retire'], 'There is no command “retire”'],
    [['destroy', 'k2'], 'There is no command “destroy k2”'],
    [['--force'], 'Usage: npm run keys'],
  ] as const) {
    const { code, output } = await keys(...args)
    expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining(says) })
    for (const secret of secrets) if (String(secret).length > 10) expect(output).not.toContain(secret)
  }
  expect(await keys('add')).toMatchObject({ code: 0, output: expect.stringMatching(/Made the key k3, which seals nothing yet/) })
  expect(await keys('use', 'k3')).toMatchObject({ code: 0, output: expect.stringMatching(/^k3 +\d+ values {2}seals what comes in$/m) })
})
