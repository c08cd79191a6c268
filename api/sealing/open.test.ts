import { randomBytes } from 'node:crypto'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { StartError } from '../db/start-error.ts'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { fingerprint, newKeyFile } from './keys.ts'
import { checkKeyFile, openKeys } from './open.ts'
import { seal, unseal } from './seal.ts'

const SILENT = { info: () => {}, warn: () => {} }
let database: TestDatabase
let folder: string

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'passerelle-keys-'))
  await database.client.setting.deleteMany()
})
afterEach(() => rm(folder, { recursive: true }))

const open = (file = join(folder, 'keys.json')) => openKeys(database.client, file, SILENT)
const write = async (text: string, mode = 0o600) => {
  const file = join(folder, 'keys.json')
  await writeFile(file, text, { mode })
  await chmod(file, mode)
  return file
}

test('the first start makes a key file for its owner only, in a folder made for it', async () => {
  const file = join(folder, 'deep', 'data', 'keys.json')
  await open(file)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(await readdir(join(folder, 'deep', 'data'))).toEqual(['keys.json'])
})

test('later starts find the same keys', async () => {
  const place = { table: 'callback_request', column: 'phone', row: '1' }
  const sealed = seal(await open(), '+32475987654', place)
  expect(unseal(await open(), sealed, place)).toBe('+32475987654')
})

test('an operator’s own file is used and left as it is', async () => {
  const text = JSON.stringify(newKeyFile())
  const file = await write(text, 0o400)
  await open()
  expect(await readFile(file, 'utf8')).toBe(text)
})

test('starts at the same moment get the same keys', async () => {
  for (let round = 0; round < 20; round++) {
    const file = join(folder, `round-${round}`, 'keys.json')
    await database.client.setting.deleteMany()
    const all = await Promise.all(Array.from({ length: 8 }, () => open(file)))
    expect(new Set(all.map(fingerprint)).size).toBe(1)
    expect(new Set(all.map((keys) => keys.sealing.get(keys.current)?.toString('hex'))).size).toBe(1)
    expect(fingerprint(await open(file))).toBe(fingerprint(all[0] as (typeof all)[0]))
    expect(await readdir(join(folder, `round-${round}`))).toEqual(['keys.json'])
  }
})

test.skipIf(process.platform === 'win32').each([0o644, 0o640, 0o604, 0o660, 0o601])('a file with mode %o is refused', async (mode) => {
  await write(JSON.stringify(newKeyFile()), mode)
  await expect(open()).rejects.toThrow(/can be read by others: chmod 600/)
  expect(await database.client.setting.count()).toBe(0)
})

test('a file that holds no keys is refused, and not replaced', async () => {
  const file = await write('{}')
  await expect(open()).rejects.toThrow(StartError)
  await expect(open()).rejects.toThrow(`The key file ${file} cannot be used: it must have`)
  expect(await readFile(file, 'utf8')).toBe('{}')
})

test.each([0o700, 0o755])('a folder in its place (mode %o) is refused with the right advice', async (mode) => {
  await mkdir(join(folder, 'keys.json'))
  await chmod(join(folder, 'keys.json'), mode)
  await expect(open()).rejects.toThrow(/is a folder: it must name a file, such as .*keys\.json\/keys\.json\.$/)
})

test('a folder that cannot be made is refused in one line', async () => {
  await writeFile(join(folder, 'file'), '')
  await expect(open(join(folder, 'file', 'keys.json'))).rejects.toThrow(StartError)
})

test('the file of another installation is refused, and the right one still opens', async () => {
  await open(join(folder, 'right.json'))
  await writeFile(join(folder, 'other.json'), JSON.stringify(newKeyFile()), { mode: 0o600 })
  await expect(open(join(folder, 'other.json'))).rejects.toThrow(/does not belong to this database\. Put back/)
  await open(join(folder, 'right.json'))
})

test('a lost file is noticed: new keys do not open an old database', async () => {
  const file = join(folder, 'keys.json')
  await open(file)
  await rm(file)
  await expect(open(file)).rejects.toThrow(/is not there.*put back the one it was written with/)
  expect(await readdir(folder)).toEqual([])
})

test('a new sealing key beside the old one is no other file', async () => {
  const first = newKeyFile()
  await write(JSON.stringify(first))
  await open()
  await write(JSON.stringify({ ...first, current: 'k2', sealing: { ...first.sealing, k2: randomBytes(32).toString('base64') } }))
  expect((await open()).current).toBe('k2')
})

test('a sealing key of the same name with another value is refused, and leaves no trace', async () => {
  const first = newKeyFile()
  await write(JSON.stringify(first))
  await open()
  await write(JSON.stringify({ ...first, sealing: { k1: newKeyFile().sealing.k1, k9: newKeyFile().sealing.k1 } }))
  await expect(open()).rejects.toThrow(/does not belong to this database: its key “k1” is another/)
  expect(await database.client.setting.findMany({ select: { key: true }, orderBy: { key: 'asc' } })).toEqual([
    { key: 'index_key' },
    { key: 'sealing_key.k1' },
  ])
})

test('a database that knows only its index key learns the others', async () => {
  const keys = await open()
  await database.client.setting.deleteMany({ where: { key: { not: 'index_key' } } })
  expect((await open()).current).toBe(keys.current)
  expect(await database.client.setting.count({ where: { key: 'sealing_key.k1' } })).toBe(1)
})

describe('before the database is there', () => {
  test('a bad file is refused, and a good or absent one in the data folder is left alone', async () => {
    await expect(checkKeyFile(await write('{}'), folder)).rejects.toThrow('cannot be used')
    await write(JSON.stringify(newKeyFile()))
    await checkKeyFile(join(folder, 'keys.json'), folder)
    await checkKeyFile(join(folder, 'data', 'keys.json'), join(folder, 'data'))
    expect(await readdir(folder)).toEqual(['keys.json'])
  })

  test.runIf(process.platform === 'linux')('a place where no folder can be made is told at once', async () => {
    await expect(checkKeyFile('/proc/nope/k.json', folder)).rejects.toThrow('The key file /proc/nope/k.json cannot be made (ENOENT)')
  })
})
