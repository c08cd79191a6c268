import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { ensureCluster } from './bundled/cluster.ts'
import { cannotStart, type Launched, launchServer } from './bundled/launch.ts'
import { connectionUrl, findPlace, type Place } from './bundled/place.ts'
import { folderState, postmasterPid, stopPostmaster } from './bundled/postmaster.ts'
import { attend, leave } from './bundled/session.ts'
import type { Log } from './log.ts'
import { StartError } from './start-error.ts'

const DATABASE = 'passerelle'

/** How long a server that does not answer is waited for, in ms; one that says it is recovering from a crash gets 20 times as long. */
const PATIENCE = 15_000

/** The same once we are leaving. */
const LAST_PATIENCE = 2_000

/** Pause before the server is started again after it went away: at first, and after several times in a row. In ms. */
const FIRST_PAUSE = 100
const LONGEST_PAUSE = 5_000

/** The PostgreSQL server that comes along, in use by this process. */
export type BundledServer = {
  /** Connection string of the application's database, good for as long as the server is in use. */
  url: string
  /** Ends our use; the last process to leave stops the server. Takes at most about 10 s. */
  stop(): Promise<void>
}

/** `signal` ends the opening within a few seconds; a server that answers by then is given back as ever. */
type BundledOptions = { dataDir: string; log: Log; signal?: AbortSignal }

/**
 * Uses the PostgreSQL server of a data folder: makes it on the first start, starts it when it is not running, shares it with other
 * processes on the same folder, and starts it again when it dies.
 *
 * Every process that uses the server holds a shared advisory lock. Who leaves tries for the exclusive one, and gets it only when nobody
 * else is there: then the server is stopped. A process that is killed loses its lock with its connection; the server runs on, the next
 * start finds it, and recovery is PostgreSQL's own.
 *
 * @throws StartError one line: folder not usable, no PostgreSQL for this platform, data of another version, full disk, no start
 */
export async function openBundled({ dataDir, log, signal }: BundledOptions): Promise<BundledServer> {
  const place = await findPlace(dataDir)
  if (await ensureCluster(place)) log.info(`Made a new database in ${place.folders.pgdata}.`)
  const client = await join(place, signal)
  return { url: connectionUrl(place.endpoint, DATABASE), stop: keep(place, client, log) }
}

/** Connects to the server of the folder, starting it if need be. A few processes may do so at once; one server results. */
async function join(place: Place, leaving?: AbortSignal): Promise<pg.Client> {
  const begin = Date.now()
  let deadline = begin + PATIENCE
  let lastDeadline: number | null = null
  let child: Launched | null = null
  for (let pause = 5; ; pause = Math.min(pause * 1.5, 100)) {
    const attempt = await attend(place.endpoint, DATABASE)
    if (attempt.state === 'present') return attempt.client
    if (attempt.state === 'starting') deadline = Math.min(Date.now() + PATIENCE, begin + 20 * PATIENCE)

    if (child?.ended) {
      if (!child.ended.retry) throw cannotStart(place, child.ended.line)
      child = null
    } else if (!child && attempt.state === 'absent') {
      leaving?.throwIfAborted()
      if ((await folderState(place)) === 'free') child = await launchServer(place)
    }
    if (leaving?.aborted) deadline = lastDeadline ??= Date.now() + LAST_PATIENCE
    if (Date.now() > deadline) {
      // Nobody can use a server that has not answered anybody yet.
      if (leaving?.aborted && child && !child.ended) await stopPostmaster(place)
      const pid = await postmasterPid(place)
      const holder = pid === null ? '' : `, held by the process ${pid}`
      throw cannotStart(place, `${attempt.state === 'absent' ? 'no answer' : attempt.why}${holder}`)
    }
    await sleep(pause)
  }
}

/**
 * Stays connected, and brings the server back when the connection ends.
 * @returns what ends our use
 */
function keep(place: Place, first: pg.Client, log: Log): () => Promise<void> {
  const stopping = new AbortController()
  let client: pg.Client | null = null
  let reviving: Promise<void> = Promise.resolve()
  let stopped: Promise<void> | null = null
  let pause = FIRST_PAUSE
  let since = 0

  const adopt = (next: pg.Client) => {
    client = next
    since = Date.now()
    next.once('end', () => {
      client = null
      if (!stopping.signal.aborted) reviving = revive()
    })
  }

  /** The end of a Unix socket's connection is known at once, also when the server was killed. */
  const revive = async () => {
    const gone = Date.now()
    let told = ''
    // A server that dies again and again is given more and more time.
    pause = gone - since > 12 * LONGEST_PAUSE ? FIRST_PAUSE : Math.min(pause * 2, LONGEST_PAUSE)
    for (;;) {
      try {
        await sleep(pause, undefined, { signal: stopping.signal })
        adopt(await join(place, stopping.signal))
        log.warn(`The database server had gone away; it answers again after ${((Date.now() - gone) / 1_000).toFixed(1)} s.`)
        return
      } catch (error) {
        if (stopping.signal.aborted) return
        const line = error instanceof StartError ? error.message : `The database server cannot be started again: ${String(error)}`
        if (line !== told) log.warn(line)
        told = line
        pause = Math.min(pause * 2, LONGEST_PAUSE)
      }
    }
  }

  const stop = async () => {
    stopping.abort()
    await reviving
    // Without a connection we look once more: it may have been cut while the server runs on.
    const last = client ?? (await join(place, stopping.signal).catch(() => null))
    if (!last) return
    // The server may go away at any moment here: then there is nothing to stop.
    if (await leave(last).catch(() => false)) await stopPostmaster(place)
    await last.end().catch(() => {})
  }

  adopt(first)
  return () => (stopped ??= stop())
}
