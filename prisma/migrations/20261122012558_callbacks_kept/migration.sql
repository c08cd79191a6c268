-- CreateEnum
CREATE TYPE "Channel" AS ENUM ('EMAIL', 'SMS');

-- CreateEnum
CREATE TYPE "DeliveryState" AS ENUM ('PENDING', 'DELIVERED', 'DEAD', 'CANCELLED');

-- DropIndex
DROP INDEX "callback_request_line_id_status_requested_at_idx";

-- DropIndex
DROP INDEX "callback_request_site_id_idempotency_key_key";

-- AlterTable
ALTER TABLE "site" ADD COLUMN     "callbacks_per_hour" INTEGER NOT NULL DEFAULT 60;

-- AlterTable
ALTER TABLE "line" ADD COLUMN     "calls_per_hour" INTEGER NOT NULL DEFAULT 6,
ADD COLUMN     "slot_days_ahead" INTEGER NOT NULL DEFAULT 13,
ADD COLUMN     "slot_notice_minutes" INTEGER NOT NULL DEFAULT 60;

-- AlterTable
-- Keys are stored as HMACs from now on; the clients of those stored before have long had their answer.
ALTER TABLE "callback_request" DROP COLUMN "idempotency_key",
ADD COLUMN     "call_from" TIMESTAMPTZ(3),
ADD COLUMN     "closed_at" TIMESTAMPTZ(3),
ADD COLUMN     "email_sealed" TEXT,
ADD COLUMN     "erased_at" TIMESTAMPTZ(3),
ADD COLUMN     "idempotency_index" TEXT,
ADD COLUMN     "masked" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "not_before" TIMESTAMPTZ(3),
ADD COLUMN     "position" BIGSERIAL NOT NULL,
ADD COLUMN     "repeat_of_id" UUID,
ADD COLUMN     "slot_ends_at" TIMESTAMPTZ(3),
ADD COLUMN     "slot_starts_at" TIMESTAMPTZ(3),
ALTER COLUMN "reference" DROP NOT NULL,
ALTER COLUMN "phone_sealed" DROP NOT NULL,
ALTER COLUMN "phone_index" DROP NOT NULL,
ALTER COLUMN "input_digest" DROP NOT NULL;

UPDATE "callback_request" SET "call_from" = "requested_at";
ALTER TABLE "callback_request" ALTER COLUMN "call_from" SET NOT NULL;

-- CreateTable
CREATE TABLE "callback_slot" (
    "line_id" UUID NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "taken" INTEGER NOT NULL,

    CONSTRAINT "callback_slot_pkey" PRIMARY KEY ("line_id","starts_at")
);

-- CreateTable
CREATE TABLE "used_challenge" (
    "id" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "used_challenge_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox_event" (
    "id" BIGSERIAL NOT NULL,
    "type" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "dispatched_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbox_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery" (
    "id" UUID NOT NULL,
    "event_id" BIGINT NOT NULL,
    "channel" "Channel" NOT NULL,
    "state" "DeliveryState" NOT NULL DEFAULT 'PENDING',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_at" TIMESTAMPTZ(3) NOT NULL,
    "leased_until" TIMESTAMPTZ(3),
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery_attempt" (
    "id" BIGSERIAL NOT NULL,
    "delivery_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "code" TEXT NOT NULL,
    "milliseconds" INTEGER NOT NULL,

    CONSTRAINT "delivery_attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "link" BIGINT,
    "hash" TEXT,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "used_challenge_expires_at_idx" ON "used_challenge"("expires_at");

-- CreateIndex
CREATE INDEX "outbox_event_subject_id_idx" ON "outbox_event"("subject_id");

-- CreateIndex
CREATE INDEX "delivery_state_next_at_idx" ON "delivery"("state", "next_at");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_event_id_channel_key" ON "delivery"("event_id", "channel");

-- CreateIndex
CREATE INDEX "delivery_attempt_delivery_id_idx" ON "delivery_attempt"("delivery_id");

-- CreateIndex
CREATE UNIQUE INDEX "audit_event_link_key" ON "audit_event"("link");

-- CreateIndex
CREATE INDEX "audit_event_subject_id_idx" ON "audit_event"("subject_id");

-- CreateIndex
CREATE INDEX "callback_request_line_id_status_call_from_idx" ON "callback_request"("line_id", "status", "call_from");

-- CreateIndex
CREATE INDEX "callback_request_repeat_of_id_idx" ON "callback_request"("repeat_of_id");

-- CreateIndex
CREATE INDEX "callback_request_closed_at_idx" ON "callback_request"("closed_at");

-- CreateIndex
CREATE UNIQUE INDEX "callback_request_site_id_idempotency_index_key" ON "callback_request"("site_id", "idempotency_index");

-- AddForeignKey
ALTER TABLE "callback_request" ADD CONSTRAINT "callback_request_repeat_of_id_fkey" FOREIGN KEY ("repeat_of_id") REFERENCES "callback_request"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "callback_slot" ADD CONSTRAINT "callback_slot_line_id_fkey" FOREIGN KEY ("line_id") REFERENCES "line"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "outbox_event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery_attempt" ADD CONSTRAINT "delivery_attempt_delivery_id_fkey" FOREIGN KEY ("delivery_id") REFERENCES "delivery"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma's schema has no words for.

-- Of several open requests of one phone for one line the first is called; the others add to it.
UPDATE "callback_request" AS r SET "repeat_of_id" = f."id"
FROM (
  SELECT DISTINCT ON ("phone_index", "line_id") "id", "phone_index", "line_id" FROM "callback_request"
  WHERE "status" IN ('NEW', 'CLAIMED', 'REACHED') ORDER BY "phone_index", "line_id", "requested_at", "id"
) AS f
WHERE r."phone_index" = f."phone_index" AND r."line_id" = f."line_id" AND r."id" <> f."id" AND r."status" IN ('NEW', 'CLAIMED', 'REACHED');

CREATE UNIQUE INDEX "callback_request_one_open" ON "callback_request"("phone_index", "line_id")
  WHERE "repeat_of_id" IS NULL AND "status" IN ('NEW', 'CLAIMED', 'REACHED');

CREATE INDEX "outbox_event_waiting" ON "outbox_event"("id") WHERE "dispatched_at" IS NULL;
CREATE INDEX "audit_event_unchained" ON "audit_event"("id") WHERE "link" IS NULL;

ALTER TABLE "callback_slot" ADD CONSTRAINT "callback_slot_taken" CHECK ("taken" >= 0);
ALTER TABLE "line" ADD CONSTRAINT "line_slots" CHECK ("calls_per_hour" > 0 AND "slot_notice_minutes" >= 0 AND "slot_days_ahead" BETWEEN 0 AND 60);
ALTER TABLE "site" ADD CONSTRAINT "site_quota" CHECK ("callbacks_per_hour" > 0);

-- What was done stays done. The one change there is: a row takes its place in the chain, once.
CREATE FUNCTION keep_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD."link" IS NULL AND NEW."link" IS NOT NULL AND NEW."hash" IS NOT NULL
    AND (OLD."id", OLD."at", OLD."actor", OLD."action", OLD."subject_id") = (NEW."id", NEW."at", NEW."actor", NEW."action", NEW."subject_id")
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the audit trail is append-only';
END
$$;

CREATE TRIGGER keep_audit BEFORE UPDATE OR DELETE ON "audit_event" FOR EACH ROW EXECUTE FUNCTION keep_audit();
CREATE TRIGGER keep_audit_whole BEFORE TRUNCATE ON "audit_event" FOR EACH STATEMENT EXECUTE FUNCTION keep_audit();
