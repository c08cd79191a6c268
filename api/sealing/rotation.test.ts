import { randomUUID } from 'node:crypto'
import { chmod, mkdtemp, readdir, readFile, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createSeededDatabase, type TestDatabase } from '../testing/database.ts'
import { addKey, listKeys, retireKey, useKey } from './change.ts'
import { SEALED } from './columns.ts'
import { type KeyFile, newKey, newKeyFile } from './keys.ts'
import { openKeys } from './open.ts'
import { resealOld } from './reseal.ts'
import { blindIndex, type Keys, seal, unseal } from './seal.ts'

let database: TestDatabase
let folder: string
let file: string
let site: string
let said: string[]
const log = { info: (line: string) => said.push(line), warn: (line: string) => said.push(line) }
/** A process that has opened the keys: each call is another. */
const open = () => openKeys(database.client, file, log)
const parts = () => ({ db: database.client, sql: database.sql, file })
const content = async () => JSON.parse(await readFile(file, 'utf8')) as KeyFile

beforeAll(async () => {
  database = await createSeededDatabase()
  site = (await database.client.site.findFirstOrThrow()).id
})
afterAll(() => database.drop())
beforeEach(async () => {
  said = []
  folder = await mkdtemp(join(tmpdir(), 'passerelle-rotation-'))
  file = join(folder, 'keys.json')
  await database.client.setting.deleteMany({ where: { key: { contains: '_key' } } })
  await database.client.correction.deleteMany()
})
afterEach(() => rm(folder, { recursive: true }))

const place = (row: string) => ({ table: 'correction', column: 'message', row })
/** Stores a sealed text, as a visitor's report does. */
async function store(keys: Keys, text: string): Promise<string> {
  const id = randomUUID()
  const messageSealed = seal(keys, text, place(id))
  await database.client.correction.create({
    data: { id, siteId: site, topic: 'TEXT', language: 'FR', suggestedAt: new Date(), messageSealed },
  })
  return id
}
async function texts(keys: Keys): Promise<string[]> {
  const rows = await database.client.correction.findMany({ where: { messageSealed: { not: null } } })
  return rows.map(({ id, messageSealed }) => unseal(keys, messageSealed as string, place(id))).sort()
}
/** As if the last change of the file were two minutes ago. */
const settle = async () => utimes(file, new Date(Date.now() - 120_000), new Date(Date.now() - 120_000))

test('every sealed column of the database is known to rotation', async () => {
  const { rows } = await database.sql.query(
    `SELECT table_name AS "table", column_name AS "column" FROM information_schema.columns WHERE table_schema = 'public' AND column_name LIKE '%\\_sealed'`,
  )
  const named = rows.map(({ table, column }) => `${table}.${column}`).sort()
  expect(SEALED.map(({ table, column }) => `${table}.${column}_sealed`).sort()).toEqual(named)
})

describe('a fresh key', () => {
  test('seals from then on, beside the old one, in a file for its owner only', async () => {
    const keys = await open()
    const before = await stat(file)
    expect(await addKey(parts(), { use: true })).toBe('k2')
    const after = await stat(file)
    expect([after.mode & 0o777, after.uid, after.gid]).toEqual([0o600, before.uid, before.gid])
    expect(await readdir(folder)).toEqual(['keys.json'])
    expect({ current: (await content()).current, ids: Object.keys((await content()).sealing) }).toEqual({
      current: 'k2',
      ids: ['k1', 'k2'],
    })
    keys.refresh?.()
    expect(seal(keys, 'x', place('1'))).toMatch(/^v1\.k2\./)
    expect(said).toEqual(['Personal data is sealed with the key k2 from now on.'])
  })

  test('is noticed by the value that was sealed with it', async () => {
    const [reader, writer] = [await open(), await open()]
    await addKey(parts(), { use: true })
    writer.refresh?.()
    const sealed = seal(writer, 'Bonjour', place('1'))
    expect(sealed).toMatch(/^v1\.k2\./)
    expect(unseal(reader, sealed, place('1'))).toBe('Bonjour')
    expect(reader.current).toBe('k2')
  })

  test('is known to the database before anybody can use it', async () => {
    await open()
    await addKey(parts(), { use: true })
    const k2 = (await content()).sealing.k2
    expect(await database.client.setting.count({ where: { key: 'sealing_key.k2' } })).toBe(1)
    await writeFile(file, JSON.stringify({ ...(await content()), sealing: { ...(await content()).sealing, k2: newKey() } }))
    await expect(open()).rejects.toThrow('its key “k2” is another')
    expect(k2).toBeTruthy()
  })

  test('never has the name of one that was there before', async () => {
    await open()
    await addKey(parts(), { use: true })
    await settle()
    await retireKey(parts(), 'k1')
    await addKey(parts(), { use: true })
    await settle()
    await retireKey(parts(), 'k2')
    expect(await addKey(parts(), { use: true })).toBe('k4')
  })

  test('may first be brought everywhere, and used afterwards', async () => {
    const keys = await open()
    expect(await addKey(parts(), { use: false })).toBe('k2')
    keys.refresh?.()
    expect([keys.current, [...keys.sealing.keys()]]).toEqual(['k1', ['k1', 'k2']])
    await useKey(parts(), 'k2')
    keys.refresh?.()
    expect(keys.current).toBe('k2')
    await expect(useKey(parts(), 'k7')).rejects.toThrow('There is no key k7')
  })

  test('of ten commands at once: each makes its own, or says that another is at it', async () => {
    await open()
    const made = await Promise.allSettled(Array.from({ length: 10 }, () => addKey(parts(), { use: true })))
    const ids = made.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    const refused = made.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []))
    expect(ids.length).toBeGreaterThan(0)
    expect(new Set(ids).size).toBe(ids.length)
    expect(Object.keys((await content()).sealing).sort()).toEqual(['k1', ...ids].sort())
    for (const line of refused) expect(line).toContain('Somebody else is changing the keys')
  })

  test('does not replace a link to the file, nor stumble over what a killed command has left', async () => {
    await open()
    await rename(file, join(folder, 'real.json'))
    await symlink(join(folder, 'real.json'), file)
    await writeFile(join(folder, 'real.json.new'), 'half a fi')
    await addKey(parts(), { use: true })
    expect((await readdir(folder)).sort()).toEqual(['keys.json', 'real.json'])
    expect(JSON.parse(await readFile(join(folder, 'real.json'), 'utf8')).current).toBe('k2')
  })

  test('is not made in the file of another installation', async () => {
    await open()
    const other = JSON.stringify(newKeyFile())
    await writeFile(file, other)
    await expect(addKey(parts(), { use: true })).rejects.toThrow('does not belong to this database')
    expect(await readFile(file, 'utf8')).toBe(other)
  })
})

describe('while running, the keys in memory go on', () => {
  const sealsStill = (keys: Keys) => expect(unseal(keys, seal(keys, 'x', place('1')), place('1'))).toBe('x')

  test.each<[what: string, spoil: () => Promise<void>, line: RegExp]>([
    ['is gone', () => rm(file), /is gone: put it back/],
    ['is cut off', async () => writeFile(file, (await readFile(file, 'utf8')).slice(0, 50)), /cannot be used: it is not JSON/],
    ['is another installation’s', () => writeFile(file, JSON.stringify(newKeyFile())), /does not belong to this database/],
    ['can be read by others', () => chmod(file, 0o644), /can be read by others/],
  ])('when the file %s', async (_what, spoil, line) => {
    const keys = await open()
    const { index } = keys
    const good = await readFile(file)
    await spoil()
    for (let time = 0; time < 3; time++) keys.refresh?.()
    sealsStill(keys)
    expect(keys.index).toBe(index)
    expect(said).toEqual([expect.stringMatching(line)])
    expect(said[0]).toMatch(/The keys in memory go on\.$/)
    // Put back, it is followed again.
    await writeFile(file, good, { mode: 0o600 })
    await chmod(file, 0o600)
    await addKey(parts(), { use: true })
    keys.refresh?.()
    expect(keys.current).toBe('k2')
  })

  test('a value of a key that is nowhere is an error, and the next one opens', async () => {
    const keys = await open()
    const sealed = seal(keys, 'x', place('1'))
    expect(() => unseal(keys, sealed.replace('.k1.', '.k9.'), place('1'))).toThrow('no key k9')
    expect(unseal(keys, sealed, place('1'))).toBe('x')
  })
})

describe('sealing anew', () => {
  test('moves every old value to the new key, in batches, and says how many', async () => {
    const keys = await open()
    const rows = Array.from({ length: 450 }, (_, number) => ({ id: randomUUID(), text: `Texte ${number}` }))
    await database.client.correction.createMany({
      data: rows.map(({ id, text }) => ({
        id,
        siteId: site,
        topic: 'TEXT',
        language: 'FR',
        suggestedAt: new Date(),
        messageSealed: seal(keys, text, place(id)),
      })),
    })
    await addKey(parts(), { use: true })
    let batches = 0
    expect(await resealOld({ sql: database.sql, keys, reach: () => batches++ })).toBe(450)
    expect(batches).toBe(3)
    expect(await listKeys(parts())).toEqual([
      { id: 'k1', current: false, here: true, values: 0 },
      { id: 'k2', current: true, here: true, values: 450 },
    ])
    expect(await texts(keys)).toEqual(rows.map(({ text }) => text).sort())
    expect(await resealOld({ sql: database.sql, keys })).toBe(0)
  })

  test('of a value that was changed or erased meanwhile leaves what is there now', async () => {
    const keys = await open()
    const [changed, erased, stays] = [await store(keys, 'Avant'), await store(keys, 'Efface-moi'), await store(keys, 'Reste')]
    await addKey(parts(), { use: true })
    keys.refresh?.()
    // Between reading and writing a batch: the pool is asked for the rows first.
    let reads = 0
    const sql = {
      query: async (...args: Parameters<typeof database.sql.query>) => {
        const answer = await (database.sql.query as (...all: unknown[]) => Promise<{ rows: { id?: string }[] }>)(...args)
        if (answer.rows.some(({ id }) => id === changed) && reads++ === 0) {
          const messageSealed = seal({ ...keys, current: 'k1', sealing: keys.sealing }, 'Après', place(changed))
          await database.client.correction.update({ where: { id: changed }, data: { messageSealed } })
          await database.client.correction.update({ where: { id: erased }, data: { messageSealed: null } })
        }
        return answer
      },
    } as unknown as typeof database.sql
    expect(await resealOld({ sql, keys })).toBe(1)
    expect(reads).toBe(1)
    expect(await texts(keys)).toEqual(['Après', 'Reste'])
    expect(await resealOld({ sql: database.sql, keys })).toBe(1)
    expect((await listKeys(parts())).find(({ id }) => id === 'k1')?.values).toBe(0)
    expect(await database.client.correction.findUnique({ where: { id: stays } })).toMatchObject({
      messageSealed: expect.stringMatching(/^v1\.k2\./),
    })
  })

  test('does not wait for a row that somebody holds, and takes it the next time', async () => {
    const keys = await open()
    const [held] = [await store(keys, 'Tenu'), await store(keys, 'Libre')]
    await addKey(parts(), { use: true })
    const holder = await database.sql.connect()
    await holder.query('BEGIN')
    await holder.query('SELECT 1 FROM "correction" WHERE "id" = $1 FOR UPDATE', [held])
    expect(await resealOld({ sql: database.sql, keys })).toBe(1)
    await holder.query('COMMIT')
    holder.release()
    expect(await resealOld({ sql: database.sql, keys })).toBe(1)
  })

  test('passes over a value that cannot be opened, does all others, and tells by a code', async () => {
    const keys = await open()
    const broken = await store(keys, 'Abîmé')
    await database.sql.query(`UPDATE "correction" SET "message_sealed" = left("message_sealed", 40) WHERE "id" = $1`, [broken])
    for (let count = 0; count < 3; count++) await store(keys, `Texte ${count}`)
    await addKey(parts(), { use: true })
    await expect(resealOld({ sql: database.sql, keys })).rejects.toMatchObject({ code: 'SEALED_VALUES_UNREADABLE' })
    expect((await listKeys(parts())).map(({ values }) => values)).toEqual([1, 3])
  })

  test('by a process that has not heard of the newest key does not go back to an older one', async () => {
    const keys = await open()
    await addKey(parts(), { use: true })
    keys.refresh?.()
    await store(keys, 'Neuf')
    const behind: Keys = { ...keys, current: 'k1', sealing: keys.sealing, refresh: undefined }
    expect(await resealOld({ sql: database.sql, keys: behind })).toBe(0)
    expect((await listKeys(parts())).map(({ values }) => values)).toEqual([0, 1])
  })

  test('leaves blind indexes as they are: requests stay findable', async () => {
    const keys = await open()
    const index = blindIndex(keys, 'callback.phone', '+32470123456')
    await addKey(parts(), { use: true })
    keys.refresh?.()
    expect(blindIndex(keys, 'callback.phone', '+32470123456')).toBe(index)
  })
})

describe('a key is retired', () => {
  test('only when nothing is sealed with it, it seals nothing new, and everybody has noticed', async () => {
    const keys = await open()
    await store(keys, 'Bonjour')
    await expect(retireKey(parts(), 'k1')).rejects.toThrow('The key k1 seals what comes in')
    await expect(retireKey(parts(), 'k8')).rejects.toThrow('There is no key k8')
    await addKey(parts(), { use: true })
    await expect(retireKey(parts(), 'k1')).rejects.toThrow(/changed a moment ago.*try again in \d+ s/)
    await settle()
    await expect(retireKey(parts(), 'k1')).rejects.toThrow('1 value is still sealed with the key k1')
    await resealOld({ sql: database.sql, keys })
    await retireKey(parts(), 'k1')
    expect(Object.keys((await content()).sealing)).toEqual(['k2'])
    keys.refresh?.()
    expect([...keys.sealing.keys()]).toEqual(['k2'])
    expect(await texts(await open())).toEqual(['Bonjour'])
  })

  test('and a value that turns up with it all the same is told by the list', async () => {
    const keys = await open()
    await store(keys, 'Bonjour')
    await addKey(parts(), { use: true })
    const { k1, ...sealing } = (await content()).sealing
    await writeFile(file, JSON.stringify({ ...(await content()), sealing }))
    expect(await listKeys(parts())).toEqual([
      { id: 'k2', current: true, here: true, values: 0 },
      { id: 'k1', current: false, here: false, values: 1 },
    ])
    expect(k1).toBeTruthy()
  })
})

test('no value is unreadable at any moment while several processes write, seal anew and rotate', { timeout: 120_000 }, async () => {
  const [writer, second, reader] = [await open(), await open(), await open()]
  let going = true
  let written = 0
  const turns = [0, 0]
  const write = async (keys: Keys, who: number) => {
    for (; going; turns[who] = (turns[who] ?? 0) + 1) await store(keys, `Texte ${written++}`)
  }
  /** Once what each writer is storing now is stored, and one more. */
  const stored = async () => {
    const from = [...turns]
    await expect.poll(() => turns.every((turn, who) => turn >= (from[who] ?? 0) + 2), { interval: 5, timeout: 30_000 }).toBe(true)
  }
  let read = 0
  const readAll = async () => {
    while (going) read += (await texts(reader)).length
  }
  const working = [write(writer, 0), write(second, 1), readAll()]
  const rounds = 6
  for (let round = 0; round < rounds; round++) {
    await addKey(parts(), { use: true })
    // One of the writers has noticed, the other has not; both seal anew at the same time, as each process does.
    writer.refresh?.()
    await Promise.all([resealOld({ sql: database.sql, keys: writer }), resealOld({ sql: database.sql, keys: reader })])
    second.refresh?.()
    // The minute that a key stays in the file is there for what is being stored meanwhile.
    await stored()
    await resealOld({ sql: database.sql, keys: second })
    await settle()
    await retireKey(parts(), `k${round + 1}`)
  }
  going = false
  await Promise.all(working)
  const last = await open()
  expect([...last.sealing.keys()]).toEqual([`k${rounds + 1}`])
  expect((await texts(last)).length).toBe(written)
  expect(written).toBeGreaterThan(rounds * 5)
  expect(read).toBeGreaterThan(written)
})
