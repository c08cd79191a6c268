import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, inject, test } from 'vitest'
import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { newKeyFile } from './sealing/keys.ts'
import { administer, databaseUrl } from './testing/database.ts'

/** The built server, as `npm start` runs it; `npm test` builds it first. */
const MAIN = 'dist/server/main.js'
const REQUEST = `mutation { requestCallback(input: { idempotencyKey: "k1", line: "1718", phone: "0470 12 34 56", language: FR, noticeVersion: "1" }) {
  ... on CallbackReceipt { reference } ... on UserError { message } } }`

type Running = { child: ChildProcess; output: () => string; address: string; readyMs: number; ended: Promise<number | null> }
const running: Running[] = []
const folders: string[] = []

afterEach(async () => {
  for (const one of running.splice(0)) {
    one.child.kill('SIGTERM')
    await one.ended
  }
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'passerelle-main-'))
  // Root's database server runs as another user, who must pass through.
  await chmod(folder, 0o711)
  folders.push(folder)
  return folder
}

function launch(env: Record<string, string>, main = MAIN): Running {
  return follow(process.execPath, [main], env)
}

function follow(command: string, args: string[], env: Record<string, string>): Running {
  const started = performance.now()
  const child = spawn(command, args, { env: { ...process.env, PORT: '0', LOG_FORMAT: 'text', ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout?.on('data', (data) => (output += data))
  child.stderr?.on('data', (data) => (output += data))
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  const one: Running = { child, output: () => output, address: '', readyMs: 0, ended }
  child.stdout?.on('data', () => {
    one.address ||= /Demonstration\s+(http:\S+)\//.exec(output)?.[1] ?? ''
    one.readyMs ||= one.address ? performance.now() - started : 0
  })
  running.push(one)
  return one
}

const start = (env: Record<string, string>): Promise<Running> => ready(launch(env))

async function ready(one: Running): Promise<Running> {
  await expect
    .poll(() => one.address || one.child.exitCode !== null, { timeout: 90_000, message: 'the server says it is ready' })
    .toBeTruthy()
  if (!one.address) throw new Error(one.output())
  return one
}

async function stop(one: Running, signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
  one.child.kill(signal)
  return one.ended
}

async function ask(one: Running, query: string): Promise<any> {
  const response = await fetch(`${one.address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  })
  return ((await response.json()) as { data: unknown }).data
}

const postmasterPid = async (folder: string): Promise<number> =>
  Number((await readFile(`${folder}/postgres/postmaster.pid`, 'utf8')).split('\n')[0])
const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Starts something that must fail; its whole output and exit code. */
async function failing(env: Record<string, string>, main = MAIN): Promise<{ code: number | null; output: string }> {
  const one = launch(env, main)
  const code = await one.ended
  return { code, output: one.output() }
}

describe('starting', () => {
  test('where nobody reads along, it says everything as JSON', async () => {
    const one = await start({ DATA_DIR: await newFolder(), LOG_FORMAT: '', LOG_LEVEL: 'debug', METRICS_PORT: '0' })
    const response = await fetch(`${one.address}/services/somewhere?phone=0470123456`)
    expect(response.status).toBe(404)
    const [, numbers = ''] = /told at (http:\S+\/metrics)/.exec(one.output()) ?? []
    expect(await (await fetch(numbers)).text()).toContain('passerelle_http_request_seconds_count{route="services",status="404"} 1\n')
    expect(await stop(one)).toBe(0)
    const lines = one
      .output()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    const reqId = response.headers.get('x-request-id')
    expect(lines).toContainEqual({
      level: 'debug',
      time: expect.any(String),
      event: 'request',
      reqId,
      route: 'services',
      status: 404,
      ms: expect.any(Number),
    })
    expect(lines.at(-1)).toMatchObject({ level: 'info', msg: 'Stopped.' })
    expect(lines.map(({ msg }) => msg)).toContainEqual(expect.stringContaining('Passerelle is ready.\n'))
    await expect(fetch(numbers)).rejects.toThrow()
  })

  test('on an empty folder serves everything, and SIGTERM leaves nothing behind', async () => {
    const folder = await newFolder()
    const one = await start({ DATA_DIR: folder })
    expect(one.output()).toContain('Passerelle is ready.')
    for (const [path, type] of [
      ['/', 'text/html'],
      ['/widgets/v1/passerelle.js', 'text/javascript'],
      ['/widgets/v1/passerelle-callback.js', 'text/javascript'],
      ['/widgets/v1/passerelle-finder.js', 'text/javascript'],
      ['/health', 'text/plain'],
      ['/ready', 'text/plain'],
    ]) {
      const response = await fetch(`${one.address}${path}`)
      expect({ path, status: response.status, type: response.headers.get('content-type')?.split(';')[0] }).toEqual({
        path,
        status: 200,
        type,
      })
      await response.arrayBuffer()
    }
    expect(await ask(one, '{ faqEntries { totalCount } }')).toEqual({ faqEntries: { totalCount: 66 } })
    const pid = await postmasterPid(folder)
    expect(alive(pid)).toBe(true)
    expect(await stop(one)).toBe(0)
    expect(existsSync(`${folder}/postgres/postmaster.pid`)).toBe(false)
    expect(alive(pid)).toBe(false)
  })

  test('again reuses the data, whether Ctrl-C or kill -9 ended the first', async () => {
    const folder = await newFolder()
    const first = await start({ DATA_DIR: folder })
    expect(await stop(first, 'SIGINT')).toBe(0)
    const second = await start({ DATA_DIR: folder })
    expect(second.output()).not.toContain('Loaded the content.')
    // The receipt is the promise: from here on nothing may lose the request.
    const { requestCallback } = await ask(second, REQUEST)
    second.child.kill('SIGKILL')
    await second.ended
    const third = await start({ DATA_DIR: folder })
    const follow = `{ callback(reference: "${requestCallback.reference}", phone: "+32470123456") { reference status } }`
    expect(await ask(third, follow)).toEqual({ callback: { reference: requestCallback.reference, status: 'NEW' } })
    expect(await ask(third, REQUEST)).toEqual({ requestCallback })
  })

  test('survives kill -9 of the whole database, and loses nothing', async () => {
    const folder = await newFolder()
    const one = await start({ DATA_DIR: folder })
    const { requestCallback } = await ask(one, REQUEST)
    process.kill(await postmasterPid(folder), 'SIGKILL')
    // The directory stays readable without a database.
    expect((await ask(one, '{ lines { slug } }')).lines.length).toBeGreaterThan(2)
    await expect.poll(async () => (await fetch(`${one.address}/ready`)).status, { timeout: 20_000 }).toBe(200)
    expect(await ask(one, REQUEST)).toEqual({ requestCallback })
  })

  test('a second process on the same folder shares the database, and the last one stops it', async () => {
    const folder = await newFolder()
    const [first, second] = await Promise.all([start({ DATA_DIR: folder }), start({ DATA_DIR: folder })])
    const { requestCallback } = await ask(first, REQUEST)
    expect(await ask(second, REQUEST)).toEqual({ requestCallback })
    await stop(first)
    expect(await ask(second, REQUEST)).toEqual({ requestCallback })
    await stop(second)
    expect(existsSync(`${folder}/postgres/postmaster.pid`)).toBe(false)
  })

  test('by npm start, and a SIGTERM to npm stops everything before npm ends', async () => {
    const folder = await newFolder()
    const npm = await ready(follow('npm', ['start'], { DATA_DIR: folder }))
    await stop(npm)
    await expect(fetch(`${npm.address}/health`)).rejects.toThrow()
    expect(existsSync(`${folder}/postgres/postmaster.pid`)).toBe(false)
  })

  test('can be stopped before it is ready', async () => {
    const folder = await newFolder()
    const one = launch({ DATA_DIR: folder })
    await expect.poll(() => existsSync(`${folder}/postgres/postmaster.pid`), { timeout: 20_000 }).toBe(true)
    await stop(one)
    expect(existsSync(`${folder}/postgres/postmaster.pid`)).toBe(false)
  })

  test('on another PostgreSQL server does the same, without an embedded one', async () => {
    const { url } = inject('testServer')
    const name = `passerelle_main_${process.pid}`
    await administer(url, `CREATE DATABASE ${name}`)
    const folder = await newFolder()
    const one = await start({ DATA_DIR: folder, DATABASE_URL: databaseUrl(url, name) })
    expect(await ask(one, '{ services(first: 1) { totalCount } }')).toMatchObject({ services: { totalCount: expect.any(Number) } })
    expect(existsSync(`${folder}/postgres`)).toBe(false)
    await stop(one)
    await administer(url, `DROP DATABASE ${name} WITH (FORCE)`)
  })

  test('with SEED=none starts empty', async () => {
    const one = await start({ DATA_DIR: await newFolder(), SEED: 'none' })
    const empty =
      '{ about { demonstration } lines { slug } needs { code } services { totalCount } faqEntries { totalCount } communes(search: "4000") { name } }'
    expect(await ask(one, empty)).toEqual({
      about: { demonstration: false },
      lines: [],
      needs: [],
      services: { totalCount: 0 },
      faqEntries: { totalCount: 0 },
      communes: [],
    })
  })
})

let phones = 0
/** Sends a request for a call back under a key, of a person of her own; the answer as a client sees it. */
async function write(one: Running, key: string, signal = AbortSignal.timeout(60_000)) {
  const response = await fetch(`${one.address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: REQUEST.replace('"k1"', `"${key}"`).replace('0470 12 34 56', `0470 ${100_000 + (phones++ % 900_000)}`) }),
    signal,
  })
  const { data, errors } = (await response.json()) as any
  return {
    reference: data?.requestCallback?.reference as string | undefined,
    refusal: { status: response.status, retryAfter: response.headers.get('retry-after'), code: errors?.[0]?.extensions?.code },
  }
}
const UNAVAILABLE = { status: 503, retryAfter: '5', code: 'SERVICE_UNAVAILABLE' }

/** Rows of the embedded database. */
async function rowsOf<Row extends pg.QueryResultRow>(folder: string, query: string): Promise<Row[]> {
  const client = new pg.Client({
    connectionString: `postgresql://postgres@localhost:5432/passerelle?host=${encodeURIComponent(`${folder}/run`)}`,
  })
  await client.connect()
  return (await client.query<Row>(query).finally(() => client.end())).rows
}

describe('when the database goes away', () => {
  test.each(['SIGKILL', 'SIGINT'] as const)(
    'by %s under 30 writers, every answer is a receipt or a 503, and every key is stored once',
    async (signal) => {
      const folder = await newFolder()
      const one = await start({ DATA_DIR: folder, LIMITS: 'off' })
      const receipts = new Map<string, string>()
      const refusals: object[] = []
      let over = false
      const writer = async () => {
        while (!over) {
          const key = randomUUID()
          for (;;) {
            const { reference, refusal } = await write(one, key)
            if (reference) {
              receipts.set(key, reference)
              break
            }
            refusals.push(refusal)
            await sleep(50)
          }
        }
      }
      const writers = Array.from({ length: 30 }, writer)
      for (let round = 0; round < 3; round++) {
        await sleep(500)
        process.kill(await postmasterPid(folder), signal)
        const before = receipts.size
        await expect.poll(() => receipts.size, { timeout: 30_000 }).toBeGreaterThan(before + 60)
      }
      over = true
      await Promise.all(writers)
      expect(refusals.length).toBeGreaterThan(0)
      for (const refusal of refusals) expect(refusal).toEqual(UNAVAILABLE)
      const rows = await rowsOf<{ key: string; reference: string }>(
        folder,
        'SELECT idempotency_index AS key, reference FROM callback_request',
      )
      expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length)
      expect(rows.map(({ reference }) => reference).sort()).toEqual([...receipts.values()].sort())
      expect(one.output()).not.toContain('unexpected_error')
    },
  )

  test.runIf(process.platform === 'linux')(
    'by hanging, each request ends as a 503 in time, and the next ones after it are stored once',
    async () => {
      const folder = await newFolder()
      const one = await start({ DATA_DIR: folder, LIMITS: 'off' })
      await Promise.all(Array.from({ length: 12 }, () => write(one, randomUUID())))
      const postmaster = await postmasterPid(folder)
      const all = [postmaster, ...(await childrenOf(postmaster))]
      for (const pid of all) process.kill(pid, 'SIGSTOP')
      const keys = Array.from({ length: 30 }, () => randomUUID())
      try {
        const began = Date.now()
        const answers = await Promise.all(keys.map((key) => write(one, key)))
        expect(Date.now() - began).toBeLessThan(25_000)
        for (const { refusal } of answers) expect(refusal).toEqual(UNAVAILABLE)
        expect((await fetch(`${one.address}/ready`)).status).toBe(503)
        expect((await ask(one, '{ lines { slug } }')).lines.length).toBeGreaterThan(2)
      } finally {
        for (const pid of all) process.kill(pid, 'SIGCONT')
      }
      await expect.poll(async () => (await fetch(`${one.address}/ready`)).status, { timeout: 20_000 }).toBe(200)
      for (const key of keys) expect((await write(one, key)).reference).toBeDefined()
      const [{ n } = { n: 0 }] = await rowsOf<{ n: number }>(folder, 'SELECT count(*)::int AS n FROM callback_request')
      expect(n).toBe(42)
    },
  )
})

/** Processes that the server has started: they stand in sessions of their own, so their parent tells. */
async function childrenOf(parent: number): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const parents = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')))
  return pids.filter((_pid, index) => Number(parents[index]?.split(') ')[1]?.split(' ')[1]) === parent).map(Number)
}

describe('stopping', () => {
  test('under load: what was received is answered, connections end with their answers, and /ready says so', async () => {
    const one = await start({ DATA_DIR: await newFolder(), LIMITS: 'off' })
    const { port } = new URL(one.address)
    const agent = new Agent({ keepAlive: true, maxSockets: 30 })
    const cut: string[] = []
    const ready: number[] = []
    let [answered, ending] = [0, 0]
    let over = false
    const send = (path: string, body?: string) =>
      new Promise<void>((resolve) => {
        const sent = request({
          port,
          path,
          agent,
          method: body ? 'POST' : 'GET',
          // The server says when it has received a request: what lies unread in its queue of connections as it stops listening was not.
          headers: { expect: '100-continue', ...(body ? { 'content-type': 'application/json' } : {}) },
        })
        let received = false
        sent.on('continue', () => {
          received = true
          sent.end(body)
        })
        sent.flushHeaders()
        sent.on('response', (response) => {
          if (path === '/ready') ready.push(response.statusCode ?? 0)
          if (response.headers.connection === 'close') ending++
          response.on('error', (error) => cut.push(String(error)))
          response.resume().on('close', () => {
            if (response.complete) answered++
            resolve()
          })
        })
        sent.on('error', (error: NodeJS.ErrnoException) => {
          if (error.code === 'ECONNREFUSED') over = true
          else if (received) cut.push(`${error.code} ${path}`)
          resolve()
        })
      })
    const client = async (number: number) => {
      while (!over) {
        if (number === 0) await send('/ready')
        else
          await send(
            '/graphql',
            JSON.stringify({ query: number % 2 ? REQUEST.replace('"k1"', `"${randomUUID()}"`) : '{ lines { slug name } }' }),
          )
      }
    }
    const clients = Array.from({ length: 30 }, (_, number) => client(number))
    await expect.poll(() => answered, { timeout: 20_000 }).toBeGreaterThan(300)
    const began = Date.now()
    const code = await stop(one)
    await Promise.all(clients)
    agent.destroy()
    expect(cut).toEqual([])
    expect({ code, ending: ending >= 30, stoppingTold: ready.includes(503) }).toEqual({ code: 0, ending: true, stoppingTold: true })
    expect(Date.now() - began).toBeLessThan(8_000)
    expect(one.output()).not.toMatch(/unexpected|\n\s+at /)
  })

  // Any process of the same installation may hold these while it fills or migrates.
  test.each([
    ['migration’s', 0x706173736572, true],
    ['seed’s', 7_265_001, false],
  ])('while another process holds the %s lock ends the start, with the first signal', async (_which, lock, empty) => {
    const { url } = inject('testServer')
    const name = `passerelle_main_${randomUUID().replaceAll('-', '')}`
    await administer(url, `CREATE DATABASE ${name}${empty ? '' : ` TEMPLATE ${inject('testServer').template}`}`)
    const holder = new pg.Client({ connectionString: databaseUrl(url, name) })
    await holder.connect()
    await holder.query('SELECT pg_advisory_lock($1)', [lock])
    const waiting = async () =>
      (
        await holder.query(
          "SELECT 1 FROM pg_locks JOIN pg_database d ON d.oid = database WHERE locktype = 'advisory' AND NOT granted AND datname = current_database()",
        )
      ).rowCount ?? 0
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      // PostgreSQL does not notice at once that the one before has gone away.
      const before = await waiting()
      const one = launch({ DATA_DIR: await newFolder(), DATABASE_URL: databaseUrl(url, name) })
      await expect.poll(waiting, { timeout: 20_000 }).toBeGreaterThan(before)
      const began = Date.now()
      expect(await stop(one, signal)).toBe(0)
      expect(Date.now() - began).toBeLessThan(4_000)
      expect(one.output()).toBe('Stopped.\n')
    }
    await holder.end()
    await administer(url, `DROP DATABASE ${name} WITH (FORCE)`)
  })

  test('takes no lock of a filled database at the next start', async () => {
    const { url, seeded } = inject('testServer')
    const name = `passerelle_main_${randomUUID().replaceAll('-', '')}`
    await administer(url, `CREATE DATABASE ${name} TEMPLATE ${seeded}`)
    const holder = new pg.Client({ connectionString: databaseUrl(url, name) })
    await holder.connect()
    await holder.query('SELECT pg_advisory_lock(7265001)')
    await stop(await start({ DATA_DIR: await newFolder(), DATABASE_URL: databaseUrl(url, name) }))
    await holder.end()
    await administer(url, `DROP DATABASE ${name} WITH (FORCE)`)
  })

  test.runIf(process.platform === 'linux')('a second signal does not wait for what hangs', async () => {
    const folder = await newFolder()
    const one = await start({ DATA_DIR: folder })
    const postmaster = await postmasterPid(folder)
    const all = [postmaster, ...(await childrenOf(postmaster))]
    for (const pid of all) process.kill(pid, 'SIGSTOP')
    one.child.kill('SIGTERM')
    await sleep(1_000)
    const began = Date.now()
    expect(await stop(one, 'SIGTERM')).toBe(143)
    expect(Date.now() - began).toBeLessThan(4_000)
    for (const pid of all) process.kill(pid, 'SIGCONT')
    process.kill(postmaster, 'SIGINT')
    await expect.poll(() => existsSync(`${folder}/postgres/postmaster.pid`), { timeout: 20_000 }).toBe(false)
  })
})

test('on every address of the machine, its own page may send its form, and the operator is told of PUBLIC_URL', async () => {
  const one = await start({ DATA_DIR: await newFolder(), HOST: '0.0.0.0' })
  expect(one.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  await expect.poll(one.output).toMatch(/set PUBLIC_URL to/)
  const from = async (origin: string) => {
    const headers = { 'content-type': 'application/json', 'passerelle-site': 'demo', origin }
    const response = await fetch(`${one.address}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query: REQUEST }) })
    return ((await response.json()) as any).errors?.[0]?.extensions.code
  }
  expect(await from(one.address)).toBeUndefined()
  expect(await from('http://localhost:1')).toBe('ORIGIN_NOT_ALLOWED')
})

describe('what the operator can put right is one clear line and exit code 1', () => {
  test('a port that is taken', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    const { code, output } = await failing({ DATA_DIR: await newFolder(), PORT: String(port) })
    server.close()
    expect({ code, output }).toEqual({
      code: 1,
      output: `Port ${port} on 127.0.0.1 is taken by another program: stop it, or choose another with PORT.\n`,
    })
  })

  test.each([
    [{ PORT: 'abc' }, 'PORT is “abc”: it must be a number from 0 to 65535.\n'],
    [{ SEED: 'all' }, 'SEED is “all”: it must be demo, reference or none.\n'],
    [{ HOST: '192.0.2.1' }, 'HOST is “192.0.2.1”: this machine has no such address.\n'],
    [{ DATABASE_URL: 'mysql://root:secret@localhost/x' }, 'DATABASE_URL must look like postgresql://user:password@host:5432/database.\n'],
    [
      { DATABASE_URL: 'postgresql://me:secret@127.0.0.1:9/x' },
      'The database server 127.0.0.1:9 cannot be reached (ECONNREFUSED): check DATABASE_URL and that the server runs.\n',
    ],
  ])('%j', async (env, line) => {
    expect(await failing({ DATA_DIR: await newFolder(), ...env })).toEqual({ code: 1, output: line })
  })

  test('a data folder that cannot be', async () => {
    const { code, output } = await failing({ DATA_DIR: '/dev/null/x' })
    expect({ code, lines: output.trim().split('\n').length }).toEqual({ code: 1, lines: 1 })
    expect(output).toContain('/dev/null/x')
  })

  test('a key file that does not belong to the database', async () => {
    const folder = await newFolder()
    await stop(await start({ DATA_DIR: folder }))
    await rm(`${folder}/keys.json`)
    expect(await failing({ DATA_DIR: folder })).toEqual({ code: 1, output: expect.stringMatching(/^The key file .* is not there, .*\n$/) })
    await writeFile(`${folder}/keys.json`, JSON.stringify(newKeyFile()), { mode: 0o600 })
    const { code, output } = await failing({ DATA_DIR: folder })
    expect(code).toBe(1)
    expect(output).toMatch(/^The key file .* does not belong to this database.*\n$/)
    expect(existsSync(`${folder}/postgres/postmaster.pid`)).toBe(false)
  })

  test('a bad key file, before any database is made', async () => {
    const folder = await newFolder()
    await writeFile(`${folder}/keys.json`, '{}', { mode: 0o600 })
    const { code, output } = await failing({ DATA_DIR: folder })
    expect({ code, output }).toEqual({ code: 1, output: expect.stringMatching(/^The key file .* cannot be used: .*\n$/) })
    expect(existsSync(`${folder}/postgres`)).toBe(false)
    const elsewhere = await failing({ DATA_DIR: folder, KEYS_FILE: folder })
    expect(elsewhere).toEqual({ code: 1, output: expect.stringMatching(/^KEYS_FILE is .*, which is a folder: it must name a file, .*\n$/) })
  })

  test.runIf(process.platform === 'linux').each<Record<string, string>>([{ DATA_DIR: '/proc/x' }, { KEYS_FILE: '/proc/nope/k.json' }])(
    'a folder that the system does not let anybody make: %j',
    async (env) => {
      const { code, output } = await failing({ DATA_DIR: await newFolder(), ...env })
      expect({ code, output }).toEqual({ code: 1, output: expect.stringMatching(/^The [^\n]*\/proc\/[^\n]*\n$/) })
    },
  )

  test('pages that were not built', async () => {
    const folder = await newFolder()
    await mkdir(`${folder}/dist`)
    await cp('dist/server', `${folder}/dist/server`, { recursive: true })
    for (const name of ['node_modules', 'prisma', 'package.json']) await symlink(join(process.cwd(), name), join(folder, name))
    const { code, output } = await failing({ DATA_DIR: `${folder}/data`, SEED: 'none' }, `${folder}/dist/server/main.js`)
    expect({ code, line: output.trim().split('\n').at(-1) }).toEqual({
      code: 1,
      line: `The pages in ${folder}/dist/public cannot be read: run npm run build (ENOENT).`,
    })
    expect(output).not.toMatch(/^\s+at /m)
    expect(existsSync(`${folder}/data/postgres/postmaster.pid`)).toBe(false)
  })

  test('content that cannot be loaded', async () => {
    const folder = await newFolder()
    await mkdir(`${folder}/dist`)
    await mkdir(`${folder}/prisma`)
    await cp('dist/server', `${folder}/dist/server`, { recursive: true })
    await symlink(join(process.cwd(), 'node_modules'), `${folder}/node_modules`)
    await symlink(join(process.cwd(), 'package.json'), `${folder}/package.json`)
    await symlink(join(process.cwd(), 'prisma/migrations'), `${folder}/prisma/migrations`)
    const { code, output } = await failing({ DATA_DIR: `${folder}/data` }, `${folder}/dist/server/main.js`)
    expect({ code, line: output.trim().split('\n').at(-1) }).toEqual({
      code: 1,
      line: `The content of ${folder}/prisma/seed cannot be loaded (ENOENT).`,
    })
  })
})
