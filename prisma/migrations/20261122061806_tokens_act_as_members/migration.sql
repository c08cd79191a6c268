-- AlterTable
ALTER TABLE "api_token" ADD COLUMN     "member_id" UUID NOT NULL;

-- CreateIndex
CREATE UNIQUE INDEX "api_token_member_id_key" ON "api_token"("member_id");

-- AddForeignKey
ALTER TABLE "api_token" ADD CONSTRAINT "api_token_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "staff_member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
