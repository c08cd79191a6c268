import { randomBytes } from 'node:crypto'
import { link, mkdir, readFile, stat, unlink, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { PrismaClient } from '../db/generated/client.ts'
import { StartError } from '../db/start-error.ts'
import { fingerprint, newKeyFile, readKeyFile } from './keys.ts'
import type { Keys } from './seal.ts'

/**
 * Opens the keys that seal personal data; makes them on the first start, readable by this user only. Two processes that start together
 * get the same ones. The database remembers which index key it was written with, so that a lost or wrong file is noticed at once instead
 * of making every stored request unfindable.
 * @throws StartError with one line when the file cannot be used or does not belong to this database
 */
export async function openKeys(db: PrismaClient, file: string): Promise<Keys> {
  const text = (await read(file)) ?? (await create(file))
  const keys = readKeyFile(text)
  if ('problem' in keys) throw new StartError(`The key file ${file} cannot be used: ${keys.problem}.`)

  const print = fingerprint(keys)
  const row = { key: 'index_key', value: print }
  await db.setting.createMany({ data: [row], skipDuplicates: true })
  const stored = await db.setting.findUniqueOrThrow({ where: { key: row.key } })
  if (stored.value !== print) {
    throw new StartError(
      `The key file ${file} does not belong to this database: put back the one it was written with (KEYS_FILE names it).`,
    )
  }
  return keys
}

async function read(file: string): Promise<string | null> {
  try {
    const { mode } = await stat(file)
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      throw new StartError(`The key file ${file} can be read by others: chmod 600 it.`)
    }
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    if (error instanceof StartError) throw error
    throw new StartError(`The key file ${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`)
  }
}

/** Written whole under another name, then linked: the file never exists half-written, and the first of two processes wins. */
async function create(file: string): Promise<string> {
  // Not the process id: processes in containers that share a folder may have the same.
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  try {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(draft, `${JSON.stringify(newKeyFile(), null, 2)}\n`, { mode: 0o600, flag: 'wx', flush: true })
    await link(draft, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new StartError(`The key file ${file} cannot be made (${(error as NodeJS.ErrnoException).code}).`)
  } finally {
    await unlink(draft).catch(() => undefined)
  }
}
