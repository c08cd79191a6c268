-- AlterTable
ALTER TABLE "partner_endpoint" ADD COLUMN     "probe_at" TIMESTAMPTZ(3),
ADD COLUMN     "retry_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "staff_told" (
    "member_id" UUID NOT NULL,
    "about" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "staff_told_pkey" PRIMARY KEY ("member_id","about")
);

-- AddForeignKey
ALTER TABLE "staff_told" ADD CONSTRAINT "staff_told_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "staff_member"("id") ON DELETE CASCADE ON UPDATE CASCADE;
