-- Written by `npm run migration` from prisma/schema.prisma, except for the part by hand at the end.
-- Left out: CREATE SCHEMA "public". It exists, and asking for it would need the right to create schemas.

-- CreateEnum
CREATE TYPE "LanguageCode" AS ENUM ('FR', 'DE', 'NL', 'EN');

-- CreateEnum
CREATE TYPE "Urgency" AS ENUM ('DANGER', 'CRISIS', 'SOON', 'INFO');

-- CreateEnum
CREATE TYPE "OrganizationKind" AS ENUM ('CPAS', 'COMMUNE', 'REGION', 'ASSOCIATION', 'PUBLIC_SERVICE');

-- CreateEnum
CREATE TYPE "ServiceStatus" AS ENUM ('ACTIVE', 'INACTIVE', 'DEFUNCT', 'TEMPORARILY_CLOSED');

-- CreateEnum
CREATE TYPE "AreaKind" AS ENUM ('COMMUNE', 'PROVINCE', 'REGION', 'COUNTRY');

-- CreateEnum
CREATE TYPE "LineKind" AS ENUM ('SOCIAL', 'LISTENING', 'EMERGENCY');

-- CreateEnum
CREATE TYPE "MenuEntryKind" AS ENUM ('SERVICE', 'TRANSFER');

-- CreateEnum
CREATE TYPE "CallbackStatus" AS ENUM ('NEW', 'CLAIMED', 'REACHED', 'CLOSED', 'ESCALATED', 'UNREACHABLE', 'CANCELLED');

-- CreateTable
CREATE TABLE "commune" (
    "nis_code" TEXT NOT NULL,
    "province" TEXT,
    "region" TEXT NOT NULL,
    "official_languages" "LanguageCode"[],
    "facility_languages" "LanguageCode"[],

    CONSTRAINT "commune_pkey" PRIMARY KEY ("nis_code")
);

-- CreateTable
CREATE TABLE "commune_translation" (
    "nis_code" TEXT NOT NULL,
    "language" "LanguageCode" NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "commune_translation_pkey" PRIMARY KEY ("nis_code","language")
);

-- CreateTable
CREATE TABLE "locality" (
    "id" UUID NOT NULL,
    "postal_code" TEXT NOT NULL,
    "nis_code" TEXT NOT NULL,
    "latitude" DOUBLE PRECISION,
    "longitude" DOUBLE PRECISION,
    "note" TEXT,

    CONSTRAINT "locality_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "locality_translation" (
    "locality_id" UUID NOT NULL,
    "language" "LanguageCode" NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "locality_translation_pkey" PRIMARY KEY ("locality_id","language")
);

-- CreateTable
CREATE TABLE "need" (
    "code" TEXT NOT NULL,
    "parent_code" TEXT,
    "position" INTEGER NOT NULL,
    "urgency" "Urgency",
    "quick_exit" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "need_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "need_translation" (
    "need_code" TEXT NOT NULL,
    "language" "LanguageCode" NOT NULL,
    "label" TEXT NOT NULL,

    CONSTRAINT "need_translation_pkey" PRIMARY KEY ("need_code","language")
);

-- CreateTable
CREATE TABLE "audience" (
    "code" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "audience_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "audience_translation" (
    "audience_code" TEXT NOT NULL,
    "language" "LanguageCode" NOT NULL,
    "label" TEXT NOT NULL,

    CONSTRAINT "audience_translation_pkey" PRIMARY KEY ("audience_code","language")
);

-- CreateTable
CREATE TABLE "organization" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "kind" "OrganizationKind" NOT NULL,
    "url" TEXT,
    "email" TEXT,
    "commune_nis" TEXT,
    "source" TEXT,
    "assured_date" DATE,
    "reviewed_at" DATE,
    "last_modified" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organization_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "organization_translation" (
    "organization_id" UUID NOT NULL,
    "language" "LanguageCode" NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,

    CONSTRAINT "organization_translation_pkey" PRIMARY KEY ("organization_id","language")
);

-- CreateTable
CREATE TABLE "site" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "origins" TEXT[],
    "default_language" "LanguageCode" NOT NULL,
    "organization_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "site_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "service" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "organization_id" UUID NOT NULL,
    "status" "ServiceStatus" NOT NULL DEFAULT 'ACTIVE',
    "url" TEXT,
    "email" TEXT,
    "minimum_age" INTEGER,
    "maximum_age" INTEGER,
    "virtual" BOOLEAN NOT NULL DEFAULT false,
    "eligibility" JSONB,
    "languages" "LanguageCode"[],
    "position" INTEGER NOT NULL,
    "source" TEXT,
    "assured_date" DATE,
    "reviewed_at" DATE,
    "last_modified" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "service_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "service_translation" (
    "service_id" UUID NOT NULL,
    "language" "LanguageCode" NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "application_process" TEXT,
    "fees_description" TEXT,
    "eligibility_description" TEXT,
    "alert" TEXT,
    "last_modified" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "service_translation_pkey" PRIMARY KEY ("service_id","language")
);

-- CreateTable
CREATE TABLE "service_need" (
    "service_id" UUID NOT NULL,
    "need_code" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "service_need_pkey" PRIMARY KEY ("service_id","need_code")
);

-- CreateTable
CREATE TABLE "service_audience" (
    "service_id" UUID NOT NULL,
    "audience_code" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "service_audience_pkey" PRIMARY KEY ("service_id","audience_code")
);

-- CreateTable
CREATE TABLE "phone" (
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "languages" "LanguageCode"[],
    "service_id" UUID,
    "organization_id" UUID,

    CONSTRAINT "phone_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "phone_translation" (
    "phone_id" UUID NOT NULL,
    "language" "LanguageCode" NOT NULL,
    "description" TEXT NOT NULL,

    CONSTRAINT "phone_translation_pkey" PRIMARY KEY ("phone_id","language")
);

-- CreateTable
CREATE TABLE "schedule" (
    "id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "service_id" UUID,
    "line_id" UUID,
    "valid_from" DATE,
    "valid_to" DATE,
    "byday" TEXT[],
    "opens_at" TEXT NOT NULL,
    "closes_at" TEXT NOT NULL,
    "open_on_holidays" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "schedule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "service_area" (
    "id" UUID NOT NULL,
    "service_id" UUID,
    "line_id" UUID,
    "kind" "AreaKind" NOT NULL,
    "code" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "service_area_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "location" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "street" TEXT,
    "postal_code" TEXT,
    "commune_nis" TEXT NOT NULL,
    "latitude" DOUBLE PRECISION,
    "longitude" DOUBLE PRECISION,

    CONSTRAINT "location_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "location_translation" (
    "location_id" UUID NOT NULL,
    "language" "LanguageCode" NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "location_translation_pkey" PRIMARY KEY ("location_id","language")
);

-- CreateTable
CREATE TABLE "service_at_location" (
    "service_id" UUID NOT NULL,
    "location_id" UUID NOT NULL,

    CONSTRAINT "service_at_location_pkey" PRIMARY KEY ("service_id","location_id")
);

-- CreateTable
CREATE TABLE "required_document" (
    "id" UUID NOT NULL,
    "service_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "required_document_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "required_document_translation" (
    "required_document_id" UUID NOT NULL,
    "language" "LanguageCode" NOT NULL,
    "document" TEXT NOT NULL,

    CONSTRAINT "required_document_translation_pkey" PRIMARY KEY ("required_document_id","language")
);

-- CreateTable
CREATE TABLE "faq_entry" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "urgency" "Urgency" NOT NULL,
    "owner_id" UUID NOT NULL,
    "source" TEXT,
    "reviewed_at" DATE,
    "last_modified" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "faq_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "faq_entry_translation" (
    "faq_entry_id" UUID NOT NULL,
    "language" "LanguageCode" NOT NULL,
    "question" TEXT NOT NULL,
    "answer" TEXT,
    "last_modified" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "faq_entry_translation_pkey" PRIMARY KEY ("faq_entry_id","language")
);

-- CreateTable
CREATE TABLE "faq_need" (
    "faq_entry_id" UUID NOT NULL,
    "need_code" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "faq_need_pkey" PRIMARY KEY ("faq_entry_id","need_code")
);

-- CreateTable
CREATE TABLE "faq_service" (
    "faq_entry_id" UUID NOT NULL,
    "service_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "faq_service_pkey" PRIMARY KEY ("faq_entry_id","service_id")
);

-- CreateTable
CREATE TABLE "faq_relation" (
    "faq_entry_id" UUID NOT NULL,
    "related_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "faq_relation_pkey" PRIMARY KEY ("faq_entry_id","related_id")
);

-- CreateTable
CREATE TABLE "line" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "kind" "LineKind" NOT NULL,
    "organization_id" UUID NOT NULL,
    "languages" "LanguageCode"[],
    "accepts_callbacks" BOOLEAN NOT NULL,
    "position" INTEGER NOT NULL,
    "valid_from" DATE,
    "valid_to" DATE,
    "fallback_id" UUID,
    "source" TEXT,
    "assured_date" DATE,
    "reviewed_at" DATE,
    "last_modified" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "line_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "line_translation" (
    "line_id" UUID NOT NULL,
    "language" "LanguageCode" NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "alert" TEXT,
    "closing_message" TEXT,

    CONSTRAINT "line_translation_pkey" PRIMARY KEY ("line_id","language")
);

-- CreateTable
CREATE TABLE "line_need" (
    "line_id" UUID NOT NULL,
    "need_code" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "line_need_pkey" PRIMARY KEY ("line_id","need_code")
);

-- CreateTable
CREATE TABLE "menu_entry" (
    "id" UUID NOT NULL,
    "line_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" "MenuEntryKind" NOT NULL,
    "service_id" UUID,
    "transfer_to_id" UUID,
    "valid_from" DATE,
    "valid_to" DATE,

    CONSTRAINT "menu_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "menu_entry_translation" (
    "menu_entry_id" UUID NOT NULL,
    "language" "LanguageCode" NOT NULL,
    "label" TEXT NOT NULL,

    CONSTRAINT "menu_entry_translation_pkey" PRIMARY KEY ("menu_entry_id","language")
);

-- CreateTable
CREATE TABLE "callback_request" (
    "id" UUID NOT NULL,
    "reference" TEXT NOT NULL,
    "status" "CallbackStatus" NOT NULL DEFAULT 'NEW',
    "site_id" UUID NOT NULL,
    "line_id" UUID NOT NULL,
    "need_code" TEXT,
    "service_slug" TEXT,
    "faq_entry_slug" TEXT,
    "language" "LanguageCode" NOT NULL,
    "postal_code" TEXT,
    "phone_sealed" TEXT NOT NULL,
    "name_sealed" TEXT,
    "message_sealed" TEXT,
    "safe_note_sealed" TEXT,
    "phone_index" TEXT NOT NULL,
    "safe_voicemail" BOOLEAN,
    "safe_sms" BOOLEAN,
    "safe_say_who_calls" BOOLEAN,
    "notice_version" TEXT NOT NULL,
    "notice_language" "LanguageCode" NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "input_digest" TEXT NOT NULL,
    "outcome" TEXT,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "callback_request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "content_version" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "version" BIGINT NOT NULL DEFAULT 1,

    CONSTRAINT "content_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "setting" (
    "key" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "locality_postal_code_idx" ON "locality"("postal_code");

-- CreateIndex
CREATE INDEX "locality_nis_code_idx" ON "locality"("nis_code");

-- CreateIndex
CREATE UNIQUE INDEX "organization_slug_key" ON "organization"("slug");

-- CreateIndex
CREATE INDEX "organization_commune_nis_idx" ON "organization"("commune_nis");

-- CreateIndex
CREATE UNIQUE INDEX "site_key_key" ON "site"("key");

-- CreateIndex
CREATE UNIQUE INDEX "service_slug_key" ON "service"("slug");

-- CreateIndex
CREATE INDEX "service_organization_id_idx" ON "service"("organization_id");

-- CreateIndex
CREATE INDEX "service_need_need_code_idx" ON "service_need"("need_code");

-- CreateIndex
CREATE INDEX "service_audience_audience_code_idx" ON "service_audience"("audience_code");

-- CreateIndex
CREATE INDEX "phone_service_id_idx" ON "phone"("service_id");

-- CreateIndex
CREATE INDEX "phone_organization_id_idx" ON "phone"("organization_id");

-- CreateIndex
CREATE INDEX "schedule_service_id_idx" ON "schedule"("service_id");

-- CreateIndex
CREATE INDEX "schedule_line_id_idx" ON "schedule"("line_id");

-- CreateIndex
CREATE INDEX "service_area_service_id_idx" ON "service_area"("service_id");

-- CreateIndex
CREATE INDEX "service_area_line_id_idx" ON "service_area"("line_id");

-- CreateIndex
CREATE UNIQUE INDEX "location_slug_key" ON "location"("slug");

-- CreateIndex
CREATE INDEX "required_document_service_id_idx" ON "required_document"("service_id");

-- CreateIndex
CREATE UNIQUE INDEX "faq_entry_slug_key" ON "faq_entry"("slug");

-- CreateIndex
CREATE INDEX "faq_service_service_id_idx" ON "faq_service"("service_id");

-- CreateIndex
CREATE UNIQUE INDEX "line_slug_key" ON "line"("slug");

-- CreateIndex
CREATE INDEX "menu_entry_line_id_idx" ON "menu_entry"("line_id");

-- CreateIndex
CREATE UNIQUE INDEX "callback_request_reference_key" ON "callback_request"("reference");

-- CreateIndex
CREATE INDEX "callback_request_phone_index_idx" ON "callback_request"("phone_index");

-- CreateIndex
CREATE INDEX "callback_request_line_id_status_requested_at_idx" ON "callback_request"("line_id", "status", "requested_at");

-- CreateIndex
CREATE UNIQUE INDEX "callback_request_site_id_idempotency_key_key" ON "callback_request"("site_id", "idempotency_key");

-- AddForeignKey
ALTER TABLE "commune_translation" ADD CONSTRAINT "commune_translation_nis_code_fkey" FOREIGN KEY ("nis_code") REFERENCES "commune"("nis_code") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "locality" ADD CONSTRAINT "locality_nis_code_fkey" FOREIGN KEY ("nis_code") REFERENCES "commune"("nis_code") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "locality_translation" ADD CONSTRAINT "locality_translation_locality_id_fkey" FOREIGN KEY ("locality_id") REFERENCES "locality"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "need" ADD CONSTRAINT "need_parent_code_fkey" FOREIGN KEY ("parent_code") REFERENCES "need"("code") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "need_translation" ADD CONSTRAINT "need_translation_need_code_fkey" FOREIGN KEY ("need_code") REFERENCES "need"("code") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audience_translation" ADD CONSTRAINT "audience_translation_audience_code_fkey" FOREIGN KEY ("audience_code") REFERENCES "audience"("code") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "organization" ADD CONSTRAINT "organization_commune_nis_fkey" FOREIGN KEY ("commune_nis") REFERENCES "commune"("nis_code") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "organization_translation" ADD CONSTRAINT "organization_translation_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "site" ADD CONSTRAINT "site_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service" ADD CONSTRAINT "service_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_translation" ADD CONSTRAINT "service_translation_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_need" ADD CONSTRAINT "service_need_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_need" ADD CONSTRAINT "service_need_need_code_fkey" FOREIGN KEY ("need_code") REFERENCES "need"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_audience" ADD CONSTRAINT "service_audience_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_audience" ADD CONSTRAINT "service_audience_audience_code_fkey" FOREIGN KEY ("audience_code") REFERENCES "audience"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "phone" ADD CONSTRAINT "phone_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "phone" ADD CONSTRAINT "phone_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "phone_translation" ADD CONSTRAINT "phone_translation_phone_id_fkey" FOREIGN KEY ("phone_id") REFERENCES "phone"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "schedule" ADD CONSTRAINT "schedule_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "schedule" ADD CONSTRAINT "schedule_line_id_fkey" FOREIGN KEY ("line_id") REFERENCES "line"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_area" ADD CONSTRAINT "service_area_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_area" ADD CONSTRAINT "service_area_line_id_fkey" FOREIGN KEY ("line_id") REFERENCES "line"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "location" ADD CONSTRAINT "location_commune_nis_fkey" FOREIGN KEY ("commune_nis") REFERENCES "commune"("nis_code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "location_translation" ADD CONSTRAINT "location_translation_location_id_fkey" FOREIGN KEY ("location_id") REFERENCES "location"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_at_location" ADD CONSTRAINT "service_at_location_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_at_location" ADD CONSTRAINT "service_at_location_location_id_fkey" FOREIGN KEY ("location_id") REFERENCES "location"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "required_document" ADD CONSTRAINT "required_document_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "required_document_translation" ADD CONSTRAINT "required_document_translation_required_document_id_fkey" FOREIGN KEY ("required_document_id") REFERENCES "required_document"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "faq_entry" ADD CONSTRAINT "faq_entry_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "faq_entry_translation" ADD CONSTRAINT "faq_entry_translation_faq_entry_id_fkey" FOREIGN KEY ("faq_entry_id") REFERENCES "faq_entry"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "faq_need" ADD CONSTRAINT "faq_need_faq_entry_id_fkey" FOREIGN KEY ("faq_entry_id") REFERENCES "faq_entry"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "faq_need" ADD CONSTRAINT "faq_need_need_code_fkey" FOREIGN KEY ("need_code") REFERENCES "need"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "faq_service" ADD CONSTRAINT "faq_service_faq_entry_id_fkey" FOREIGN KEY ("faq_entry_id") REFERENCES "faq_entry"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "faq_service" ADD CONSTRAINT "faq_service_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "faq_relation" ADD CONSTRAINT "faq_relation_faq_entry_id_fkey" FOREIGN KEY ("faq_entry_id") REFERENCES "faq_entry"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "faq_relation" ADD CONSTRAINT "faq_relation_related_id_fkey" FOREIGN KEY ("related_id") REFERENCES "faq_entry"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "line" ADD CONSTRAINT "line_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "line" ADD CONSTRAINT "line_fallback_id_fkey" FOREIGN KEY ("fallback_id") REFERENCES "line"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "line_translation" ADD CONSTRAINT "line_translation_line_id_fkey" FOREIGN KEY ("line_id") REFERENCES "line"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "line_need" ADD CONSTRAINT "line_need_line_id_fkey" FOREIGN KEY ("line_id") REFERENCES "line"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "line_need" ADD CONSTRAINT "line_need_need_code_fkey" FOREIGN KEY ("need_code") REFERENCES "need"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "menu_entry" ADD CONSTRAINT "menu_entry_line_id_fkey" FOREIGN KEY ("line_id") REFERENCES "line"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "menu_entry" ADD CONSTRAINT "menu_entry_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "menu_entry" ADD CONSTRAINT "menu_entry_transfer_to_id_fkey" FOREIGN KEY ("transfer_to_id") REFERENCES "line"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "menu_entry_translation" ADD CONSTRAINT "menu_entry_translation_menu_entry_id_fkey" FOREIGN KEY ("menu_entry_id") REFERENCES "menu_entry"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "callback_request" ADD CONSTRAINT "callback_request_site_id_fkey" FOREIGN KEY ("site_id") REFERENCES "site"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "callback_request" ADD CONSTRAINT "callback_request_line_id_fkey" FOREIGN KEY ("line_id") REFERENCES "line"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- By hand from here: the number of the directory's present content ------------------------------------------------------

INSERT INTO "content_version" ("id", "version") VALUES (1, 1);

-- Raises the number once for each transaction that touched the directory, and wakes whoever listens when it commits.
-- Once, not at every statement: the rest of the transaction finds the row already written by itself (xmin). Until the commit the row
-- is locked, so a greater number always means a later commit.
-- The search path is kept so that the trigger also works while pg_restore runs with an empty one.
CREATE FUNCTION bump_content_version() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  present bigint;
BEGIN
  UPDATE "content_version" SET "version" = "version" + 1
    WHERE "id" = 1 AND xmin <> pg_current_xact_id()::xid
    RETURNING "version" INTO present;
  IF FOUND THEN
    PERFORM pg_notify('passerelle_content', present::text);
  END IF;
  RETURN NULL;
END
$$;

-- Every table the snapshot holds. Not: callback requests, and this bookkeeping (api/db/migrate.test.ts compares the list).
DO $$
DECLARE
  directory_table text;
BEGIN
  FOREACH directory_table IN ARRAY ARRAY[
    'commune', 'commune_translation', 'locality', 'locality_translation', 'need', 'need_translation', 'audience',
    'audience_translation', 'organization', 'organization_translation', 'service', 'service_translation',
    'service_need', 'service_audience', 'phone', 'phone_translation', 'schedule', 'service_area', 'location',
    'location_translation', 'service_at_location', 'required_document', 'required_document_translation', 'faq_entry',
    'faq_entry_translation', 'faq_need', 'faq_service', 'faq_relation', 'line', 'line_translation', 'line_need',
    'menu_entry', 'menu_entry_translation', 'site'
  ] LOOP
    EXECUTE format(
      'CREATE TRIGGER bump_content_version AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %I '
      'FOR EACH STATEMENT EXECUTE FUNCTION bump_content_version()',
      directory_table
    );
  END LOOP;
END
$$;
