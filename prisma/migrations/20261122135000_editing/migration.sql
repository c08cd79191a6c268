-- CreateEnum
CREATE TYPE "ContentKind" AS ENUM ('ORGANIZATION', 'LOCATION', 'SERVICE', 'QUESTION', 'LINE', 'CLOSING_DAY');

-- CreateEnum
CREATE TYPE "ContentAction" AS ENUM ('SAVED', 'PUBLISHED', 'RETIRED', 'RETURNED', 'REVERTED', 'IMPORTED');

-- AlterTable
ALTER TABLE "organization" ADD COLUMN     "keeper_id" UUID,
ADD COLUMN     "retired_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "organization_translation" ADD COLUMN     "last_modified" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- AlterTable
ALTER TABLE "service" ADD COLUMN     "retired_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "closing_day" ADD COLUMN     "retired_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "closing_day_translation" ADD COLUMN     "last_modified" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- AlterTable
ALTER TABLE "location" ADD COLUMN     "organization_id" UUID,
ADD COLUMN     "retired_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "location_translation" ADD COLUMN     "last_modified" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- AlterTable
ALTER TABLE "faq_entry" ADD COLUMN     "retired_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "line" ADD COLUMN     "retired_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "line_translation" ADD COLUMN     "last_modified" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- CreateTable
CREATE TABLE "content_record" (
    "id" UUID NOT NULL,
    "kind" "ContentKind" NOT NULL,
    "slug" TEXT,
    "organization_id" UUID,
    "version" INTEGER NOT NULL,
    "published_version" INTEGER,
    "retired_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "content_record_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "content_revision" (
    "record_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "action" "ContentAction" NOT NULL,
    "document" JSONB NOT NULL,
    "actor" TEXT,
    "actor_name" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "reverted_to" INTEGER,

    CONSTRAINT "content_revision_pkey" PRIMARY KEY ("record_id","number")
);

-- CreateTable
CREATE TABLE "link_check" (
    "url" TEXT NOT NULL,
    "checked_at" TIMESTAMPTZ(3) NOT NULL,
    "status" INTEGER,
    "failing_since" TIMESTAMPTZ(3),
    "tries" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "link_check_pkey" PRIMARY KEY ("url")
);

-- CreateIndex
CREATE INDEX "content_record_organization_id_idx" ON "content_record"("organization_id");

-- CreateIndex
CREATE UNIQUE INDEX "content_record_kind_slug_key" ON "content_record"("kind", "slug");

-- CreateIndex
CREATE INDEX "organization_keeper_id_idx" ON "organization"("keeper_id");

-- AddForeignKey
ALTER TABLE "organization" ADD CONSTRAINT "organization_keeper_id_fkey" FOREIGN KEY ("keeper_id") REFERENCES "organization"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "location" ADD CONSTRAINT "location_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "content_record" ADD CONSTRAINT "content_record_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "content_revision" ADD CONSTRAINT "content_revision_record_id_fkey" FOREIGN KEY ("record_id") REFERENCES "content_record"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What was written stays written.
CREATE FUNCTION keep_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the versions of a record are append-only';
END
$$;

CREATE TRIGGER keep_revision BEFORE UPDATE OR DELETE ON "content_revision" FOR EACH ROW EXECUTE FUNCTION keep_revision();
CREATE TRIGGER keep_revision_whole BEFORE TRUNCATE ON "content_revision" FOR EACH STATEMENT EXECUTE FUNCTION keep_revision();

-- A place is looked after by whoever gives the first of its services.
UPDATE "location" SET "organization_id" = (
  SELECT s."organization_id" FROM "service_at_location" AS a JOIN "service" AS s ON s."id" = a."service_id"
  WHERE a."location_id" = "location"."id" ORDER BY s."position", s."slug" LIMIT 1
);
