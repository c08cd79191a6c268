import type { PrismaClient } from '../db/generated/client.ts'
import type { UnmetReason } from '../db/generated/enums.ts'
import { addressBlock } from '../limits/limits.ts'
import { openTally } from '../limits/tally.ts'
import { NOTED, type UnmetLog } from './rules/unmet.ts'

/** One counter of the table, and by how much it rises. `day` is YYYY-MM-DD. */
export type UnmetCount = { day: string; reason: UnmetReason; needCode: string; nisCode: string; count: number }

/** Adds to the counters in one statement, so that processes that write at the same time lose nothing. */
export async function addUnmetNeeds(db: Pick<PrismaClient, '$executeRaw'>, counts: readonly UnmetCount[]): Promise<void> {
  if (counts.length === 0) return
  await db.$executeRaw`
    INSERT INTO "unmet_need" ("day", "reason", "need_code", "nis_code", "count")
    SELECT "day"::date, "reason"::"UnmetReason", "need_code", "nis_code", "count" FROM jsonb_to_recordset(${JSON.stringify(
      counts.map(({ day, reason, needCode, nisCode, count }) => ({ day, reason, need_code: needCode, nis_code: nisCode, count })),
    )}::jsonb) AS added("day" text, "reason" text, "need_code" text, "nis_code" text, "count" int)
    ON CONFLICT ("day", "reason", "need_code", "nis_code") DO UPDATE SET "count" = "unmet_need"."count" + EXCLUDED."count"`
}

/** How long a note waits, in milliseconds. */
const FLUSH_MS = 1_000
/** Different counters kept while the database is away; further ones are dropped. */
const MOST_KEPT = 20_000

export function openUnmetLog(db: PrismaClient): UnmetLog {
  let counts = new Map<string, UnmetCount>()
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()

  const add = (one: UnmetCount) => {
    const key = `${one.day} ${one.reason} ${one.needCode} ${one.nisCode}`
    const known = counts.get(key)
    if (known) known.count += one.count
    else if (counts.size < MOST_KEPT) counts.set(key, one)
  }

  async function write() {
    const taken = counts
    counts = new Map()
    try {
      await addUnmetNeeds(db, [...taken.values()])
    } catch {
      for (const one of taken.values()) add(one)
      wait()
    }
  }

  const flush = (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    writing = writing.then(write)
    return writing
  }

  /** One writing for all that is noted meanwhile. */
  function wait() {
    timer ??= setTimeout(() => void flush(), FLUSH_MS).unref()
  }

  return {
    note({ reason, needCodes, nisCode }, day) {
      for (const needCode of needCodes.length > 0 ? needCodes : ['']) add({ day, reason, needCode, nisCode, count: 1 })
      wait()
    },
    flush,
    async close() {
      await flush()
      clearTimeout(timer)
    },
  }
}

/**
 * The log as it is for one caller at a time: what one address notes beyond the limit is left out without a word, since it harms nobody's
 * search, and a counter that one caller can fill tells nothing.
 */
export function openNotes(log: UnmetLog): (address: string | null, now: Date) => UnmetLog {
  const within = openTally(NOTED)
  return (address, now) => ({
    ...log,
    note(unmet, day) {
      if (address === null || within(addressBlock(address), now)) log.note(unmet, day)
    },
  })
}
