import { randomBytes } from 'node:crypto'
import { readFileSync, realpathSync, statSync } from 'node:fs'
import { chown, link, open, readFile, rename, rm, stat, unlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { makeFolder } from '../db/folder.ts'
import { StartError } from '../db/start-error.ts'
import { type KeyFile, newKeyFile, readKeyFile } from './keys.ts'
import type { Keys } from './seal.ts'

/**
 * Reads the text of the key file; null when there is none. Synchronous, since whoever meets a value of an unknown key cannot wait; it is
 * some hundred bytes.
 * @throws StartError when others could read it, or it cannot be read
 */
export function readText(file: string): string | null {
  try {
    const status = statSync(file)
    if (status.isDirectory()) {
      throw new StartError(`KEYS_FILE is ${file}, which is a folder: it must name a file, such as ${join(file, 'keys.json')}.`)
    }
    if (process.platform !== 'win32' && (status.mode & 0o077) !== 0) {
      throw new StartError(`The key file ${file} can be read by others: chmod 600 it.`)
    }
    return readFileSync(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    if (error instanceof StartError) throw error
    throw new StartError(`The key file ${file} cannot be read (${code}).`)
  }
}

/** @throws StartError with what is wrong with it, in one line without a key */
export function parseKeys(file: string, text: string): Keys {
  const keys = readKeyFile(text)
  if ('problem' in keys) throw new StartError(`The key file ${file} cannot be used: ${keys.problem}.`)
  return keys
}

/** What changes when the file does: another file under its name, other bytes in it, other rights. A code when it cannot be looked at. */
export function stateOf(file: string): string {
  try {
    const { ino, size, mtimeNs, ctimeNs, mode } = statSync(file, { bigint: true })
    return [ino, size, mtimeNs, ctimeNs, mode].join(' ')
  } catch (error) {
    return String((error as NodeJS.ErrnoException).code)
  }
}

/** Makes the first keys. Written whole under another name, then linked: the file never exists half-written, and the first of two processes wins. */
export async function createFile(file: string): Promise<string> {
  // Not the process id: processes in containers that share a folder may have the same.
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  try {
    await makeFolder(dirname(file))
    await writeFile(draft, textOf(newKeyFile()), { mode: 0o600, flag: 'wx', flush: true })
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

/**
 * Puts other keys in the place of the present ones, at once and for good: a reader, or a power cut, finds the old file or the new one. It stays
 * its owner's, and is read and written by nobody else. One caller at a time.
 */
export async function replaceFile(file: string, content: KeyFile): Promise<void> {
  try {
    // The file itself, not a link to it that stands in its place.
    const real = realpathSync(file)
    const { uid, gid } = await stat(real)
    const draft = `${real}.new`
    // What a caller that was killed has left.
    await rm(draft, { force: true })
    try {
      await writeFile(draft, textOf(content), { mode: 0o600, flag: 'wx', flush: true })
      const mine = await stat(draft)
      if (mine.uid !== uid || mine.gid !== gid) await chown(draft, uid, gid)
      await rename(draft, real)
    } finally {
      await rm(draft, { force: true })
    }
    await syncFolder(dirname(real))
  } catch (error) {
    throw new StartError(`The key file ${file} cannot be changed (${(error as NodeJS.ErrnoException).code}).`, { cause: error })
  }
}

/** Makes a new name in a folder survive a power cut. Windows cannot. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}

const textOf = (content: KeyFile): string => `${JSON.stringify(content, null, 2)}\n`

/** @throws StartError always */
export function cannotMake(file: string, error: unknown): never {
  throw new StartError(`The key file ${file} cannot be made (${(error as NodeJS.ErrnoException).code}): set KEYS_FILE to another.`)
}
