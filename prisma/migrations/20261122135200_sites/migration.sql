-- CreateEnum
CREATE TYPE "SiteTheme" AS ENUM ('PAGE', 'LIGHT', 'DARK');

-- AlterTable
ALTER TABLE "site" ADD COLUMN     "accent" TEXT,
ADD COLUMN     "background" TEXT,
ADD COLUMN     "ink" TEXT,
ADD COLUMN     "languages" "LanguageCode"[] DEFAULT ARRAY['FR', 'DE', 'NL', 'EN']::"LanguageCode"[],
ADD COLUMN     "on_accent" TEXT,
ADD COLUMN     "radius" INTEGER,
ADD COLUMN     "revoked_at" TIMESTAMPTZ(3),
ADD COLUMN     "theme" "SiteTheme" NOT NULL DEFAULT 'PAGE',
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;
