import { execFile } from 'node:child_process'
import { link, readFile, readlink, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { SOCKET_NAME } from './folders.ts'
import type { Place } from './place.ts'

/** A server that another container started on the same folder has written its file but is not among our processes: wait so long, in ms. */
const YOUNG = 1_000

/** The process that holds the data folder according to PostgreSQL's own lock file. */
export async function postmasterPid({ folders }: Place): Promise<number | null> {
  return readPid(join(folders.pgdata, 'postmaster.pid'))
}

async function readPid(file: string): Promise<number | null> {
  const pid = Number.parseInt(await readFile(file, 'utf8').catch(() => ''), 10)
  return pid > 0 ? pid : null
}

/** Whether the system knows a process of that number, be it a dead one that its parent has not collected yet. */
function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Whether a process runs. */
export async function isAlive(pid: number): Promise<boolean> {
  if (!exists(pid)) return false
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  // "pid (name) state …"; the name may contain anything.
  return !/^[ZX]/.test(status.slice(status.lastIndexOf(')') + 2))
}

/** Whether the process is the server of this very folder, and not another that got the same number after a restart of the machine. */
export async function isPostmaster(pid: number, { folders }: Place): Promise<boolean> {
  if (!(await isAlive(pid))) return false
  if (process.platform === 'win32') return true
  // A postmaster works in its data folder.
  const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => null)
  if (cwd !== null) return cwd === folders.pgdata
  const ps = await promisify(execFile)('ps', ['-o', 'comm=', '-p', String(pid)]).catch(() => ({ stdout: '' }))
  return /(^|\/)postgres\s*$/.test(ps.stdout)
}

/**
 * Looks whether a new server may be started.
 * @returns `free`: yes; `held`: a server runs, starts or ends; `wait`: look again in a moment
 */
export async function folderState(place: Place): Promise<'free' | 'held' | 'wait'> {
  const { folders } = place
  // PostgreSQL does not start while the number in either file belongs to any process, even to its dead self. In a container numbers are
  // small and come again at every start, and nobody may collect the dead; so such a file must go.
  for (const file of [join(folders.pgdata, 'postmaster.pid'), join(folders.run, `${SOCKET_NAME}.lock`)]) {
    const found = await stat(file).catch(() => null)
    if (!found) continue
    const pid = await readPid(file)
    if (pid !== null && (await isPostmaster(pid, place))) return 'held'
    if (Date.now() - found.mtimeMs < YOUNG) return 'wait'
    // An empty file is what a crash leaves between making and writing it.
    if (pid === null || exists(pid)) await removeStale(file, pid)
  }
  return 'free'
}

/** Removes a lock file unless, between reading and removing, another process has put a new one in its place. */
async function removeStale(file: string, pid: number | null): Promise<void> {
  const aside = `${file}.stale-${process.pid}`
  await rename(file, aside).catch(() => {})
  const now = await readPid(aside)
  if (now !== null && now !== pid) await link(aside, file).catch(() => {})
  await rm(aside, { force: true })
}

/** Ends the server: clients are cut off, nothing committed is lost. In ms: how long a fast and then an immediate shutdown may take. */
export async function stopPostmaster(place: Place, patience = { fast: 8_000, immediate: 2_000 }): Promise<void> {
  const pid = await postmasterPid(place)
  if (pid === null || !(await isPostmaster(pid, place))) return
  if (process.platform === 'win32') {
    const args = ['stop', '-D', place.folders.pgdata, '-m', 'fast', '-t', String(patience.fast / 1_000)]
    await promisify(execFile)(place.binaries.pgCtl, args).catch(() => {})
    return
  }
  send(pid, 'SIGINT')
  if (await isGone(pid, patience.fast)) return
  send(pid, 'SIGQUIT')
  await isGone(pid, patience.immediate)
}

function send(pid: number, signal: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It ended meanwhile.
  }
}

async function isGone(pid: number, withinMs: number): Promise<boolean> {
  const end = Date.now() + withinMs
  while (await isAlive(pid)) {
    if (Date.now() > end) return false
    await sleep(10)
  }
  return true
}
