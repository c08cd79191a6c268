import pg from 'pg'
import type { PrismaClient } from '../db/generated/client.ts'
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
 */
export async function openDirectory(db: PrismaClient, url: string): Promise<Directory> {
  let snapshot = await loadSnapshot(db)
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
    const row = await db.contentVersion.findUnique({ where: { id: 1 } })
    if (row && String(row.version) !== snapshot.version) snapshot = await loadSnapshot(db)
  }

  async function listen() {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: POLL_MS })
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
