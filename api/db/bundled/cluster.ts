import { randomBytes } from 'node:crypto'
import { chown, mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StartError } from '../start-error.ts'
import { closedTo } from './account.ts'
import { folderError, giveTo, holdsCluster } from './folders.ts'
import type { Place } from './place.ts'
import { isAlive } from './postmaster.ts'
import { runProgram, serverEnvironment } from './program.ts'

const UNFINISHED = /^postgres\.new-(\d+)-/

/** No initdb takes that long; an unfinished folder older than this is a leftover, whoever has its process number now. In ms. */
const LEFTOVER_AGE = 600_000

/**
 * Makes an empty database cluster when there is none. It is made aside and renamed, so that a folder named `postgres` is always whole,
 * and of several processes that start together one wins.
 * @returns whether this call made it
 */
export async function ensureCluster(place: Place): Promise<boolean> {
  const { folders, account, binaries } = place
  await removeLeftovers(folders.dataDir)
  if (await holdsCluster(folders.pgdata, binaries.major)) {
    if (account && (await stat(folders.pgdata)).uid !== account.uid) await giveTo(folders.pgdata, account)
    return false
  }
  const fresh = join(folders.dataDir, `postgres.new-${process.pid}-${randomBytes(4).toString('hex')}`)
  try {
    await mkdir(fresh, { mode: 0o700 })
    if (account) await chown(fresh, account.uid, account.gid)
    await initialize(place, fresh)
    return await putInPlace(fresh, place)
  } catch (error) {
    throw error instanceof StartError ? error : folderError(folders.dataDir, error)
  } finally {
    await rm(fresh, { recursive: true, force: true })
  }
}

async function putInPlace(fresh: string, { folders, binaries }: Place): Promise<boolean> {
  try {
    await rename(fresh, folders.pgdata)
  } catch (error) {
    if (await holdsCluster(folders.pgdata, binaries.major)) return false
    throw error
  }
  // The new name must survive a power cut as the files do, which initdb has synced. Windows cannot sync a folder.
  if (process.platform === 'win32') return true
  const handle = await open(folders.dataDir, 'r')
  await handle.sync().finally(() => handle.close())
  return true
}

async function removeLeftovers(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    const pid = UNFINISHED.exec(name)?.[1]
    if (!pid) continue
    const folder = join(dataDir, name)
    const age = Date.now() - ((await stat(folder).catch(() => null))?.mtimeMs ?? Date.now())
    // Not urgent: an initdb that has lost its parent may still be writing there.
    if (age > LEFTOVER_AGE || !(await isAlive(Number(pid)))) await rm(folder, { recursive: true, force: true }).catch(() => {})
  }
}

/** Runs initdb. The collation is PostgreSQL's own, so that no update of the system's libraries can spoil an index. */
async function initialize(place: Place, folder: string): Promise<void> {
  const { endpoint } = place
  const args = ['-D', folder, '--username=postgres', '--no-instructions', '--encoding=UTF8']
  args.push('--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8')
  if ('socket' in endpoint) {
    args.push('--auth=trust')
  } else {
    const passwordFile = `${folder}.password`
    await writeFile(passwordFile, endpoint.password, { mode: 0o600 })
    args.push('--auth=scram-sha-256', `--pwfile=${passwordFile}`)
    return runInitdb(place, args).finally(() => rm(passwordFile))
  }
  return runInitdb(place, args)
}

async function runInitdb(place: Place, args: string[]): Promise<void> {
  const { binaries, folders, launch } = place
  const { command, args: allArgs, uid, gid } = launch(binaries.initdb, args)
  const { code, output } = await runProgram(command, allArgs, { cwd: binaries.share, env: serverEnvironment(place), uid, gid })
  if (code === 0) return
  if (/No space left on device/.test(output)) throw new StartError(`The disk of ${folders.dataDir} is full.`)
  // setpriv is only in play when the server needs a capability of root; a container may have taken it away.
  if (/^setpriv: /m.test(output)) throw new StartError(closedTo(launch.closed ?? folders.dataDir))
  const lines = output.trim().split('\n')
  const line = lines.findLast((each) => /error|fatal/i.test(each)) ?? lines.at(-1) ?? `status ${code}`
  throw new StartError(`initdb could not make the database in ${folders.dataDir}: ${line.trim()}`)
}
