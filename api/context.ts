import type { lookup } from 'node:dns'
import type { Viewer } from './access/rules/viewer.ts'
import type { UnmetLog } from './aid/rules/unmet.ts'
import type { Pool } from 'pg'
import type { RequestStore } from './callback/actions/store.ts'
import type { LanguageCode, PrismaClient } from './db/generated/client.ts'
import type { NoticeChannel } from './notice/rules/notice.ts'
import type { Snapshot } from './directory/snapshot.ts'
import type { LiveQueue } from './desk/actions/live.ts'
import type { Limits } from './limits/limits.ts'
import type { Together } from './limits/together.ts'
import type { Keys } from './sealing/seal.ts'
import type { Site } from './site/rules/site.ts'

/** Where a process may be killed by `npm run faults`, by name. */
export type CrashPoint =
  | 'callback.before-store'
  | 'callback.stored'
  | 'callback.moved'
  | 'callback.erased'
  | 'outbox.dispatched'
  | 'delivery.claimed'
  | 'delivery.sent'
  | 'webhook.answered'
  | 'keys.resealed'

/** What every resolver and action receives. */
export type Context = {
  db: PrismaClient
  /** The same connections without Prisma, for the few statements that it has no words for or takes too long over. */
  sql: Pool
  /** The published directory, one version for the whole request. */
  directory: Snapshot
  /** When the database last confirmed that the directory is as it has it. */
  contentReadAt: Date
  /** The moment of the request; nothing below reads a clock. */
  now: Date
  /** Languages to answer in, wanted ones first, then the others; never empty. */
  languages: readonly LanguageCode[]
  keys: Keys
  /** Where requests to be called back are stored. */
  requests: RequestStore
  /** Where it is noted that somebody was not helped. */
  unmet: UnmetLog
  limits: Limits
  /** Where partners' systems may be: on this machine, too, for development; `find` looks names up, as the system does unless given. */
  endpoints: { loopback: boolean; find?: typeof lookup }
  /** What many ask at once is asked of the database once. */
  together: Together
  /** Where our own pages are, for links to them: `https://aide.example.be`. */
  origin: string
  /** The ways by which this server can tell a person what becomes of her request. */
  channels: readonly NoticeChannel[]
  /** The queue as it changes, for those who work on it. */
  live: LiveQueue
  /** Somebody of the staff or another system; null: the public. */
  viewer: Viewer | null
  /** Says that the viewer does something: her session is good for longer. */
  touch(): Promise<void>
  /** Who asks, as an IP address; null when that is not known. Never stored. */
  address: string | null
  /** The request is a GET: its arguments stand in an address, which ends up in histories and logs. */
  byAddress: boolean
  /** The request names the origin of a web page, which `site` checks; a program need not, and then less is allowed it. */
  fromPage: boolean
  /** Says that the work has come so far. Nothing happens then, but under `npm run faults`, where the process may end there. */
  reach(point: CrashPoint): void
  /**
   * The partner site the request comes from.
   * @throws SiteRefused when the key is unknown or the page's origin is not among the site's.
   */
  site(): Site
}
