import { mkdir, readFile, rm } from 'node:fs/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { temporaryFolder } from './processes.ts'
import { type MailServer, startMailServer } from './receivers.ts'
import { CANCEL, ERASE, FOLLOW, MARK, MARKS, MOVE, REQUEST, readWithWords, SAID_BACK, said, sendBadly, Visitor } from './sentinel/paths.ts'
import { type Hit, hitsIn, searchFolder, searchFor } from './sentinel/search.ts'
import { type RunningServer, runCommand, startServer } from './server.ts'

/**
 * A marked phone number, name, e-mail address, message and register number go through every door of the built server, the good ones and
 * the wrong ones, through crashes of the server and of its database; then everything that is left is searched for them. In each place a
 * word that must be there is looked for in the same way, so that a search that finds nothing is known to search.
 */
const CONTROL = 'Kontrollwort Qwz'
const search = searchFor(MARKS)
const control = searchFor([CONTROL])

let folder: string
let mails: MailServer
let server: RunningServer
const servers: RunningServer[] = []
const visitor = new Visitor(() => server.address)
/** What was searched, for the report. */
const searched: string[] = []

const database = () =>
  new pg.Client({ connectionString: `postgresql://postgres@localhost:5432/passerelle?host=${encodeURIComponent(`${folder}/data/run`)}` })
async function query<T extends pg.QueryResultRow>(sql: string): Promise<T[]> {
  const client = database()
  await client.connect()
  return client
    .query<T>(sql)
    .then(({ rows }) => rows)
    .finally(() => client.end())
}

const environment = () => ({
  DATA_DIR: `${folder}/data`,
  // What a library puts aside is searched too.
  TMPDIR: `${folder}/tmp`,
  SMTP_URL: `smtp://127.0.0.1:${mails.port}`,
  MAIL_FROM: 'noreply@aide.example',
  // All that it can say of itself.
  LOG_LEVEL: 'debug',
  LOG_FORMAT: 'json',
  METRICS_PORT: '0',
})

async function start(env: Record<string, string> = {}): Promise<void> {
  server = await startServer({ ...environment(), ...env })
  servers.push(server)
}

/** What each server has told of itself in numbers, at the last moment it could. */
const numbers: string[] = []
async function keepNumbers(): Promise<void> {
  const address = /told at (http:\S+\/metrics)/.exec(server.output())?.[1] ?? ''
  numbers.push(await (await fetch(address)).text())
}

const request = (what: string, overrides: object = {}) => visitor.ask(what, REQUEST, { input: said(overrides) })
const referenceOf = (answer: any): string => {
  expect(answer).toMatchObject({ data: { requestCallback: { __typename: 'CallbackReceipt' } } })
  return answer.data.requestCallback.reference
}

beforeAll(async () => {
  folder = await temporaryFolder()
  await mkdir(`${folder}/tmp`, { mode: 0o711 })
  mails = await startMailServer()
})
afterAll(async () => {
  for (const one of servers) await one.stop('SIGTERM')
  await mails.close()
  await rm(folder, { recursive: true, force: true })
})

test('through every door: what people say, and what goes wrong', async () => {
  await start()
  // A word that is stored in clear, by a command beside the running server.
  const site = await runCommand('site', ['--key', 'kontrolle', '--name', CONTROL, '--origin', 'https://kontrolle.example'], environment())
  expect(site).toMatchObject({ code: 0, output: expect.stringContaining(CONTROL) })

  const first = said()
  const reference = referenceOf(await visitor.ask('a request', REQUEST, { input: first }))
  expect(referenceOf(await visitor.ask('the same again', REQUEST, { input: first }))).toBe(reference)
  const conflict = await visitor.ask('the same key with other words', REQUEST, { input: { ...first, message: MARK.words } })
  expect(conflict.data.requestCallback.__typename).toBe('Conflict')
  const repeat = referenceOf(await request('one that adds to it', { phone: MARK.phoneWritten }))
  // Until the limits ask for work, and refuse.
  const seen = new Set<string>()
  for (let count = 0; count < 12; count++)
    seen.add((await request('one too many', { phone: `0470 99 88 ${10 + count}` })).data.requestCallback.__typename)
  expect([...seen]).toContain('ChallengeRequired')

  await sendBadly(visitor)
  await readWithWords(visitor)
  for (const [what, claim] of [
    ['right', { reference, phone: MARK.phone }],
    ['of a wrong reference', { reference: '333-333-333', phone: MARK.phone }],
    ['of a reference that is none', { reference: MARK.phone, phone: MARK.name }],
  ] as const) {
    await visitor.ask(`follow, ${what}`, FOLLOW, claim)
  }
  expect((await visitor.ask('follow', FOLLOW, { reference, phone: MARK.phoneSpaced })).data.callback).toMatchObject({ reference })
  // The door for programs, which counts otherwise.
  await visitor.ask('from a program', FOLLOW, { reference: repeat, phone: MARK.phone }, { origin: '' })
  for (const path of ['/', '/health', '/ready', '/metrics']) await visitor.fetch(path, path)
  await keepNumbers()
  await expect.poll(() => mails.mails.length, { timeout: 20_000 }).toBeGreaterThan(0)
})

test('when the process is killed in the middle, and a slot is full', async () => {
  await server.stop()
  await start({ LIMITS: 'off' })
  const under = Array.from({ length: 40 }, (_, number) =>
    request('killed meanwhile', { phone: number % 2 ? MARK.phone : `04709988${10 + number}` }),
  )
  await under[3]
  await server.stop('SIGKILL')
  await Promise.all(under)

  await start({ LIMITS: 'off' })
  // One place a slot, so that the second who asks for it is told that it is taken.
  await query(`UPDATE "line" SET "calls_per_hour" = 1, "slot_notice_minutes" = 0 WHERE "slug" = '1718'`)
  const slots = async () =>
    (await visitor.ask('slots', '{ callbackSlots(line: "1718") { id available } }')).data.callbackSlots as {
      id: string
      available: boolean
    }[]
  const free = (await slots()).filter(({ available }) => available).map(({ id }) => id)
  expect(free.length).toBeGreaterThan(2)
  const kinds = new Set<string>()
  for (let count = 0; count < 30 && !kinds.has('SlotTaken'); count++) {
    kinds.add((await request('for a slot', { slot: free[1], phone: `0470 12 34 ${10 + count}` })).data.requestCallback.__typename)
  }
  expect([...kinds]).toContain('SlotTaken')

  const [moved, dropped, erased] = [
    referenceOf(await request('to be moved', { slot: free[2] })),
    referenceOf(await request('to be withdrawn')),
    referenceOf(await request('to be erased')),
  ]
  const claim = (reference: string) => ({ reference, phone: MARK.phone })
  expect((await visitor.ask('move', MOVE, claim(moved))).data.rescheduleCallback.__typename).toBe('CallbackReceipt')
  await visitor.ask('move to nowhere', MOVE, { ...claim(moved), slot: MARK.phone })
  await visitor.ask('move to a slot that is taken', MOVE, { ...claim(moved), slot: free[1] })
  expect((await visitor.ask('withdraw', CANCEL, claim(dropped))).data.cancelCallback.__typename).toBe('CallbackReceipt')
  await visitor.ask('withdraw, of a wrong phone', CANCEL, { reference: moved, phone: MARK.name })
  expect((await visitor.ask('erase', ERASE, claim(erased))).data.eraseCallback.__typename).toBe('CallbackErased')
  expect((await visitor.ask('erase again', ERASE, claim(erased))).data.eraseCallback.__typename).toBe('NotFound')
})

test('when its database dies under load', async () => {
  const [{ pid }] = (await query<{ pid: number }>(
    `SELECT "pid" FROM pg_stat_activity WHERE "application_name" = 'passerelle' LIMIT 1`,
  )) as [{ pid: number }]
  const under = Array.from({ length: 20 }, () => request('while the database dies'))
  // One of PostgreSQL's processes: it then says in its log what that one was doing, and recovers.
  process.kill(pid, 'SIGKILL')
  await Promise.all(under)
  await expect.poll(() => visitor.fetch('/ready', '/ready'), { timeout: 30_000 }).toMatch(/^ready/)
  referenceOf(await request('after that'))
  expect(await readFile(`${folder}/data/postgres.log`, 'utf8')).toMatch(/terminated by signal 9/)

  // Statements that fail, for the server's own log: of a constraint, of a type, of the trigger on the audit trail.
  for (const failing of [
    `INSERT INTO "callback_request" SELECT * FROM "callback_request" LIMIT 1`,
    `SELECT '${MARK.phone}'::uuid`,
    `UPDATE "audit_event" SET "actor" = '${MARK.name}'`,
    `SELECT pg_sleep(0), '${MARK.words}' FROM "no_such_table"`,
  ]) {
    await expect(query(failing)).rejects.toThrow()
  }
})

test('when keys change, and values are sealed anew', async () => {
  const rotated = await runCommand('keys', ['rotate'], environment())
  expect(rotated).toMatchObject({ code: 0, output: expect.stringContaining('Made the key k2') })
  for (const secret of Object.values(JSON.parse(await readFile(`${folder}/data/keys.json`, 'utf8')).sealing as Record<string, string>)) {
    expect(rotated.output).not.toContain(secret)
  }
  await keepNumbers()
  await server.stop()
  await start({ LIMITS: 'off' })
  await expect
    .poll(async () => (await runCommand('keys', [], environment())).output, { timeout: 60_000, interval: 1_000 })
    .toMatch(/^k1 +0 values$/m)
})

describe('afterwards none of it is found', () => {
  const nothing: Hit[] = []

  test('in the data folder: tables, write-ahead log, logs, temporary files, keys', async () => {
    // A checkpoint writes what was only in the log and in memory, and may reuse files of the log: that one is searched before and after.
    const before = await searchFolder(search, `${folder}/data/postgres/pg_wal`)
    await query('CHECKPOINT')
    const after = await searchFolder(search, folder)
    expect([...before.hits, ...after.hits]).toEqual(nothing)
    expect(after.bytes).toBeGreaterThan(20_000_000)
    searched.push(`${folder}: ${after.files} files, ${Math.round(after.bytes / 1e6)} MB, the write-ahead log also before a checkpoint`)
    const proof = await searchFolder(control, `${folder}/data/postgres`)
    const places = proof.hits.map(({ place }) => place.replace(`${folder}/data/postgres/`, '').split('/')[0])
    expect(new Set(places)).toEqual(new Set(['base', 'pg_wal']))
  })

  test('in a dump of every table as text, and in what the database says of its statements', async () => {
    const tables = await query<{ name: string }>(
      `SELECT format('%I.%I', table_schema, table_name) AS "name" FROM information_schema.tables
       WHERE table_schema = 'public' UNION ALL SELECT 'pg_stat_activity' UNION ALL SELECT 'pg_stats' UNION ALL SELECT 'pg_settings'`,
    )
    let dump = ''
    for (const { name } of tables) {
      const rows = await query<{ row: string }>(`SELECT t::text AS "row" FROM ${name} AS t`)
      dump += `${name}\n${rows.map(({ row }) => row).join('\n')}\n`
      searched.push(`table ${name}: ${rows.length} rows`)
    }
    expect(hitsIn(search, 'the dump', dump)).toEqual(nothing)
    expect(hitsIn(control, 'the dump', dump)).toContainEqual({ place: 'the dump', word: CONTROL, how: 'plain' })
    // What was searched is what people had sent.
    expect(
      (await query<{ count: number }>(`SELECT count(*)::int AS "count" FROM "callback_request" WHERE "phone_sealed" IS NOT NULL`))[0]
        ?.count,
    ).toBeGreaterThan(10)
  })

  test('in what the processes and commands have written', () => {
    const output = servers.map((one) => one.output()).join('\n')
    expect(hitsIn(search, 'the output', output)).toEqual(nothing)
    expect(output).toContain('Passerelle is ready.')
    expect(output).toMatch(/"level":"error"|gone away/)
    // Each request has its line, of the short way and of the others, whatever came of it.
    const requests = output.split('\n').filter((line) => line.includes('"event":"request"'))
    expect(requests.length).toBeGreaterThan(150)
    expect(new Set(requests.map((line) => JSON.parse(line).route))).toEqual(
      new Set(['embed', 'graphql', 'health', 'hsds', 'index', 'other', 'questions', 'ready', 'services', 'widgets']),
    )
    searched.push(`output of ${servers.length} servers: ${output.length} characters`)
  })

  test('in what they have told of themselves in numbers', () => {
    expect(numbers).toHaveLength(2)
    expect(hitsIn(search, 'the numbers', numbers.join('\n'))).toEqual(nothing)
    expect(numbers[0]).toMatch(/^passerelle_http_request_seconds_count\{route="graphql",status="200"\} \d\d/m)
    expect(numbers[0]).toMatch(/^passerelle_queue_requests\{line="1718",state="waiting"\} [1-9]/m)
    searched.push(`numbers of ${numbers.length} servers: ${numbers.join('').length} characters`)
  })

  test('in any answer, error or not', () => {
    const { answers } = visitor
    const hits = answers.flatMap(({ what, status, text }) => {
      const allowed = SAID_BACK[what] ?? []
      const found = hitsIn(search, `${what} (${status})`, text)
      return found.filter(({ word }) => !allowed.some((one) => one.includes(word)))
    })
    expect(hits).toEqual(nothing)
    // The list of exceptions has none that is not needed, and so it proves the search of the answers.
    const needed = Object.keys(SAID_BACK).filter((name) =>
      answers.some(({ what, text }) => what === name && hitsIn(search, what, text).length > 0),
    )
    expect(needed).toEqual(Object.keys(SAID_BACK))
    expect(new Set(answers.map(({ status }) => Math.floor(status / 100)))).toEqual(new Set([0, 2, 4, 5]))
    expect(answers.filter(({ text }) => /"reference":"\w{3}-\w{3}-\w{3}"/.test(text)).length).toBeGreaterThan(5)
    searched.push(`${answers.length} answers, errors or not, to ${new Set(answers.map(({ what }) => what)).size} kinds of requests`)
  })

  test('in mails, but for the address they go to', () => {
    expect(mails.mails.length).toBeGreaterThan(1)
    for (const { raw, text, to } of mails.mails) {
      expect(to).toEqual([MARK.email])
      const others = searchFor(MARKS.filter((word) => !MARK.email.includes(word)))
      expect(hitsIn(others, 'a mail', `${raw}\n${text}`)).toEqual(nothing)
    }
    searched.push(`${mails.mails.length} mails, text and headers`)
  })

  test('and this is what was searched', () => {
    expect(searched.length).toBeGreaterThan(20)
    console.log(`Searched for ${search.words.length} words in ${search.writings.length} writings:\n  ${searched.join('\n  ')}`)
  })
})
