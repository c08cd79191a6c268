import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'pg'
import type { Viewer } from '../../access/rules/viewer.ts'
import type { PrismaClient } from '../../db/generated/client.ts'
import { type Listener, openListener } from '../../db/listener.ts'
import type { Snapshot } from '../../directory/snapshot.ts'
import { TooManyRequests, Unavailable } from '../../errors.ts'
import { numbersOf, type OpenRequest, type QueueNumbers } from '../rules/live.ts'
import { linesOf } from '../rules/scope.ts'
import { readOpen, readVersions } from './open.ts'

/** The channel on which the trigger of `callback_request` announces that something has changed. */
const CHANNEL = 'passerelle_queue'
/** A notification may be lost with its connection, and time passes without one: numbers are read again this often, in milliseconds. */
const POLL_MS = 2_000
/** What changes faster is told together: at least so long between two readings, in milliseconds. */
const APART_MS = 100
/** And at least so many times as long as the last one took: a long queue that changes all the time must not take the whole process. */
const REST = 4
/** Streams of one viewer, and of this process: a desk has one, and each costs a connection. */
const MOST_OF_VIEWER = 5
const MOST = 500
/** When to come back after too many, in seconds. */
const RETRY_AFTER = 30

/** What the queue of a viewer's organizations is at a moment. */
export type QueueEvent = QueueNumbers & {
  at: Date
  /** Another one when her list may have changed. */
  version: string
}

export type LiveQueue = {
  /**
   * The queue of the viewer's organizations: as it is now, and again whenever it has changed. What is not read in time is left out for what
   * came later. Whoever stops reading must `return()` it.
   * @throws TooManyRequests beyond five of one viewer; Unavailable beyond 500 of this process
   */
  watch(viewer: Viewer): AsyncIterableIterator<QueueEvent>
  /** How many are watching. */
  watching(): number
  /** Ends all streams. */
  close(): Promise<void>
}

export type LiveQueueParts = {
  db: PrismaClient
  sql: Pool
  /** Of the database, for a connection that listens. */
  url: string
  clock: () => Date
  /** The published directory: whose lines they are, and their hours. */
  directory: () => Snapshot
  /** Told of the first failure in a row: while the database is away nothing is told to anybody, and then what has changed. */
  failed(error: unknown): void
}

/** What is known of a line's requests, as long as its version is the same. */
type Known = { version: string; requests: readonly OpenRequest[] }

/**
 * Follows the queue for those who watch it: one reading for all of them after each change, however many they are. LISTEN/NOTIFY wakes,
 * polling catches what a broken connection missed, and what time alone changes. While nobody watches nothing is asked.
 */
export function openLiveQueue({ db, sql, url, clock, directory, failed }: LiveQueueParts): LiveQueue {
  const watchers = new Set<Watcher>()
  let known = new Map<string, Known>()
  let listening: Promise<Listener> | undefined
  let timer: NodeJS.Timeout | undefined
  let refreshing: Promise<void> | undefined
  let stale = false
  let failing = false
  /** When the next reading may begin. */
  let next = Number.NEGATIVE_INFINITY
  let closed = false

  /** Calls during a reading are answered by one more reading, so that no change is missed. */
  function refresh(): void {
    stale = true
    refreshing ??= refreshAll().finally(() => {
      refreshing = undefined
    })
  }

  async function refreshAll(): Promise<void> {
    while (stale && watchers.size > 0) {
      const began = Math.max(next, performance.now())
      if (began > performance.now()) await sleep(began - performance.now())
      stale = false
      try {
        await refreshOnce()
        failing = false
      } catch (error) {
        if (!failing && !closed) failed(error)
        failing = true
      }
      next = Math.max(began + APART_MS, performance.now() + REST * (performance.now() - began))
    }
  }

  async function refreshOnce(): Promise<void> {
    const now = clock()
    const current = directory()
    const all = [...watchers].map((watcher) => ({ watcher, lineIds: linesOf(current, watcher.viewer).map(({ id }) => id) }))
    const lineIds = [...new Set(all.flatMap((one) => one.lineIds))]
    const versions = await readVersions(sql, lineIds, now)
    // Hours are part of the directory: with another one, other moments are late.
    const versionOf = (id: string) => `${current.version} ${versions.get(id)}`
    const changed = [...current.linesById.values()].filter(({ id }) => versions.has(id) && known.get(id)?.version !== versionOf(id))
    const open = await readOpen({ db, sql, directory: current }, changed)
    known = new Map(
      lineIds.map((id) => {
        const requests = open.get(id)
        return [id, requests ? { version: versionOf(id), requests } : (known.get(id) as Known)]
      }),
    )
    const events = new Map<string, QueueEvent>()
    for (const { watcher, lineIds } of all) {
      const key = lineIds.join()
      const event =
        events.get(key) ??
        eventOf(
          lineIds.map((id) => known.get(id) as Known),
          now,
        )
      events.set(key, event)
      watcher.offer(event)
    }
  }

  function begin(): void {
    listening ??= openListener(url, { channel: CHANNEL, application: 'passerelle queue', heard: refresh })
    timer ??= setInterval(() => {
      refresh()
      // A network can swallow a connection without a word: who asks it finds out.
      void listening?.then((listener) => listener.ask('SELECT 1')).catch(() => undefined)
    }, POLL_MS).unref()
    refresh()
  }

  function rest(): void {
    if (watchers.size > 0) return
    clearInterval(timer)
    timer = undefined
    known = new Map()
  }

  return {
    watch(viewer) {
      const mine = [...watchers].filter((one) => one.viewer.id === viewer.id)
      if (mine.length >= MOST_OF_VIEWER) throw new TooManyRequests(RETRY_AFTER)
      if (watchers.size >= MOST || closed) throw new Unavailable(RETRY_AFTER)
      const watcher = new Watcher(viewer, () => {
        watchers.delete(watcher)
        rest()
      })
      watchers.add(watcher)
      begin()
      return watcher
    },
    watching: () => watchers.size,
    async close() {
      closed = true
      for (const watcher of [...watchers]) await watcher.return()
      await (await listening)?.close()
      await refreshing
    },
  }
}

/** One who watches: holds what she has not read yet, the latest only. */
class Watcher implements AsyncIterableIterator<QueueEvent> {
  readonly viewer: Viewer
  readonly #left: () => void
  #version: string | undefined
  #unread: QueueEvent | undefined
  #waiting: ((result: IteratorResult<QueueEvent>) => void) | undefined
  #over = false

  constructor(viewer: Viewer, left: () => void) {
    this.viewer = viewer
    this.#left = left
  }

  offer(event: QueueEvent): void {
    if (event.version === this.#version) return
    this.#version = event.version
    if (this.#waiting) this.#answer({ value: event, done: false })
    else this.#unread = event
  }

  #answer(result: IteratorResult<QueueEvent>): void {
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.(result)
  }

  next(): Promise<IteratorResult<QueueEvent>> {
    if (this.#over) return Promise.resolve({ value: undefined, done: true })
    const unread = this.#unread
    this.#unread = undefined
    if (unread) return Promise.resolve({ value: unread, done: false })
    return new Promise((resolve) => {
      this.#waiting = resolve
    })
  }

  async return(): Promise<IteratorResult<QueueEvent>> {
    if (!this.#over) this.#left()
    this.#over = true
    this.#answer({ value: undefined, done: true })
    return { value: undefined, done: true }
  }

  [Symbol.asyncIterator](): this {
    return this
  }
}

/** What is due and overdue is part of the version: it changes how a list looks. */
function eventOf(all: readonly Known[], now: Date): QueueEvent {
  const numbers = numbersOf(
    all.flatMap(({ requests }) => requests),
    now,
  )
  const { waiting, due, overdue } = numbers
  const text = [...all.map(({ version }) => version), waiting, due, overdue].join()
  return { at: now, version: createHash('sha256').update(text).digest('base64url').slice(0, 16), ...numbers }
}
