import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, inject, test } from 'vitest'
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

function launch(env: Record<string, string>): Running {
  const started = performance.now()
  const child = spawn(process.execPath, [MAIN], { env: { ...process.env, PORT: '0', ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
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

async function start(env: Record<string, string>): Promise<Running> {
  const one = launch(env)
  await expect
    .poll(() => one.address || one.child.exitCode !== null, { timeout: 30_000, message: 'the server says it is ready' })
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
async function failing(env: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const one = launch(env)
  const code = await one.ended
  return { code, output: one.output() }
}

describe('starting', () => {
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
    const { code, output } = await failing({ DATA_DIR: folder })
    expect(code).toBe(1)
    expect(output).toMatch(/^The key file .* does not belong to this database.*\n$/)
    expect(existsSync(`${folder}/postgres/postmaster.pid`)).toBe(false)
  })
})
