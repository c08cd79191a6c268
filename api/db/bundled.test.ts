import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { bundleProgram, Child, temporaryFolder } from '../testing/processes.ts'
import { findUser } from './bundled/account.ts'
import { socketFolder } from './bundled/folders.ts'
import { isAlive } from './bundled/postmaster.ts'

type Opened = { url: string; ms: number; logged: string[] }
type Refused = { error: string; message: string }
type Answer = { rows?: Record<string, unknown>[]; failed?: string }

let program: Awaited<ReturnType<typeof bundleProgram>>
let folder: string
let children: Child[] = []
let dataDirs = new Set<string>()

beforeAll(async () => {
  program = await bundleProgram('api/testing/database-process.ts')
})
afterAll(() => program.remove())

beforeEach(async () => {
  folder = await temporaryFolder()
})
afterEach(async () => {
  for (const child of children) await child.kill()
  // Also after a test that failed half-way.
  for (const dataDir of dataDirs) {
    const pid = await postmaster(dataDir)
    if (pid && (await isAlive(pid))) process.kill(pid, 'SIGQUIT')
    await expect.poll(async () => pid !== null && (await isAlive(pid))).toBe(false)
  }
  children = []
  dataDirs = new Set()
  await rm(folder, { recursive: true, force: true })
})

const start = (dataDir = folder): Child => {
  const child = new Child(program.path, ['bundled', dataDir])
  children.push(child)
  dataDirs.add(dataDir)
  return child
}

async function postmaster(dataDir = folder): Promise<number | null> {
  const text = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '')
  return Number.parseInt(text, 10) || null
}

/** Asks until the server answers: it may be on its way back. */
async function rows(child: Child, sql: string): Promise<Answer['rows']> {
  for (;;) {
    const { rows, failed } = await child.ask<Answer>(sql)
    if (rows) return rows
    if (!/ECONN|ENOENT|terminat|starting up|shutting down|not yet accepting|recovery/.test(failed ?? '')) throw new Error(failed)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

describe.sequential('the bundled server', () => {
  test('is made on the first start, stops with its only user, and has everything at the second start', async () => {
    const first = start()
    expect((await first.hear<Opened>()).logged).toEqual([expect.stringMatching(/^Made a new database in /)])
    await rows(first, 'CREATE TABLE kept (n int)')
    await rows(first, 'INSERT INTO kept VALUES (7)')
    expect((await rows(first, 'SHOW fsync'))?.[0]).toEqual({ fsync: 'on' })
    expect((await rows(first, 'SHOW data_checksums'))?.[0]).toEqual({ data_checksums: 'on' })
    const pid = (await postmaster()) as number
    expect(await first.ask<Answer>('stop')).toMatchObject({ stopped: expect.any(Number) })
    expect(await first.ended).toBe(0)
    expect(await isAlive(pid)).toBe(false)

    const second = start()
    expect((await second.hear<Opened>()).logged).toEqual([])
    expect(await rows(second, 'SELECT n FROM kept')).toEqual([{ n: 7 }])
    await second.ask('stop')
    expect(await postmaster()).toBeNull()
  })

  test('is closed to others, and keeps values out of its log', async () => {
    const child = start()
    await child.hear()
    const mode = async (path: string) => ((await stat(join(folder, path))).mode & 0o777).toString(8)
    expect([await mode('postgres'), await mode('run'), await mode('postgres.log')]).toEqual(['700', '700', '600'])
    await rows(child, 'CREATE TABLE secret (n text PRIMARY KEY)')
    await rows(child, `INSERT INTO secret VALUES ('0475123456')`)
    for (const sql of [`INSERT INTO secret VALUES ('0475123456')`, `SELECT '0475123456'::uuid`, `SELEC '0475123456'`]) {
      expect((await child.ask<Answer>(sql)).failed).toBeDefined()
    }
    expect(await readFile(join(folder, 'postgres.log'), 'utf8')).not.toContain('0475123456')
  })

  test('is shared by processes that start together, and stops with the last', async () => {
    const [first, second, third] = [start(), start(), start()] as const
    await Promise.all([first.hear<Opened>(), second.hear<Opened>(), third.hear<Opened>()])
    const pid = (await postmaster()) as number
    await first.ask('stop')
    expect(await rows(second, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    expect(await isAlive(pid)).toBe(true)
    await Promise.all([second.ask('stop'), third.ask('stop')])
    expect(await isAlive(pid)).toBe(false)
  })

  test('starts again for a process that comes while the last one leaves', async () => {
    const first = start()
    await first.hear()
    for (let round = 0; round < 3; round++) {
      const leaving = children.at(-1) as Child
      const coming = start()
      await Promise.all([leaving.ask('stop'), coming.hear()])
      expect(await rows(coming, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    }
  })

  test('outlives a killed process, and the next one to come stops it', async () => {
    const first = start()
    await first.hear()
    await rows(first, 'CREATE TABLE kept (n int)')
    const pid = (await postmaster()) as number
    await first.kill()
    const second = start()
    await second.hear()
    expect(await postmaster()).toBe(pid)
    expect(await rows(second, 'SELECT * FROM kept')).toEqual([])
    await second.ask('stop')
    expect(await isAlive(pid)).toBe(false)
  })

  test('comes back by itself, with all that was committed, when it is killed', async () => {
    const [first, second] = [start(), start()] as const
    await Promise.all([first.hear(), second.hear()])
    await rows(first, 'CREATE TABLE kept (n int)')
    await rows(first, 'INSERT INTO kept VALUES (7)')
    const killed = (await postmaster()) as number
    process.kill(killed, 'SIGKILL')
    expect(await rows(first, 'SELECT n FROM kept')).toEqual([{ n: 7 }])
    expect(await rows(second, 'SELECT n FROM kept')).toEqual([{ n: 7 }])
    const pid = (await postmaster()) as number
    expect(pid).not.toBe(killed)

    // Whoever brought it back may leave first.
    const told = await first.ask<{ logged: string[] }>('stop')
    expect(told.logged.filter((line) => /had gone away/.test(line))).toHaveLength(1)
    expect(await rows(second, 'SELECT n FROM kept')).toEqual([{ n: 7 }])
    await second.ask('stop')
    expect(await isAlive(pid)).toBe(false)
  })

  test('is not stopped by Ctrl-C in the terminal of its user', async () => {
    const child = start()
    await child.hear()
    const pid = (await postmaster()) as number
    const group = async (of: number) => (await readFile(`/proc/${of}/stat`, 'utf8')).split(') ')[1]?.split(' ').slice(2, 4)
    if (process.platform === 'linux') expect(await group(pid)).toEqual([String(pid), String(pid)])
  })

  test('starts although its lock files name a living process that is no server', async () => {
    const first = start()
    await first.hear()
    const pid = (await postmaster()) as number
    await first.kill()
    const stale = await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8')
    process.kill(pid, 'SIGKILL')
    await expect.poll(() => isAlive(pid)).toBe(false)

    const stranger = spawn('sleep', ['60'])
    await once(stranger, 'spawn')
    try {
      const long = new Date(Date.now() - 60_000)
      for (const file of [join(folder, 'postgres', 'postmaster.pid'), join(folder, 'run', '.s.PGSQL.5432.lock')]) {
        await writeFile(file, stale.replace(/^\d+/, String(stranger.pid)))
        await utimes(file, long, long)
      }
      const second = start()
      await second.hear<Opened>()
      expect(await rows(second, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
      await second.ask('stop')
      expect(await isAlive(stranger.pid as number)).toBe(true)
    } finally {
      stranger.kill('SIGKILL')
    }
  })

  test('removes what a killed first start left behind', async () => {
    await mkdir(join(folder, 'postgres.new-4194304-aaaa'))
    const child = start()
    await child.hear()
    await expect(stat(join(folder, 'postgres.new-4194304-aaaa'))).rejects.toThrow('ENOENT')
  })

  test('works in a folder with an awkward name', async () => {
    const odd = join(folder, `l'été, "à" 100%`)
    const child = start(odd)
    const { url } = await child.hear<Opened>()
    expect(new URL(url).searchParams.get('host')).toBe(join(odd, 'run'))
    expect(await rows(child, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    await child.ask('stop')
    expect(await postmaster(odd)).toBeNull()
  })

  test('works in a folder that is closed to others and has a long name', async () => {
    const deep = join(folder, 'x'.repeat(60), 'y'.repeat(60))
    await mkdir(deep, { recursive: true })
    await chmod(folder, 0o700)
    const child = start(deep)
    const { url } = await child.hear<Opened>()
    expect(new URL(url).searchParams.get('host')).toBe(socketFolder(deep))
    expect(socketFolder(deep)).toMatch(/^\/tmp\/passerelle-[0-9a-f]{16}$/)
    expect(await rows(child, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    await child.ask('stop')
    await rm(socketFolder(deep), { recursive: true })
  })
})

describe('one clear line', () => {
  test('for a folder that cannot be made', async () => {
    await writeFile(join(folder, 'file'), '')
    const { error, message } = await start(join(folder, 'file', 'data')).hear<Refused>()
    expect(error).toBe('StartError')
    expect(message).toBe(`The data folder ${join(folder, 'file', 'data')} cannot be used (a file is in its way): set DATA_DIR to another.`)
  })

  test.runIf(process.getuid?.() !== 0)('for a folder that cannot be written to (not as root, who may write everywhere)', async () => {
    await chmod(folder, 0o500)
    const { message } = await start().hear<Refused>()
    expect(message).toBe(`The data folder ${folder} cannot be used (no right to write there): set DATA_DIR to another.`)
  })

  test('for data of another version', async () => {
    await mkdir(join(folder, 'postgres'))
    await writeFile(join(folder, 'postgres', 'PG_VERSION'), '16\n')
    const { message } = await start().hear<Refused>()
    expect(message).toMatch(/was written by PostgreSQL 16 and this is 18: dump it with 16/)
  })

  test('for a folder with other things in it', async () => {
    await mkdir(join(folder, 'postgres'))
    await writeFile(join(folder, 'postgres', 'holiday.jpg'), '')
    const { message } = await start().hear<Refused>()
    expect(message).toMatch(/holds no PostgreSQL data/)
  })

  test('for a server that refuses its settings', async () => {
    const first = start()
    await first.hear()
    await first.ask('stop')
    await writeFile(join(folder, 'postgres', 'postgresql.auto.conf'), 'no_such_setting = 1\n')
    const { message } = await start().hear<Refused>()
    expect(message).toMatch(/^The database in .* does not start: .*postgres\.log\)$/)
  })
})

test('a user is found in /etc/passwd', () => {
  const passwd = 'root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65533:nobody:/:/usr/sbin/nologin\n'
  expect(findUser(passwd, 'nobody')).toEqual({ uid: 65_534, gid: 65_533 })
  expect(findUser(passwd, 'postgres')).toBeNull()
})
