import { randomBytes } from 'node:crypto'
import { link, readFile, stat, unlink, writeFile } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { makeFolder } from '../db/folder.ts'
import type { PrismaClient } from '../db/generated/client.ts'
import { StartError } from '../db/start-error.ts'
import { fingerprints, newKeyFile, readKeyFile } from './keys.ts'
import type { Keys } from './seal.ts'

/**
 * Looks at the key file before anything is made that would need it.
 * @param dataDir folder that the embedded database is going to make by itself; null when there is no embedded database
 * @throws StartError with one line when the file cannot be used, or could not be made
 */
export async function checkKeyFile(file: string, dataDir: string | null): Promise<void> {
  const text = await read(file)
  if (text !== null) parse(file, text)
  else if (dataDir === null || !file.startsWith(dataDir + sep)) await makeFolder(dirname(file)).catch((error) => cannotMake(file, error))
}

/**
 * Opens the keys that seal personal data; makes them on the first start, readable by this user only. Two processes that start together
 * get the same ones. The database remembers which keys it was written with, so that a lost or wrong file is noticed at once instead of
 * making every stored request unfindable or unreadable.
 * @throws StartError with one line when the file cannot be used or does not belong to this database
 */
export async function openKeys(db: PrismaClient, file: string): Promise<Keys> {
  const keys = parse(file, (await read(file)) ?? (await createOnce(db, file)))
  const prints = fingerprints(keys)
  // Looked at before anything is added: a wrong file must leave no trace.
  await compare(db, file, prints)
  await db.setting.createMany({ data: [...prints].map(([key, value]) => ({ key, value })), skipDuplicates: true })
  await compare(db, file, prints)
  return keys
}

async function compare(db: PrismaClient, file: string, prints: ReadonlyMap<string, string>): Promise<void> {
  const stored = await db.setting.findMany({ where: { key: { in: [...prints.keys()] } } })
  const wrong = stored.find(({ key, value }) => prints.get(key) !== value)
  if (!wrong) return
  const which = wrong.key === 'index_key' ? '' : `: its key “${wrong.key.replace('sealing_key.', '')}” is another`
  throw new StartError(
    `The key file ${file} does not belong to this database${which}. Put back the one it was written with (KEYS_FILE names it).`,
  )
}

function parse(file: string, text: string): Keys {
  const keys = readKeyFile(text)
  if ('problem' in keys) throw new StartError(`The key file ${file} cannot be used: ${keys.problem}.`)
  return keys
}

async function read(file: string): Promise<string | null> {
  try {
    const status = await stat(file)
    if (status.isDirectory()) {
      throw new StartError(`KEYS_FILE is ${file}, which is a folder: it must name a file, such as ${join(file, 'keys.json')}.`)
    }
    if (process.platform !== 'win32' && (status.mode & 0o077) !== 0) {
      throw new StartError(`The key file ${file} can be read by others: chmod 600 it.`)
    }
    return await readFile(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    if (error instanceof StartError) throw error
    throw new StartError(`The key file ${file} cannot be read (${code}).`)
  }
}

/** New keys are of no use to a database that was written with others. */
async function createOnce(db: PrismaClient, file: string): Promise<string> {
  if ((await db.setting.count({ where: { key: 'index_key' } })) === 0) return create(file)
  // Another process may have made both since we looked; it makes the file first.
  const made = await read(file)
  if (made !== null) return made
  throw new StartError(
    `The key file ${file} is not there, and this database was written with one: put back the one it was written with (KEYS_FILE names it).`,
  )
}

/** Written whole under another name, then linked: the file never exists half-written, and the first of two processes wins. */
async function create(file: string): Promise<string> {
  // Not the process id: processes in containers that share a folder may have the same.
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  try {
    await makeFolder(dirname(file))
    await writeFile(draft, `${JSON.stringify(newKeyFile(), null, 2)}\n`, { mode: 0o600, flag: 'wx', flush: true })
    await link(draft, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
    return await readFile(file, 'utf8')
  } catch (error) {
    return cannotMake(file, error)
  } finally {
    await unlink(draft).catch(() => undefined)
  }
}

function cannotMake(file: string, error: unknown): never {
  throw new StartError(`The key file ${file} cannot be made (${(error as NodeJS.ErrnoException).code}): set KEYS_FILE to another.`)
}
