import { isDeepStrictEqual } from 'node:util'
import type { PrismaClient } from '../db/generated/client.ts'
import { type Listener, openListener } from '../db/listener.ts'
import type { Log } from '../db/log.ts'
import { reasonOf } from '../db/start-error.ts'
import { loadSnapshot } from './load.ts'
import { readSites } from './sites.ts'
import type { Snapshot } from './snapshot.ts'

/**
 * A notification may be lost with its connection; asking this often, in milliseconds, keeps the promise that a change shows within a second.
 * It is one tiny statement, some 0.2 ms for each process, and tells at the same time that the database is there.
 */
const POLL_MS = 500
/** The channel on which the triggers of the directory tables announce a new content version. */
const CHANNEL = 'passerelle_content'

/** Keeps the present snapshot. `current()` is a plain read; a change of the content swaps the whole snapshot. */
export type Directory = {
  current(): Snapshot
  /** How long ago the database was last seen to have this content, in milliseconds. */
  age(): number
  refresh(): Promise<void>
  close(): Promise<void>
}

/**
 * Loads the content and follows it: LISTEN/NOTIFY wakes, polling catches what a broken connection missed.
 * While the database is away the last snapshot stays readable.
 * @param log told once of each fault in the content, and of each reason why it cannot be read
 */
export async function openDirectory(db: PrismaClient, url: string, log: Log): Promise<Directory> {
  let faults: ReadonlySet<string> = new Set()
  let trouble: string | undefined
  let confirmed = performance.now()
  let snapshot = await load()
  let refreshing: Promise<void> | undefined
  let closed = false

  let sites = snapshot.sites
  let [asked, answered] = [0, 0]
  /**
   * Reading all content anew takes seconds where there is much; who may speak for a site is one statement, and does not wait for that. What was
   * asked later is never taken back by what was asked before.
   */
  async function followSites() {
    const turn = ++asked
    const found = await readSites(db)
    if (turn < answered) return
    answered = turn
    if (!isDeepStrictEqual(found, sites)) sites = found
    if (snapshot.sites !== sites) snapshot = { ...snapshot, sites }
  }

  let stale = false
  /** Calls during a reload are answered by one more reload, so that no change is missed. */
  const refresh = () => {
    stale = true
    if (refreshing) void followSites().catch(() => undefined)
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
      const began = performance.now()
      if ((await version()) !== snapshot.version) {
        await followSites()
        const loaded = await load()
        await followSites()
        snapshot = { ...loaded, sites }
      }
      confirmed = began
      if (trouble) log.info('The content is read again.')
      trouble = undefined
    } catch (error) {
      const why = reasonOf(error)
      if (why !== trouble && !closed) log.warn(`The content cannot be read (${why}); what was read before is still shown.`)
      trouble = why
      throw error
    }
  }

  /** Asked where it listens, which costs a tenth of what it costs through Prisma, or through Prisma where it cannot listen. */
  async function version(): Promise<string> {
    const rows = await listener?.ask<{ version: string }>('SELECT "version" FROM "content_version" WHERE "id" = 1')
    if (rows) return String(rows[0]?.version)
    const row = await db.contentVersion.findUnique({ where: { id: 1 } })
    return row ? String(row.version) : snapshot.version
  }

  async function load() {
    const loaded = await loadSnapshot(db)
    for (const line of loaded.faults) if (!faults.has(line)) log.warn(line)
    faults = new Set(loaded.faults)
    return loaded.snapshot
  }

  let listener: Listener | undefined
  const wake = () => void refresh().catch(() => undefined)
  listener = await openListener(url, { channel: CHANNEL, application: 'passerelle content', heard: wake })
  const timer = setInterval(wake, POLL_MS)
  timer.unref()

  return {
    current: () => snapshot,
    age: () => performance.now() - confirmed,
    refresh,
    async close() {
      closed = true
      clearInterval(timer)
      await listener?.close()
      await refreshing?.catch(() => undefined)
    },
  }
}
