-- AlterTable
ALTER TABLE "escalation" ADD COLUMN     "erasure_wanted_at" TIMESTAMPTZ(3);


-- Who withdrew or was erased before this: every partner that had it, also those that had not been asked.
UPDATE "escalation" AS e SET "erasure_wanted_at" = coalesce(r."erased_at", w."ended_at"), "rung" = 0
FROM "callback_request" AS r LEFT JOIN LATERAL (
  SELECT max("ended_at") AS "ended_at" FROM "escalation" WHERE "request_id" = r."id" AND "cancel_reason" IN ('AGREEMENT_WITHDRAWN', 'ERASED')
) AS w ON true
WHERE e."request_id" = r."id" AND e."ended_at" IS NOT NULL AND coalesce(r."erased_at", w."ended_at") IS NOT NULL;
