import { type FileHandle, open, stat, truncate } from 'node:fs/promises'
import { StartError } from '../start-error.ts'
import { closedTo } from './account.ts'
import { folderError } from './folders.ts'
import type { Place } from './place.ts'
import { cannotRun, serverEnvironment, startProgram } from './program.ts'

/** The server's log begins anew when it has grown beyond this, in bytes. */
const LOG_LIMIT = 5 * 1024 * 1024

/** A server we have started, until it answers or ends. */
export type Launched = {
  /** Null while it runs. */
  ended: { line: string; retry: boolean } | null
}

/** Refusals that pass by themselves: another server holds the folder, or the last processes of a killed one have not ended yet. */
const PASSING = /lock file ".*" (already exists|is empty)|pre-existing shared memory block|is being shut down|Address already in use/

/**
 * Starts the server in a session of its own, so that Ctrl-C in our terminal and the end of our process leave it alone: others may use it.
 * @throws StartError when the program cannot be started at all
 */
export async function launchServer(place: Place): Promise<Launched> {
  const { folders, binaries } = place
  const log = await openLog(place)
  const from = (await log.stat()).size
  const launched: Launched = { ended: null }
  try {
    const { command, args, uid, gid } = serverCommand(place)
    const child = startProgram(command, args, {
      cwd: binaries.share,
      env: serverEnvironment(place),
      uid,
      gid,
      detached: true,
      windowsHide: true,
      stdio: ['ignore', log.fd, log.fd],
    })
    await new Promise((resolve, reject) => {
      child.once('spawn', resolve)
      child.once('error', (error) => reject(cannotRun(command, error)))
    })
    child.once('exit', async (code, signal) => {
      // On Windows the child is pg_ctl, which ends well while the server runs.
      if (process.platform === 'win32' && code === 0) return
      // Killed, or stopped by another process: no reason not to try again.
      if (signal || code === 0) launched.ended = { line: `it was ended (${signal ?? 'stopped'})`, retry: true }
      else launched.ended = await lastWords(folders.log, from, child.pid).catch(() => ({ line: `status ${code}`, retry: true }))
    })
    child.unref()
    return launched
  } finally {
    await log.close()
  }
}

function serverCommand({ folders, binaries, endpoint, launch }: Place): ReturnType<Place['launch']> {
  const settings: Record<string, string | number> = {
    max_connections: 100,
    shared_buffers: '128MB',
    timezone: 'UTC',
    // A line every five minutes would fill the log.
    log_checkpoints: 'off',
    // What a failed statement was about may be personal: neither its text, nor its message, nor the values in a "DETAIL".
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    // Nor what a statement was given, whatever the folder's own configuration says.
    log_statement: 'none',
    log_min_duration_statement: -1,
    log_min_duration_sample: -1,
    log_transaction_sample_rate: 0,
    log_parameter_max_length: 0,
    log_parameter_max_length_on_error: 0,
  }
  if ('socket' in endpoint) {
    // A list; the quotes keep a comma in the path.
    const folder = `"${endpoint.socket.replaceAll('"', '""')}"`
    Object.assign(settings, { listen_addresses: '', port: 5432, unix_socket_directories: folder, unix_socket_permissions: '0700' })
  } else {
    Object.assign(settings, { listen_addresses: '127.0.0.1', port: endpoint.port })
  }
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  if (process.platform !== 'win32') return launch(binaries.postgres, ['-D', folders.pgdata, ...options])
  // PostgreSQL refuses administrators on Windows; pg_ctl gives up their rights for it.
  return launch(binaries.pgCtl, ['start', '-W', '-D', folders.pgdata, '-l', folders.log, '-o', options.join(' ')])
}

async function openLog({ folders, account }: Place): Promise<FileHandle> {
  try {
    if (((await stat(folders.log).catch(() => null))?.size ?? 0) > LOG_LIMIT) await truncate(folders.log)
    const log = await open(folders.log, 'a+', 0o600)
    // The next start may be by the owner of the data instead of root.
    if (account) await log.chown(account.uid, account.gid)
    return log
  } catch (error) {
    throw folderError(folders.log, error)
  }
}

/** Why the server ended, from what it wrote to its log since. */
async function lastWords(path: string, from: number, pid = 0): Promise<{ line: string; retry: boolean }> {
  const lines = (await readFrom(path, from)).trim().split('\n')
  // Its other processes also call it fatal when they refuse a connection: those lines bear another number.
  const own = lines.find((line) => /\b(FATAL|PANIC): /.test(line) && line.includes(`[${pid}]`))
  const line = own ?? lines.find((each) => /\b(FATAL|PANIC): /.test(each) && !/: the database system is /.test(each)) ?? lines.at(-1) ?? ''
  return { line: line.replace(/^.*?\b(FATAL|PANIC): +/, ''), retry: line === '' || PASSING.test(line) }
}

async function readFrom(path: string, from: number): Promise<string> {
  const log = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await log.read(Buffer.alloc(64 * 1024), 0, 64 * 1024, from)
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await log.close()
  }
}

/** One line for a server that ended by itself. */
export function cannotStart({ folders, launch }: Place, line: string): StartError {
  if (line.startsWith('setpriv: ')) return new StartError(closedTo(launch.closed ?? folders.dataDir))
  if (/No space left on device/.test(line)) return new StartError(`The disk of ${folders.dataDir} is full.`)
  return new StartError(`The database in ${folders.pgdata} does not start: ${line} (more in ${folders.log})`)
}
