import type pg from 'pg'
import { BoundedClient } from '../db/bounded-client.ts'
import type { PrismaClient } from '../db/generated/client.ts'
import type { Log } from '../db/log.ts'
import { reasonOf } from '../db/start-error.ts'
import { loadSnapshot } from './load.ts'
import type { Snapshot } from './snapshot.ts'

/** The channel on which the triggers of the directory tables announce a new content version. */
const CHANNEL = 'passerelle_content'
/** A notification may be lost with its connection; this is how late a change can be at most, in milliseconds. */
const POLL_MS = 5_000

/** Keeps the present snapshot. `current()` is a plain read; a change of the content swaps the whole snapshot. */
export type Directory = { current(): Snapshot; refresh(): Promise<void>; close(): Promise<void> }

/**
 * Loads the content and follows it: LISTEN/NOTIFY wakes, polling catches what a broken connection missed.
 * While the database is away the last snapshot stays readable.
 * @param log told once of each fault in the content, and of each reason why it cannot be read
 */
export async function openDirectory(db: PrismaClient, url: string, log: Log): Promise<Directory> {
  let faults: ReadonlySet<string> = new Set()
  let trouble: string | undefined
  let snapshot = await load()
  let refreshing: Promise<void> | undefined
  let listener: pg.Client | undefined
  let closed = false

  let stale = false
  /** Calls during a reload are answered by one more reload, so that no change is missed. */
  const refresh = () => {
    stale = true
    refreshing ??= refreshAll().finally(() => {
      refreshing = undefined
    })
    return refreshing
  }

  async function refreshAll() {
    while (stale) {
      stale = false
      await refreshOnce()
    }
  }

  async function refreshOnce() {
    try {
      const row = await db.contentVersion.findUnique({ where: { id: 1 } })
      if (row && String(row.version) !== snapshot.version) snapshot = await load()
      if (trouble) log.info('The content is read again.')
      trouble = undefined
    } catch (error) {
      const why = reasonOf(error)
      if (why !== trouble && !closed) log.warn(`The content cannot be read (${why}); what was read before is still shown.`)
      trouble = why
      throw error
    }
  }

  async function load() {
    const loaded = await loadSnapshot(db)
    for (const line of loaded.faults) if (!faults.has(line)) log.warn(line)
    faults = new Set(loaded.faults)
    return loaded.snapshot
  }

  async function listen() {
    const client = new BoundedClient({ connectionString: url, connectionTimeoutMillis: POLL_MS, keepAlive: true })
    const drop = () => {
      if (listener === client) listener = undefined
      client.removeAllListeners('notification')
    }
    client.on('error', drop)
    client.on('end', drop)
    client.on('notification', () => void refresh().catch(() => undefined))
    await client.connect()
    await client.query(`LISTEN ${CHANNEL}`)
    if (closed) await client.end()
    else listener = client
  }

  const poll = async () => {
    // Where it cannot listen, it still polls.
    if (!listener) await listen().catch(() => undefined)
    await refresh()
  }
  await listen().catch(() => undefined)
  const timer = setInterval(() => void poll().catch(() => undefined), POLL_MS)
  timer.unref()

  return {
    current: () => snapshot,
    refresh,
    async close() {
      closed = true
      clearInterval(timer)
      await listener?.end().catch(() => undefined)
      await refreshing?.catch(() => undefined)
    },
  }
}
