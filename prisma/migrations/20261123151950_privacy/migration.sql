-- AlterTable
ALTER TABLE "person" ADD COLUMN     "erase_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "erasure" (
    "person_id" UUID NOT NULL,
    "email_hash" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "counts" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "erasure_pkey" PRIMARY KEY ("person_id")
);

-- CreateTable
CREATE TABLE "school_operator" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "name" TEXT NOT NULL,
    "inn" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "contact" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "school_operator_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "erasure_email_hash_idx" ON "erasure"("email_hash");

-- CreateIndex
CREATE INDEX "erasure_finished_at_idx" ON "erasure"("finished_at");

-- CreateIndex
CREATE INDEX "person_erase_at_idx" ON "person"("erase_at");
