-- CreateTable
CREATE TABLE "staff_recovery" (
    "id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "made_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "staff_recovery_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "staff_recovery_token_hash_key" ON "staff_recovery"("token_hash");

-- CreateIndex
CREATE INDEX "staff_recovery_member_id_idx" ON "staff_recovery"("member_id");

-- AddForeignKey
ALTER TABLE "staff_recovery" ADD CONSTRAINT "staff_recovery_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "staff_member"("id") ON DELETE CASCADE ON UPDATE CASCADE;
