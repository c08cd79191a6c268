import { createHash } from 'node:crypto'
import { access, chmod, chown, constants, lchown, lstat, mkdir, readdir, readFile, realpath, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { makeFolder } from '../folder.ts'
import { StartError } from '../start-error.ts'
import type { Account } from './account.ts'

/** Where the server keeps its things; all absolute. */
export type Folders = {
  dataDir: string
  /** PostgreSQL's own folder. */
  pgdata: string
  /** Folder of the socket. */
  run: string
  /** The server's log. */
  log: string
  /** Library links, when the npm package's folder cannot be written to. */
  lib: string
}

/** The longest socket path of all systems: 104 bytes with the final zero on macOS, 108 on Linux. */
const LONGEST_SOCKET_PATH = 103

export const SOCKET_NAME = '.s.PGSQL.5432'

/**
 * Makes the data folder. Root leaves it open to pass through, because the server is another user; what lies in it is closed itself.
 * @throws StartError when it cannot be made or written to
 */
export async function makeFolders(dataDir: string): Promise<Folders> {
  let real: string
  try {
    await makeFolder(dataDir)
    real = await realpath(dataDir)
    await access(real, constants.W_OK | constants.X_OK)
  } catch (error) {
    throw folderError(resolve(dataDir), error)
  }
  return {
    dataDir: real,
    pgdata: join(real, 'postgres'),
    run: socketFolder(real),
    log: join(real, 'postgres.log'),
    lib: join(real, 'lib'),
  }
}

const WHY: Record<string, string> = {
  EACCES: 'no right to write there',
  EPERM: 'no right to write there',
  EROFS: 'it is read-only',
  ENOENT: 'it cannot be made',
  ENOTDIR: 'a file is in its way',
  EEXIST: 'a file is in its way',
}

/** One line for a folder that cannot be used. */
export function folderError(folder: string, error: unknown): StartError {
  const { code = 'error' } = error as NodeJS.ErrnoException
  const why = WHY[code] ?? code
  const text =
    code === 'ENOSPC' ? `The disk of ${folder} is full.` : `The data folder ${folder} cannot be used (${why}): set DATA_DIR to another.`
  return new StartError(text, { cause: error })
}

/**
 * A socket's path is short by law. A long data folder gets a short folder elsewhere, the same for every process: hence /tmp rather than
 * `os.tmpdir()`, which differs between users and services.
 */
export function socketFolder(dataDir: string): string {
  const inside = join(dataDir, 'run')
  if (Buffer.byteLength(join(inside, SOCKET_NAME)) <= LONGEST_SOCKET_PATH) return inside
  return `/tmp/passerelle-${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}`
}

/**
 * Makes the socket's folder for the server's account, closed to all others. Who can open the socket is the database's administrator, so
 * a folder that somebody else has made in /tmp under the same name is refused.
 */
export async function makeRunFolder(run: string, account: Account | null): Promise<void> {
  try {
    await mkdir(run, { mode: 0o700 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw folderError(run, error)
  }
  const { uid } = await lstat(run)
  const mine = (await lstat(run)).isDirectory() && [process.getuid?.(), account?.uid].includes(uid)
  if (!mine && process.platform !== 'win32') throw new StartError(`${run} belongs to somebody else: remove it, or set DATA_DIR.`)
  if (account && uid !== account.uid) await chown(run, account.uid, account.gid)
  await chmod(run, 0o700)
}

/** Gives a folder and all that lies in it to the server's account: after root restored a backup, for example. */
export async function giveTo(folder: string, account: Account): Promise<void> {
  for (const name of await readdir(folder, { recursive: true })) await lchown(join(folder, name), account.uid, account.gid)
  await chown(folder, account.uid, account.gid)
}

/**
 * Whether the folder holds a PostgreSQL of this version.
 * @returns false when there is none yet
 * @throws StartError when it holds something else
 */
export async function holdsCluster(pgdata: string, major: number): Promise<boolean> {
  const there = await stat(pgdata).catch(() => null)
  if (!there || (there.isDirectory() && (await readdir(pgdata).catch(() => ['?'])).length === 0)) return false
  const version = await readFile(join(pgdata, 'PG_VERSION'), 'utf8').catch(() => null)
  if (version === null) throw new StartError(`${pgdata} holds no PostgreSQL data: move it away, or set DATA_DIR.`)
  if (Number(version) !== major) {
    const was = version.trim()
    const remedy = `dump it with ${was} and restore it into a new DATA_DIR`
    throw new StartError(`${pgdata} was written by PostgreSQL ${was} and this is ${major}: ${remedy}.`)
  }
  return true
}
