import { readdir, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createEmptyDatabase, databaseUrl, type TestDatabase } from '../testing/database.ts'
import { temporaryFolder } from '../testing/processes.ts'
import { openDatabase } from './open.ts'

const migrationsDir = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))

let database: TestDatabase
let dataDir: string
let lines: string[]
const log = { info: (line: string) => lines.push(line), warn: (line: string) => lines.push(line) }

beforeEach(async () => {
  lines = []
  dataDir = await temporaryFolder()
  database = await createEmptyDatabase()
})
afterEach(async () => {
  await database.drop()
  await rm(dataDir, { recursive: true, force: true })
})

const open = (url: string | undefined) => openDatabase({ databaseUrl: url, dataDir, migrationsDir, log })

test('without DATABASE_URL the bundled server is used, migrated and ready', async () => {
  const opened = await open(undefined)
  expect(opened.bundled).toBe(true)
  await opened.client.need.create({ data: { code: 'food', position: 1 } })
  await opened.close()
  expect(lines).toEqual([expect.stringMatching(/^Made a new database/), expect.stringMatching(/^Brought the database up to date: /)])

  const again = await open(undefined)
  expect(await again.client.need.count()).toBe(1)
  await again.close()
  expect(lines).toHaveLength(2)
})

test('with DATABASE_URL that server is used, over a socket too, and nothing is written to the data folder', async () => {
  // The tests' own server is reached through a socket when it is the bundled one.
  const opened = await open(database.url)
  expect(opened.bundled).toBe(false)
  expect(opened.url).toBe(database.url)
  expect(await opened.client.contentVersion.count()).toBe(1)
  await opened.close()
  expect(await readdir(dataDir)).toEqual([])
})

describe('one clear line, without the password,', () => {
  test('for a server that does not answer', async () => {
    const refused = 'postgresql://aide:s3cret@127.0.0.1:1/aide'
    await expect(open(refused)).rejects.toMatchObject({
      name: 'StartError',
      message: 'The database server 127.0.0.1:1 cannot be reached (ECONNREFUSED): check DATABASE_URL and that the server runs.',
    })
  })

  test('for a socket that is not there', async () => {
    await expect(open('postgresql://aide:s3cret@localhost/aide?host=/nowhere')).rejects.toThrow(
      /^The database server \/nowhere cannot be reached \(ENOENT\)/,
    )
  })

  test('for something that is no database server', async () => {
    const server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    const error = await open(`postgresql://aide:s3cret@127.0.0.1:${port}/aide`).catch((reason) => reason)
    expect(error.name).toBe('StartError')
    expect(error.message).toMatch(/cannot be reached/)
    expect(error.message).not.toMatch(/s3cret|\n/)
    server.close()
  })

  test('for a database that does not exist', async () => {
    await expect(open(databaseUrl(database.url, 'no_such_database'))).rejects.toThrow(
      /has no database no_such_database: create it, or correct DATABASE_URL\.$/,
    )
  })

  test('for a user the server does not know', async () => {
    const url = new URL(database.url)
    url.username = 'no_such_user'
    url.password = 's3cret'
    const error = await open(url.href).catch((reason) => reason)
    expect(error.message).toMatch(/refuses the user no_such_user/)
    expect(error.message).not.toContain('s3cret')
  })

  test('for an address that cannot be read', async () => {
    const error = await open('postgresql://aide:s3cret@[/aide').catch((reason) => reason)
    expect(error.name).toBe('StartError')
    expect(JSON.stringify([error.message, error.cause])).not.toContain('s3cret')
  })
})
