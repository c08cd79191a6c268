import { Prisma } from '../../db/generated/client.ts'

/** How long after its end it matters that a partner could not be told of the end of a case, in milliseconds: it may go on calling her. */
const MATTERS_MS = 7 * 86_400_000

/** Whether somebody may still have to see to a case "c", as a condition: it is open, or its partner has something to erase, or it ended this week. */
export const mayMatter = (now: Date): Prisma.Sql => Prisma.sql`
  CASE WHEN c."ended_at" IS NULL THEN true
    WHEN c."erasure_wanted_at" IS NULL THEN c."ended_at" > ${new Date(now.getTime() - MATTERS_MS)}::timestamptz
    ELSE c."erasure_confirmed_at" IS NULL END`

/**
 * Whether a message to the partner of a case "c" was given up that somebody must make up for, as a condition: while the case is open any since it
 * was taken over; afterwards that it is over, or that what is known of her is to be erased.
 */
export const unheard = (now: Date): Prisma.Sql => Prisma.sql`(${mayMatter(now)} AND EXISTS (
  SELECT FROM "delivery" AS d JOIN "outbox_event" AS e ON e."id" = d."event_id"
  WHERE e."subject_id" = c."id" AND d."state" = 'DEAD' AND d."channel" IN ('WEBHOOK', 'CASE_LINK')
    AND e."at" >= coalesce(c."erasure_wanted_at", c."accepted_at", c."requested_at")
    AND (c."ended_at" IS NULL OR e."type" IN ('escalation.cancelled', 'escalation.erasure_wanted'))
    AND NOT EXISTS (
      SELECT FROM "delivery" AS o WHERE o."event_id" = d."event_id" AND o."channel" IN ('WEBHOOK', 'CASE_LINK') AND o."state" = 'DELIVERED')))`
