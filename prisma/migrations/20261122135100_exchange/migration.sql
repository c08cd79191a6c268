-- CreateEnum
CREATE TYPE "ImportFormat" AS ENUM ('HSDS_JSON', 'HSDS_CSV', 'QUESTIONS');

-- CreateEnum
CREATE TYPE "ImportState" AS ENUM ('WAITING', 'RUNNING', 'DONE', 'REFUSED', 'FAILED');

-- CreateTable
CREATE TABLE "content_import" (
    "id" UUID NOT NULL,
    "format" "ImportFormat" NOT NULL,
    "names" TEXT[],
    "files" BYTEA,
    "language" "LanguageCode" NOT NULL,
    "source" TEXT,
    "dry_run" BOOLEAN NOT NULL,
    "publish" BOOLEAN NOT NULL,
    "actor" TEXT NOT NULL,
    "actor_name" TEXT NOT NULL,
    "organizations" UUID[],
    "state" "ImportState" NOT NULL DEFAULT 'WAITING',
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER NOT NULL DEFAULT 0,
    "report" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "leased_until" TIMESTAMPTZ(3),
    "tries" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "content_import_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "content_import_state_idx" ON "content_import"("state");

-- CreateIndex
CREATE INDEX "content_import_actor_created_at_idx" ON "content_import"("actor", "created_at");
