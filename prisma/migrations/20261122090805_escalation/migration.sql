-- CreateEnum
CREATE TYPE "HandOver" AS ENUM ('WEBHOOK', 'EMAIL', 'INBOX');

-- CreateEnum
CREATE TYPE "EscalationState" AS ENUM ('REQUESTED', 'RECEIVED', 'ACCEPTED', 'REJECTED', 'IN_PROGRESS', 'ON_HOLD', 'COMPLETED', 'FAILED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "RejectReason" AS ENUM ('NO_CAPACITY', 'NOT_OUR_NEED', 'OUT_OF_AREA', 'NOT_ELIGIBLE', 'TOO_LITTLE_KNOWN', 'ALREADY_KNOWN', 'OTHER');

-- CreateEnum
CREATE TYPE "FailReason" AS ENUM ('NOT_REACHABLE', 'DECLINED_BY_PERSON', 'NO_CAPACITY', 'NOT_OUR_NEED', 'OTHER');

-- CreateEnum
CREATE TYPE "CancelReason" AS ENUM ('AGREEMENT_WITHDRAWN', 'ERASED', 'REROUTED', 'TAKEN_BACK');

-- CreateEnum
CREATE TYPE "AgreementWay" AS ENUM ('SPOKEN', 'WRITTEN', 'IN_PERSON');

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "Channel" ADD VALUE 'WEBHOOK';
ALTER TYPE "Channel" ADD VALUE 'CASE_LINK';

-- CreateTable
CREATE TABLE "partner" (
    "organization_id" UUID NOT NULL,
    "accepting" BOOLEAN NOT NULL DEFAULT true,
    "capacity" INTEGER,
    "need_codes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "languages" "LanguageCode"[] DEFAULT ARRAY[]::"LanguageCode"[],
    "hand_over" "HandOver" NOT NULL DEFAULT 'INBOX',
    "email" TEXT,

    CONSTRAINT "partner_pkey" PRIMARY KEY ("organization_id")
);

-- CreateTable
CREATE TABLE "partner_area" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "kind" "AreaKind" NOT NULL,
    "code" TEXT NOT NULL,

    CONSTRAINT "partner_area_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "partner_endpoint" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "checked_at" TIMESTAMPTZ(3),
    "paused_at" TIMESTAMPTZ(3),
    "paused_why" TEXT,
    "failing_since" TIMESTAMPTZ(3),

    CONSTRAINT "partner_endpoint_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "endpoint_secret" (
    "id" UUID NOT NULL,
    "endpoint_id" UUID NOT NULL,
    "key_sealed" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ends_at" TIMESTAMPTZ(3),

    CONSTRAINT "endpoint_secret_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "received_message" (
    "endpoint_id" UUID NOT NULL,
    "message_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "received_message_pkey" PRIMARY KEY ("endpoint_id","message_id")
);

-- CreateTable
CREATE TABLE "escalation" (
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "state" "EscalationState" NOT NULL DEFAULT 'REQUESTED',
    "version" INTEGER NOT NULL DEFAULT 1,
    "urgency" "Urgency" NOT NULL,
    "need_code" TEXT,
    "commune_nis" TEXT,
    "object_sealed" TEXT,
    "shares" TEXT[],
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "requested_by" TEXT NOT NULL,
    "agreement_way" "AgreementWay" NOT NULL,
    "agreement_version" TEXT NOT NULL,
    "agreement_language" "LanguageCode" NOT NULL,
    "agreed_at" TIMESTAMPTZ(3) NOT NULL,
    "agreement_by" TEXT NOT NULL,
    "agreement_anyone" BOOLEAN NOT NULL,
    "answer_due_at" TIMESTAMPTZ(3) NOT NULL,
    "outcome_due_at" TIMESTAMPTZ(3) NOT NULL,
    "rung" INTEGER NOT NULL DEFAULT 0,
    "received_at" TIMESTAMPTZ(3),
    "accepted_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "reject_reason" "RejectReason",
    "fail_reason" "FailReason",
    "cancel_reason" "CancelReason",
    "outcome" TEXT,
    "previous_id" UUID,
    "erasure_confirmed_at" TIMESTAMPTZ(3),

    CONSTRAINT "escalation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "escalation_step" (
    "id" UUID NOT NULL,
    "escalation_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "state" "EscalationState" NOT NULL,
    "note_sealed" TEXT,

    CONSTRAINT "escalation_step_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "case_link" (
    "id" UUID NOT NULL,
    "escalation_id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "case_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "citizen_answer" (
    "request_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "contacted" BOOLEAN NOT NULL,
    "useful" BOOLEAN,
    "still_needed" BOOLEAN NOT NULL,

    CONSTRAINT "citizen_answer_pkey" PRIMARY KEY ("request_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "partner_area_organization_id_kind_code_key" ON "partner_area"("organization_id", "kind", "code");

-- CreateIndex
CREATE UNIQUE INDEX "partner_endpoint_organization_id_key" ON "partner_endpoint"("organization_id");

-- CreateIndex
CREATE INDEX "endpoint_secret_endpoint_id_idx" ON "endpoint_secret"("endpoint_id");

-- CreateIndex
CREATE INDEX "received_message_at_idx" ON "received_message"("at");

-- CreateIndex
CREATE UNIQUE INDEX "escalation_previous_id_key" ON "escalation"("previous_id");

-- CreateIndex
CREATE INDEX "escalation_request_id_idx" ON "escalation"("request_id");

-- CreateIndex
CREATE INDEX "escalation_organization_id_state_idx" ON "escalation"("organization_id", "state");

-- CreateIndex
CREATE INDEX "escalation_ended_at_idx" ON "escalation"("ended_at");

-- CreateIndex
CREATE UNIQUE INDEX "escalation_step_escalation_id_version_key" ON "escalation_step"("escalation_id", "version");

-- CreateIndex
CREATE UNIQUE INDEX "case_link_token_hash_key" ON "case_link"("token_hash");

-- CreateIndex
CREATE INDEX "case_link_escalation_id_idx" ON "case_link"("escalation_id");

-- AddForeignKey
ALTER TABLE "partner" ADD CONSTRAINT "partner_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "partner_area" ADD CONSTRAINT "partner_area_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "partner"("organization_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "partner_endpoint" ADD CONSTRAINT "partner_endpoint_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "partner"("organization_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "endpoint_secret" ADD CONSTRAINT "endpoint_secret_endpoint_id_fkey" FOREIGN KEY ("endpoint_id") REFERENCES "partner_endpoint"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "received_message" ADD CONSTRAINT "received_message_endpoint_id_fkey" FOREIGN KEY ("endpoint_id") REFERENCES "partner_endpoint"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "escalation" ADD CONSTRAINT "escalation_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "callback_request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "escalation" ADD CONSTRAINT "escalation_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "partner"("organization_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "escalation" ADD CONSTRAINT "escalation_previous_id_fkey" FOREIGN KEY ("previous_id") REFERENCES "escalation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "escalation_step" ADD CONSTRAINT "escalation_step_escalation_id_fkey" FOREIGN KEY ("escalation_id") REFERENCES "escalation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_link" ADD CONSTRAINT "case_link_escalation_id_fkey" FOREIGN KEY ("escalation_id") REFERENCES "escalation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "citizen_answer" ADD CONSTRAINT "citizen_answer_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "callback_request"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A request is with one partner at a time.
CREATE UNIQUE INDEX "escalation_one_open" ON "escalation" ("request_id")
  WHERE "state" IN ('REQUESTED', 'RECEIVED', 'ACCEPTED', 'IN_PROGRESS', 'ON_HOLD');

-- What is over has ended, and only that.
ALTER TABLE "escalation" ADD CONSTRAINT "escalation_ended"
  CHECK (("ended_at" IS NOT NULL) = ("state" IN ('REJECTED', 'COMPLETED', 'FAILED', 'CANCELLED')));

-- Each ending says why, or what came of it.
ALTER TABLE "escalation" ADD CONSTRAINT "escalation_why" CHECK (
  ("reject_reason" IS NOT NULL) = ("state" = 'REJECTED') AND ("fail_reason" IS NOT NULL) = ("state" = 'FAILED')
  AND ("cancel_reason" IS NOT NULL) = ("state" = 'CANCELLED') AND ("outcome" IS NOT NULL) = ("state" = 'COMPLETED'));

ALTER TABLE "partner" ADD CONSTRAINT "partner_capacity" CHECK ("capacity" > 0);
