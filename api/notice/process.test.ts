import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import pg from 'pg'
import { administer, databaseUrl } from '../testing/database.ts'
import { requestCallback } from '../testing/callbacks.ts'
import { temporaryFolder } from '../testing/processes.ts'
import { readMail, startMailServer } from '../testing/receivers.ts'
import { type RunningServer, runCommand, startServer } from '../testing/server.ts'

/** The built server, as `npm start` runs it; `npm test` builds it first. One database for all, on the tests' own server. */
const NAME = `passerelle_test_${randomBytes(6).toString('hex')}`
let folder: string
let base: { DATA_DIR: string; DATABASE_URL: string; LIMITS: string }
beforeAll(async () => {
  folder = await temporaryFolder()
  const { url, seeded } = inject('testServer')
  await administer(url, `CREATE DATABASE ${NAME} TEMPLATE ${seeded}`)
  base = { DATA_DIR: folder, DATABASE_URL: databaseUrl(url, NAME), LIMITS: 'off' }
})
afterAll(async () => {
  await administer(inject('testServer').url, `DROP DATABASE IF EXISTS ${NAME} WITH (FORCE)`)
  await rm(folder, { recursive: true, force: true })
})

/** A client of a server, as `requestCallback` needs one. */
const clientOf = ({ address }: RunningServer) => ({
  async ask<T = any>(query: string, variables?: object, headers: Record<string, string> = {}) {
    const response = await fetch(`${address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables }),
    })
    return { status: response.status, headers: response.headers, ...((await response.json()) as { data: T }) }
  },
})
async function sql<T extends pg.QueryResultRow>(statement: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: base.DATABASE_URL })
  await client.connect()
  return (await client.query<T>(statement).finally(() => client.end())).rows
}
const codes = async () => (await sql<{ code: string }>('SELECT "code" FROM "delivery_attempt" ORDER BY "id"')).map(({ code }) => code)

describe('the running server', () => {
  test('stops within ten seconds while a mail server hangs, and the next one sends the mail', async () => {
    const connected: Socket[] = []
    const hanging = createServer((socket) => connected.push(socket.on('error', () => {})))
    await new Promise<void>((resolve) => hanging.listen(0, '127.0.0.1', resolve))
    const { port } = hanging.address() as { port: number }
    const first = await startServer({ ...base, SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'noreply@passerelle.example' })
    const reference = await requestCallback(clientOf(first), { email: 'sentinelle@example.org', phone: '0470 99 88 77' })
    await expect.poll(() => connected.length, { timeout: 15_000 }).toBe(1)
    const asked = performance.now()
    await first.stop()
    // The promise of the documentation, not a measurement.
    expect(performance.now() - asked).toBeLessThan(10_000)
    expect(first.output()).toContain('Stopped.')
    expect(await codes()).toEqual(['stopped'])
    hanging.close()

    const mailServer = await startMailServer()
    const second = await startServer({
      ...base,
      SMTP_URL: `smtp://127.0.0.1:${mailServer.port}`,
      MAIL_FROM: 'noreply@passerelle.example',
    })
    await expect.poll(() => mailServer.mails.length, { timeout: 20_000 }).toBe(1)
    expect(mailServer.mails[0]).toMatchObject({ to: ['sentinelle@example.org'], text: expect.stringContaining(reference) })
    await expect.poll(codes).toEqual(['stopped', 'sent'])
    await second.stop()
    await mailServer.close()
    for (const secret of ['sentinelle', '470998877', reference]) expect(first.output() + second.output()).not.toContain(secret)
  })

  test('writes mails into a folder that is its user’s alone', async () => {
    const mails = join(folder, 'mails')
    const server = await startServer({ ...base, MAIL_FOLDER: mails })
    expect((await clientOf(server).ask('{ noticeChannels }')).data).toEqual({ noticeChannels: ['EMAIL'] })
    const reference = await requestCallback(clientOf(server), { email: 'ada@example.org', language: 'NL' })
    const files = async () => (await readdir(mails)).filter((name) => name.endsWith('.eml'))
    await expect.poll(files, { timeout: 15_000 }).toHaveLength(1)
    const file = join(mails, (await files())[0] as string)
    const { headers, text } = readMail(await readFile(file, 'latin1'))
    expect(headers.get('to')).toBe('ada@example.org')
    expect(headers.get('from')).toBe('noreply@localhost')
    expect(text).toContain(`Uw referentie: ${reference}\n`)
    expect([(await stat(mails)).mode & 0o777, (await stat(file)).mode & 0o777]).toEqual([0o700, 0o600])
    await server.stop()
  })

  test('does not start with a folder for mails that others can read', async () => {
    const open = join(folder, 'open')
    await mkdir(open, { mode: 0o755 })
    await expect(startServer({ ...base, MAIL_FOLDER: open })).rejects.toThrow(`MAIL_FOLDER is ${open}, which others can read`)
  })
})

describe('npm run audit', () => {
  test('says whether the trail is whole, by its exit code, too', async () => {
    const server = await startServer(base)
    await requestCallback(clientOf(server))
    await expect.poll(() => sql('SELECT FROM "audit_event" WHERE "link" IS NULL'), { timeout: 15_000 }).toEqual([])
    const rows = await sql<{ count: string }>('SELECT count(*) FROM "audit_event"')
    const count = Number(rows[0]?.count)
    expect(count).toBeGreaterThanOrEqual(1)
    const whole = await runCommand('audit', [], base)
    expect(whole.code).toBe(0)
    expect(whole.output).toContain(`The audit trail is whole: ${count} links.`)
    const mark = /Mark of the last one that fits: (\S+)/.exec(whole.output)?.[1] ?? ''
    expect((await runCommand('audit', ['--since', mark], base)).code).toBe(0)
    await server.stop()

    await sql('ALTER TABLE "audit_event" DISABLE TRIGGER USER')
    await sql(`DELETE FROM "audit_event" WHERE "link" = ${count}`)
    expect((await runCommand('audit', [], base)).code).toBe(0)
    expect((await runCommand('audit', ['--since', mark], base)).code).toBe(1)
    await sql(`INSERT INTO "audit_event" ("at", "actor", "action", "subject_id", "link", "hash")
      VALUES (now(), 'system', 'callback.requested', gen_random_uuid(), ${count}, 'forged')`)
    const broken = await runCommand('audit', [], base)
    expect(broken.code).toBe(1)
    expect(broken.output).toContain(`THE AUDIT TRAIL IS BROKEN at link ${count}`)
    expect((await runCommand('audit', ['--since', 'nonsense'], base)).output).toContain('“nonsense” is no mark')
  })
})
