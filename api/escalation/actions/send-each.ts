import type { LanguageCode, PrismaClient } from '../../db/generated/client.ts'
import type { Claimed, Outcome } from '../../jobs/outbox.ts'

/** Somebody of the staff who is written to. */
export type Reader = { id: string; email: string; language: LanguageCode }

/** What is said, since when it is to be known, and how it is said. */
export type Telling = {
  /** `cases`, or `endpoint:<organization>`. */
  about: string
  /** The moment at which what is said was looked up. */
  now: Date
  /** How long each is left alone about it, in milliseconds. */
  restMs: number
  write(reader: Reader): Promise<Outcome>
}

/**
 * Writes to each in turn who has not been written to about it since it happened. Whoever was a short while ago is written to later, and where it
 * fails for one it is tried again for her alone: nothing is dropped because there was another mail.
 */
export async function writeToEach(
  db: PrismaClient,
  { id, event }: Claimed,
  readers: readonly Reader[],
  { about, now, restMs, write }: Telling,
): Promise<Outcome> {
  const { at, dispatchedAt } = await db.outboxEvent.findUniqueOrThrow({ where: { id: event.id }, select: { at: true, dispatchedAt: true } })
  // What was committed by then was in the numbers of a mail that was begun later.
  const since = dispatchedAt ?? at
  let sent = 0
  let later = null as Outcome | null
  let refused = null as Outcome | null
  for (const reader of readers) {
    const underWay = { memberId: reader.id, about: `${about}/${id}` }
    const free = await turnOf(db, underWay, { about, since, now, restMs })
    if (free === null) continue
    if (free > now) {
      const askedMs = Math.min(free.getTime() - now.getTime(), later?.askedMs ?? Number.POSITIVE_INFINITY)
      later = { state: 'PENDING', code: later?.code ?? 'limited', askedMs }
      continue
    }
    const outcome = await write(reader)
    if (outcome.state === 'PENDING') {
      later = outcome
      continue
    }
    if (outcome.state === 'DELIVERED') sent++
    else refused = outcome
    await db.staffTold.deleteMany({ where: underWay })
  }
  if (later) return later
  if (sent > 0) return { state: 'DELIVERED', code: 'sent' }
  return refused ?? { state: 'CANCELLED', code: readers.length === 0 ? 'nobody' : 'told' }
}

/**
 * When somebody may be written to: a moment that is not after now means that it is ours to do, and that it is under way is noted until it is done,
 * so that an attempt that dies is made again. Null: she has been told.
 */
async function turnOf(
  db: PrismaClient,
  underWay: { memberId: string; about: string },
  { about, since, now, restMs }: Pick<Telling, 'about' | 'now' | 'restMs'> & { since: Date },
): Promise<Date | null> {
  if (await db.staffTold.findUnique({ where: { memberId_about: underWay } })) return now
  const { memberId } = underWay
  const [taken] = await db.$queryRaw<unknown[]>`
    WITH taken AS (
      INSERT INTO "staff_told" ("member_id", "about", "at") VALUES (${memberId}::uuid, ${about}, ${now})
      ON CONFLICT ("member_id", "about") DO UPDATE SET "at" = excluded."at"
      WHERE "staff_told"."at" < ${since}::timestamptz AND "staff_told"."at" <= ${new Date(now.getTime() - restMs)}::timestamptz
      RETURNING "member_id"
    )
    INSERT INTO "staff_told" ("member_id", "about", "at") SELECT "member_id", ${underWay.about}, ${now} FROM taken RETURNING 1`
  if (taken) return now
  const { at } = await db.staffTold.findUniqueOrThrow({ where: { memberId_about: { memberId, about } } })
  return at >= since ? null : new Date(at.getTime() + restMs)
}
