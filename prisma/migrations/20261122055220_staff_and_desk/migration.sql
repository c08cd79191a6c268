-- CreateEnum
CREATE TYPE "AttemptOutcome" AS ENUM ('REACHED', 'NO_ANSWER', 'BUSY', 'VOICEMAIL', 'INVALID_NUMBER', 'REFUSED', 'WRONG_PERSON', 'ASKED_LATER');

-- CreateEnum
CREATE TYPE "StaffRole" AS ENUM ('AGENT', 'SUPERVISOR', 'EDITOR', 'PARTNER', 'ADMINISTRATOR');

-- CreateEnum
CREATE TYPE "TokenScope" AS ENUM ('READ', 'WRITE');

-- AlterTable
ALTER TABLE "line_translation" ADD COLUMN     "script" TEXT;

-- AlterTable
ALTER TABLE "callback_request" ADD COLUMN     "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "claimed_at" TIMESTAMPTZ(3),
ADD COLUMN     "claimed_by_id" UUID,
ADD COLUMN     "claimed_until" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "call_attempt" (
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "member_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "outcome" "AttemptOutcome" NOT NULL,
    "next_at" TIMESTAMPTZ(3),
    "key" TEXT,

    CONSTRAINT "call_attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "call_note" (
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "member_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "text_sealed" TEXT NOT NULL,

    CONSTRAINT "call_note_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "referral" (
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "member_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "service_slug" TEXT NOT NULL,
    "sent_by" "Channel",

    CONSTRAINT "referral_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contact_reveal" (
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "actor" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "reason_sealed" TEXT,

    CONSTRAINT "contact_reveal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "line_target" (
    "line_id" UUID NOT NULL,
    "urgency" "Urgency" NOT NULL,
    "minutes" INTEGER NOT NULL,

    CONSTRAINT "line_target_pkey" PRIMARY KEY ("line_id","urgency")
);

-- CreateTable
CREATE TABLE "staff_member" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_verified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "two_factor_enabled" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "languages" "LanguageCode"[],
    "is_demonstration" BOOLEAN NOT NULL DEFAULT false,
    "disabled_at" TIMESTAMPTZ(3),

    CONSTRAINT "staff_member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff_session" (
    "id" UUID NOT NULL,
    "token" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ip_address" TEXT,
    "user_agent" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "user_id" UUID NOT NULL,

    CONSTRAINT "staff_session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff_account" (
    "id" UUID NOT NULL,
    "account_id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "access_token" TEXT,
    "refresh_token" TEXT,
    "id_token" TEXT,
    "access_token_expires_at" TIMESTAMPTZ(3),
    "refresh_token_expires_at" TIMESTAMPTZ(3),
    "scope" TEXT,
    "password" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "staff_account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff_verification" (
    "id" UUID NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "staff_verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff_second_factor" (
    "id" UUID NOT NULL,
    "secret" TEXT NOT NULL,
    "backup_codes" TEXT NOT NULL,
    "verified" BOOLEAN NOT NULL DEFAULT true,
    "user_id" UUID NOT NULL,

    CONSTRAINT "staff_second_factor_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "membership" (
    "id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "organization_id" UUID,
    "role" "StaffRole" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "membership_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff_line" (
    "member_id" UUID NOT NULL,
    "line_id" UUID NOT NULL,

    CONSTRAINT "staff_line_pkey" PRIMARY KEY ("member_id","line_id")
);

-- CreateTable
CREATE TABLE "invitation" (
    "id" UUID NOT NULL,
    "email" TEXT,
    "organization_id" UUID,
    "role" "StaffRole" NOT NULL,
    "token_hash" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "invited_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_token" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "organization_id" UUID NOT NULL,
    "role" "StaffRole" NOT NULL,
    "scopes" "TokenScope"[],
    "secret_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_token_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "call_attempt_request_id_at_idx" ON "call_attempt"("request_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "call_attempt_request_id_key_key" ON "call_attempt"("request_id", "key");

-- CreateIndex
CREATE INDEX "call_note_request_id_at_idx" ON "call_note"("request_id", "at");

-- CreateIndex
CREATE UNIQUE INDEX "referral_request_id_service_slug_key" ON "referral"("request_id", "service_slug");

-- CreateIndex
CREATE INDEX "contact_reveal_request_id_idx" ON "contact_reveal"("request_id");

-- CreateIndex
CREATE UNIQUE INDEX "staff_member_email_key" ON "staff_member"("email");

-- CreateIndex
CREATE UNIQUE INDEX "staff_session_token_key" ON "staff_session"("token");

-- CreateIndex
CREATE INDEX "staff_session_user_id_idx" ON "staff_session"("user_id");

-- CreateIndex
CREATE INDEX "staff_account_user_id_idx" ON "staff_account"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "staff_account_provider_id_account_id_key" ON "staff_account"("provider_id", "account_id");

-- CreateIndex
CREATE INDEX "staff_verification_identifier_idx" ON "staff_verification"("identifier");

-- CreateIndex
CREATE INDEX "staff_second_factor_user_id_idx" ON "staff_second_factor"("user_id");

-- CreateIndex
CREATE INDEX "membership_organization_id_idx" ON "membership"("organization_id");

-- CreateIndex
CREATE UNIQUE INDEX "membership_member_id_organization_id_role_key" ON "membership"("member_id", "organization_id", "role");

-- CreateIndex
CREATE UNIQUE INDEX "invitation_token_hash_key" ON "invitation"("token_hash");

-- CreateIndex
CREATE INDEX "callback_request_changed_at_idx" ON "callback_request"("changed_at");

-- AddForeignKey
ALTER TABLE "callback_request" ADD CONSTRAINT "callback_request_claimed_by_id_fkey" FOREIGN KEY ("claimed_by_id") REFERENCES "staff_member"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call_attempt" ADD CONSTRAINT "call_attempt_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "callback_request"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call_attempt" ADD CONSTRAINT "call_attempt_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "staff_member"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call_note" ADD CONSTRAINT "call_note_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "callback_request"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call_note" ADD CONSTRAINT "call_note_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "staff_member"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "referral" ADD CONSTRAINT "referral_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "callback_request"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "referral" ADD CONSTRAINT "referral_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "staff_member"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contact_reveal" ADD CONSTRAINT "contact_reveal_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "callback_request"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "line_target" ADD CONSTRAINT "line_target_line_id_fkey" FOREIGN KEY ("line_id") REFERENCES "line"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_session" ADD CONSTRAINT "staff_session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "staff_member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_account" ADD CONSTRAINT "staff_account_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "staff_member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_second_factor" ADD CONSTRAINT "staff_second_factor_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "staff_member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "staff_member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_line" ADD CONSTRAINT "staff_line_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "staff_member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_line" ADD CONSTRAINT "staff_line_line_id_fkey" FOREIGN KEY ("line_id") REFERENCES "line"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_token" ADD CONSTRAINT "api_token_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma's schema has no words for.

-- One person at a time, and nobody is rung by two: the database decides, whoever asks at the same moment.
CREATE UNIQUE INDEX "callback_request_one_claim" ON "callback_request"("claimed_by_id") WHERE "claimed_by_id" IS NOT NULL;
CREATE UNIQUE INDEX "callback_request_one_call" ON "callback_request"("phone_index") WHERE "claimed_by_id" IS NOT NULL;
ALTER TABLE "callback_request" ADD CONSTRAINT "callback_request_claim"
  CHECK (("claimed_by_id" IS NULL) = ("claimed_until" IS NULL) AND ("claimed_by_id" IS NULL OR "status" IN ('CLAIMED', 'REACHED')));

-- Only an administrator may stand above the organizations, and once.
ALTER TABLE "membership" ADD CONSTRAINT "membership_organization" CHECK ("organization_id" IS NOT NULL OR "role" = 'ADMINISTRATOR');
CREATE UNIQUE INDEX "membership_installation" ON "membership"("member_id", "role") WHERE "organization_id" IS NULL;
ALTER TABLE "line_target" ADD CONSTRAINT "line_target_minutes" CHECK ("minutes" BETWEEN 1 AND 10080);

-- The live queue: a change wakes those who watch, in every process. What the notification says is read again from the rows.
CREATE FUNCTION touch_callback() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."changed_at" := clock_timestamp();
  RETURN NEW;
END
$$;
CREATE TRIGGER touch_callback BEFORE UPDATE ON "callback_request" FOR EACH ROW EXECUTE FUNCTION touch_callback();

CREATE FUNCTION notify_queue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('passerelle_queue', '');
  RETURN NULL;
END
$$;
CREATE TRIGGER notify_queue AFTER INSERT OR UPDATE ON "callback_request" FOR EACH STATEMENT EXECUTE FUNCTION notify_queue();
