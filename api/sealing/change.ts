import { stat } from 'node:fs/promises'
import type { Pool, PoolClient } from 'pg'
import type { PrismaClient } from '../db/generated/client.ts'
import { StartError } from '../db/start-error.ts'
import { parseKeys, readText, replaceFile } from './file.ts'
import { type KeyFile, newKey } from './keys.ts'
import { rememberKeys } from './open.ts'
import { countByKey } from './reseal.ts'

/** What the commands on keys work with. `sql` gives one connection for as long as a command takes. */
export type KeyParts = { db: PrismaClient; sql: Pool; file: string }

/** One key, and how many values of the database it seals. Never the key itself. */
export type KeyUse = { id: string; current: boolean; here: boolean; values: number }

/** Number of the advisory lock that lets one command change the key file at a time: "keyring" in ASCII. */
const KEYS_LOCK = 30_229_394_793_000_551n

/**
 * How long the file must have stood unchanged before a key is taken out of it, in ms. Every process has noticed by then which one is current
 * (5 s, live.ts), and what it had sealed with another before is stored or given up (a statement's 10 s, and 5 s to get a connection).
 */
export const SETTLED_MS = 60_000

/** Every key of the file, oldest first, then those that are not there and still seal something. */
export async function listKeys({ sql, file }: Pick<KeyParts, 'sql' | 'file'>): Promise<KeyUse[]> {
  const { current, sealing } = read(file)
  const counts = await countByKey(sql)
  const lost = [...counts.keys()].filter((id) => !(id in sealing)).sort()
  return [
    ...Object.keys(sealing).map((id) => ({ id, current: id === current, here: true, values: counts.get(id) ?? 0 })),
    ...lost.map((id) => ({ id, current: false, here: false, values: counts.get(id) ?? 0 })),
  ]
}

/**
 * Adds a fresh key to the file. With `use` it seals from now on: every process that reads this file notices within seconds, and at once
 * when it meets a value sealed with it.
 * @returns its id, which no key of this database had before
 */
export function addKey(parts: KeyParts, { use }: { use: boolean }): Promise<string> {
  return alone(parts, async (file) => {
    const id = await freeId(parts.db, file)
    const content = { ...file, current: use ? id : file.current, sealing: { ...file.sealing, [id]: newKey() } }
    // The database learns of it first: a process that reads the file at once finds it known.
    await rememberKeys(parts.db, parts.file, parseKeys(parts.file, JSON.stringify(content)))
    await replaceFile(parts.file, content)
    return id
  })
}

/** Has a key of the file seal from now on. @throws StartError when it is not there */
export function useKey(parts: KeyParts, id: string): Promise<void> {
  return alone(parts, async (file) => {
    if (!(id in file.sealing)) throw new StartError(`There is no key ${id} in ${parts.file}.`)
    await replaceFile(parts.file, { ...file, current: id })
  })
}

/**
 * Takes a key out of the file for good.
 * @throws StartError when it seals new values, or something is still sealed with it, or may be by a process that has not noticed
 */
export function retireKey(parts: KeyParts, id: string): Promise<void> {
  return alone(parts, async (file, connection) => {
    if (!(id in file.sealing)) throw new StartError(`There is no key ${id} in ${parts.file}.`)
    if (id === file.current) throw new StartError(`The key ${id} seals what comes in: make another with “npm run keys -- rotate” first.`)
    const stood = Date.now() - (await stat(parts.file)).mtimeMs
    if (stood < SETTLED_MS) {
      const seconds = Math.ceil((SETTLED_MS - stood) / 1_000)
      throw new StartError(`The key file was changed a moment ago, and a process may not have noticed: try again in ${seconds} s.`)
    }
    const values = (await countByKey(connection)).get(id) ?? 0
    if (values > 0) {
      throw new StartError(
        `${values} ${values === 1 ? 'value is' : 'values are'} still sealed with the key ${id}: a running server seals them anew within minutes.`,
      )
    }
    const { [id]: _gone, ...sealing } = file.sealing
    await replaceFile(parts.file, { ...file, sealing })
  })
}

/** Reads the file and changes it while nobody else does, on a connection whose statements may take as long as they need. */
async function alone<T>(parts: KeyParts, work: (file: KeyFile, connection: PoolClient) => Promise<T>): Promise<T> {
  const connection = await parts.sql.connect()
  try {
    await connection.query('SET statement_timeout = 0')
    const { rows } = await connection.query<{ got: boolean }>(`SELECT pg_try_advisory_lock(${KEYS_LOCK}) AS "got"`)
    if (!rows[0]?.got) throw new StartError('Somebody else is changing the keys at this moment: try again when that is done.')
    const file = read(parts.file)
    // The file of another installation must not be changed by way of this one.
    await rememberKeys(parts.db, parts.file, parseKeys(parts.file, JSON.stringify(file)))
    return await work(file, connection)
  } finally {
    await connection.query(`SELECT pg_advisory_unlock(${KEYS_LOCK})`).catch(() => undefined)
    // Its setting must not stay in the pool.
    connection.release(true)
  }
}

function read(file: string): KeyFile {
  const text = readText(file)
  if (text === null) throw new StartError(`The key file ${file} is not there.`)
  parseKeys(file, text)
  return JSON.parse(text) as KeyFile
}

/** The next number, also after keys that are gone: a backup may hold values sealed with one of that name. */
async function freeId(db: PrismaClient, { sealing }: KeyFile): Promise<string> {
  const known = await db.setting.findMany({ where: { key: { startsWith: 'sealing_key.' } }, select: { key: true } })
  const ids = [...Object.keys(sealing), ...known.map(({ key }) => key.replace('sealing_key.', ''))]
  return `k${Math.max(0, ...ids.map((id) => Number(/^k(\d{1,9})$/.exec(id)?.[1] ?? 0))) + 1}`
}
