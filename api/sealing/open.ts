import { dirname, sep } from 'node:path'
import { makeFolder } from '../db/folder.ts'
import type { PrismaClient } from '../db/generated/client.ts'
import type { Log } from '../db/log.ts'
import { StartError } from '../db/start-error.ts'
import { cannotMake, createFile, parseKeys, readText } from './file.ts'
import { fingerprints } from './keys.ts'
import { liveKeys } from './live.ts'
import type { Keys } from './seal.ts'

/**
 * Looks at the key file before anything is made that would need it.
 * @param dataDir folder that the embedded database is going to make by itself; null when there is no embedded database
 * @throws StartError with one line when the file cannot be used, or could not be made
 */
export async function checkKeyFile(file: string, dataDir: string | null): Promise<void> {
  const text = readText(file)
  if (text !== null) parseKeys(file, text)
  else if (dataDir === null || !file.startsWith(dataDir + sep)) await makeFolder(dirname(file)).catch((error) => cannotMake(file, error))
}

/**
 * Opens the keys that seal personal data; makes them on the first start, readable by this user only. Two processes that start together
 * get the same ones. The database remembers which keys it was written with, so that a lost or wrong file is noticed at once instead of
 * making every stored request unfindable or unreadable.
 * @returns keys that follow the file from then on
 * @throws StartError with one line when the file cannot be used or does not belong to this database
 */
export async function openKeys(db: PrismaClient, file: string, log: Log): Promise<Keys> {
  const keys = parseKeys(file, readText(file) ?? (await createOnce(db, file)))
  await rememberKeys(db, file, keys)
  return liveKeys(file, keys, log)
}

/**
 * Has the database remember the keys.
 * @throws StartError when it was written with others
 */
export async function rememberKeys(db: PrismaClient, file: string, keys: Keys): Promise<void> {
  const prints = fingerprints(keys)
  // Looked at before anything is added: a wrong file must leave no trace.
  await compare(db, file, prints)
  await db.setting.createMany({ data: [...prints].map(([key, value]) => ({ key, value })), skipDuplicates: true })
  await compare(db, file, prints)
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

/** New keys are of no use to a database that was written with others. */
async function createOnce(db: PrismaClient, file: string): Promise<string> {
  if ((await db.setting.count({ where: { key: 'index_key' } })) === 0) return createFile(file)
  // Another process may have made both since we looked; it makes the file first.
  const made = readText(file)
  if (made !== null) return made
  throw new StartError(
    `The key file ${file} is not there, and this database was written with one: put back the one it was written with (KEYS_FILE names it).`,
  )
}
