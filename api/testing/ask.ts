import { openAccess } from '../access/actions/open.ts'
import type { Access, AccessDoor } from '../access/rules/access.ts'
import type { Viewer } from '../access/rules/viewer.ts'
import { openUnmetLog } from '../aid/actions.ts'
import { openBackground } from '../background.ts'
import type { UnmetLog } from '../aid/rules/unmet.ts'
import { type App, createApp } from '../app.ts'
import type { Pool } from 'pg'
import { type Config, readConfig } from '../config.ts'
import type { Context } from '../context.ts'
import type { PrismaClient } from '../db/generated/client.ts'
import { type LiveQueue, openLiveQueue } from '../desk/actions/live.ts'
import { type Directory, openDirectory } from '../directory/holder.ts'
import { type Limits, NO_LIMITS, openLimits } from '../limits/limits.ts'
import type { Sender } from '../notice/actions/send.ts'
import { newKeyFile, readKeyFile } from '../sealing/keys.ts'
import type { Keys } from '../sealing/seal.ts'
import { createSeededDatabase } from './database.ts'

/** The moment at which tests happen unless they say otherwise: Tuesday 17 November 2026, 10:00 in Liège. */
export const NOW = new Date('2026-11-17T09:00:00Z')
export const ORIGIN = 'http://127.0.0.1:4000'

export type Answer<T = any> = {
  status: number
  headers: Headers
  data: T
  errors?: { message: string; extensions: Record<string, any>; path?: string[] }[]
}

export type TestApp = {
  db: PrismaClient
  sql: Pool
  /** Of the database, for other processes. */
  url: string
  directory: Directory
  live: LiveQueue
  keys: Keys
  unmet: UnmetLog
  limits: Limits
  retention: Config['retention']
  errors: object[]
  /** As the server has it, and for requests of this machine; the accounts of the demonstration are let in once they are made. */
  access: Access & AccessDoor
  /** Who is believed to be who she says in the header `test-viewer`, for tests that are not about signing in. */
  viewers: Map<string, Viewer>
  /** As if nothing had been sent yet: counters, and who was found to have had enough. */
  resetLimits(): Promise<void>
  /** What the server does by itself, once. */
  runJobsOnce(): Promise<void>
  setTime(now: Date): void
  /** From which address requests come from now on; at first from none, as from a program that calls the application itself. */
  setAddress(address: string): void
  fetch(path: string, init?: RequestInit): Promise<Response>
  /** The same for a server that listens. */
  answer: App['answer']
  isKnown: App['isKnown']
  /** A GraphQL request as a program sends it: POST, JSON, without an Origin. */
  ask<T = any>(query: string, variables?: object, headers?: Record<string, string>): Promise<Answer<T>>
  close(): Promise<void>
}

type TestOptions = {
  providers?: Config['providers']
  senders?: Sender[]
  timeLimitMs?: number
  limited?: boolean
  retention?: Config['retention']
  endpoints?: Context['endpoints']
}

/**
 * The whole application on a database of its own with the demonstration content, reached through `fetch`, without a port.
 * @param providers identity providers of organizations
 * @param senders the ways by which people are told what becomes of their requests; none unless given
 * @param timeLimitMs how long one attempt to send may take, in milliseconds
 * @param limited whether limits hold
 * @param endpoints where partners' systems may be; on this machine unless given
 * @param retention after how many days what people left is erased; as the server has it unless given
 */
export async function createTestApp({
  providers = [],
  senders = [],
  timeLimitMs,
  limited = true,
  retention = readConfig({}).retention,
  endpoints = { loopback: true },
}: TestOptions = {}): Promise<TestApp> {
  const database = await createSeededDatabase()
  // Tests that are not about quotas send more in a second than a site does in an hour.
  await database.client.site.updateMany({ data: { callbacksPerHour: 100_000 } })
  const directory = await openDirectory(database.client, database.url, { info: () => {}, warn: () => {} })
  const keys = readKeyFile(JSON.stringify(newKeyFile())) as Keys
  const errors: object[] = []
  const unmet = openUnmetLog(database.client)
  const open = (): Limits => (limited ? openLimits(database.sql, keys) : NO_LIMITS)
  let present = open()
  const limits: Limits = {
    hold: limited,
    take: (counted) => present.take(counted),
    giveBack: (counted) => present.giveBack(counted),
    count: (counted) => present.count(counted),
    turn: () => present.turn(),
  }
  let now = NOW
  let from: { address: string } | undefined
  const viewers = new Map<string, Viewer>()
  const door = openAccess({
    db: database.client,
    sql: database.sql,
    keys,
    limits,
    clock: () => now,
    origins: [ORIGIN],
    providers,
    demonstration: true,
  })
  const access = { ...door.of({ host: new URL(ORIGIN).host }), ...door }
  const live = openLiveQueue({
    db: database.client,
    sql: database.sql,
    url: database.url,
    clock: () => now,
    directory: directory.current,
    failed: () => errors.push({ event: 'live_queue' }),
  })
  const app = createApp({
    db: database.client,
    sql: database.sql,
    directory,
    live,
    keys,
    unmet,
    limits,
    channels: senders.map(({ channel }) => channel),
    endpoints,
    place: { ownOrigins: new Set([ORIGIN]), loopback: true },
    retention,
    files: new Map(),
    clock: () => now,
    access,
    viewerOf: async ({ headers }) => viewers.get(String(headers['test-viewer'])) ?? access.of(headers).viewerOf(headers),
    logError: (event) => errors.push(event),
  })
  const background = openBackground({
    db: database.client,
    sql: database.sql,
    keys,
    limits,
    directory,
    senders,
    endpoints,
    origin: ORIGIN,
    timeLimitMs,
    clock: () => now,
    retention,
    logError: (event) => errors.push(event),
  })
  const fetch = (path: string, init?: RequestInit) => app.fetch(new Request(`${ORIGIN}${path}`, init), from)
  return {
    db: database.client,
    sql: database.sql,
    url: database.url,
    directory,
    live,
    keys,
    unmet,
    limits,
    retention,
    errors,
    access,
    viewers,
    async resetLimits() {
      await database.client.rateLimit.deleteMany()
      present = open()
    },
    runJobsOnce: () => background.runOnce(),
    setTime: (moment) => {
      now = moment
    },
    setAddress: (address) => {
      from = { address }
    },
    fetch,
    answer: app.answer,
    isKnown: app.isKnown,
    async ask(query, variables, headers = {}) {
      const response = await fetch('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query, variables }),
      })
      return { status: response.status, headers: response.headers, ...((await response.json()) as { data: any }) }
    },
    async close() {
      await background.close()
      await unmet.close()
      await live.close()
      await directory.close()
      await database.drop()
    },
  }
}
