-- Search in names with slips of the finger.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- CreateEnum
CREATE TYPE "upload_state" AS ENUM ('receiving', 'ready', 'refused');

-- CreateEnum
CREATE TYPE "work_state" AS ENUM ('waiting', 'returned', 'accepted');

-- CreateEnum
CREATE TYPE "text_kind" AS ENUM ('task', 'theory', 'course');

-- DropIndex
DROP INDEX "audit_entry_subject_idx";

-- DropIndex
DROP INDEX "person_role_registered_at_idx";

-- AlterTable
ALTER TABLE "audit_entry" ADD COLUMN     "label" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "course" ADD COLUMN     "deleted_at" TIMESTAMPTZ(3);

-- AlterTable
-- Names are sorted as a Russian reader expects, by their index too.
ALTER TABLE "person" ADD COLUMN     "last_active_at" TIMESTAMPTZ(3),
ALTER COLUMN "first_name" TYPE TEXT COLLATE "ru-x-icu",
ALTER COLUMN "last_name" TYPE TEXT COLLATE "ru-x-icu";
ALTER TABLE "person" ADD COLUMN     "search_text" TEXT
  GENERATED ALWAYS AS (translate(lower(last_name || ' ' || first_name || ' ' || email || ' ' || coalesce(phone, '')), 'ё', 'е')) STORED;
-- pg_trgm takes only ASCII for letters in a database of the locale C, as our own is: the index is over Latin letters.
ALTER TABLE "person" ADD COLUMN     "search_key" TEXT
  GENERATED ALWAYS AS (translate(lower(last_name || ' ' || first_name || ' ' || email || ' ' || coalesce(phone, '')),
    'абвгдеёжзийклмнопрстуфхцчшщъыьэюя', 'abvgdeejziiklmnoprstufhcxwwqyqeua')) STORED;

-- AlterTable
ALTER TABLE "task" ADD COLUMN     "deleted_at" TIMESTAMPTZ(3),
ADD COLUMN     "published_at" TIMESTAMPTZ(3),
ALTER COLUMN "spec" DROP NOT NULL;

-- AlterTable
ALTER TABLE "topic" ADD COLUMN     "deleted_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "topic_file" ADD COLUMN     "added_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- CreateTable
CREATE TABLE "video_position" (
    "person_id" UUID NOT NULL,
    "file_id" UUID NOT NULL,
    "seconds" INTEGER NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "video_position_pkey" PRIMARY KEY ("person_id","file_id")
);

-- CreateTable
CREATE TABLE "upload" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "person_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "subject_id" UUID,
    "name" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "state" "upload_state" NOT NULL DEFAULT 'receiving',
    "refusal" TEXT,
    "storage_key" TEXT NOT NULL,
    "mime" TEXT,
    "width" INTEGER,
    "height" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "upload_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "file_variant" (
    "source_key" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "format" TEXT NOT NULL,
    "storage_key" TEXT NOT NULL,
    "size" INTEGER NOT NULL,

    CONSTRAINT "file_variant_pkey" PRIMARY KEY ("source_key","width","format")
);

-- CreateTable
CREATE TABLE "work" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "person_id" UUID NOT NULL,
    "task_id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "round" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "state" "work_state" NOT NULL DEFAULT 'waiting',
    "handed_in_at" TIMESTAMPTZ(3) NOT NULL,
    "local_on" DATE NOT NULL,
    "held_by" UUID,
    "held_until" TIMESTAMPTZ(3),
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "points" INTEGER,
    "scores" JSONB,
    "remark" TEXT NOT NULL DEFAULT '',
    "seen_at" TIMESTAMPTZ(3),

    CONSTRAINT "work_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "work_file" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "work_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "storage_key" TEXT NOT NULL,
    "mime" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "width" INTEGER,
    "height" INTEGER,

    CONSTRAINT "work_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "work_comment" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "work_id" UUID NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    "body" TEXT NOT NULL,

    CONSTRAINT "work_comment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "work_extra" (
    "person_id" UUID NOT NULL,
    "task_id" UUID NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "work_extra_pkey" PRIMARY KEY ("person_id","task_id")
);

-- CreateTable
CREATE TABLE "key_fix" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "task_id" UUID NOT NULL,
    "actor" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "before" JSONB NOT NULL,
    "after" JSONB NOT NULL,
    "take_points" BOOLEAN NOT NULL,
    "gained" INTEGER NOT NULL,
    "lost" INTEGER NOT NULL,
    "kept" INTEGER NOT NULL,

    CONSTRAINT "key_fix_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "key_fix_gain" (
    "key_fix_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "task_id" UUID NOT NULL,
    "before" INTEGER NOT NULL,
    "after" INTEGER NOT NULL,
    "told_at" TIMESTAMPTZ(3),
    "seen_at" TIMESTAMPTZ(3),

    CONSTRAINT "key_fix_gain_pkey" PRIMARY KEY ("key_fix_id","person_id")
);

-- CreateTable
CREATE TABLE "text_state" (
    "kind" "text_kind" NOT NULL,
    "subject_id" UUID NOT NULL,
    "rev" INTEGER NOT NULL DEFAULT 0,
    "draft" TEXT,
    "edited_by" TEXT,
    "edited_at" TIMESTAMPTZ(3),

    CONSTRAINT "text_state_pkey" PRIMARY KEY ("kind","subject_id")
);

-- CreateTable
CREATE TABLE "text_version" (
    "id" BIGSERIAL NOT NULL,
    "kind" "text_kind" NOT NULL,
    "subject_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "is_draft" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "text_version_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "video_position_file_id_idx" ON "video_position"("file_id");

-- CreateIndex
CREATE UNIQUE INDEX "upload_storage_key_key" ON "upload"("storage_key");

-- CreateIndex
CREATE INDEX "upload_person_id_created_at_idx" ON "upload"("person_id", "created_at");

-- CreateIndex
CREATE INDEX "upload_created_at_idx" ON "upload"("created_at");

-- CreateIndex
CREATE INDEX "work_state_handed_in_at_id_idx" ON "work"("state", "handed_in_at", "id");

-- CreateIndex
CREATE INDEX "work_task_id_idx" ON "work"("task_id");

-- CreateIndex
CREATE UNIQUE INDEX "work_person_id_client_id_key" ON "work"("person_id", "client_id");

-- CreateIndex
CREATE UNIQUE INDEX "work_person_id_task_id_round_key" ON "work"("person_id", "task_id", "round");

-- CreateIndex
CREATE INDEX "work_file_work_id_idx" ON "work_file"("work_id");

-- CreateIndex
CREATE INDEX "work_file_storage_key_idx" ON "work_file"("storage_key");

-- CreateIndex
CREATE INDEX "work_comment_work_id_idx" ON "work_comment"("work_id");

-- CreateIndex
CREATE INDEX "work_extra_task_id_idx" ON "work_extra"("task_id");

-- CreateIndex
CREATE INDEX "key_fix_task_id_idx" ON "key_fix"("task_id");

-- CreateIndex
CREATE INDEX "key_fix_gain_person_id_task_id_idx" ON "key_fix_gain"("person_id", "task_id");

-- CreateIndex
CREATE UNIQUE INDEX "text_version_kind_subject_id_number_key" ON "text_version"("kind", "subject_id", "number");

-- CreateIndex
CREATE INDEX "audit_entry_subject_id_idx" ON "audit_entry"("subject", "id");

-- CreateIndex
CREATE INDEX "audit_entry_actor_id_idx" ON "audit_entry"("actor", "id");

-- CreateIndex
CREATE INDEX "audit_entry_action_id_idx" ON "audit_entry"("action", "id");

-- CreateIndex
CREATE INDEX "person_role_registered_at_id_idx" ON "person"("role", "registered_at", "id");

-- CreateIndex
CREATE INDEX "person_role_last_name_first_name_id_idx" ON "person"("role", "last_name", "first_name", "id");

-- CreateIndex
CREATE INDEX "person_role_last_active_at_id_idx" ON "person"("role", "last_active_at", "id");

-- CreateIndex
CREATE INDEX "person_search_key_idx" ON "person" USING GIN ("search_key" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "topic_file_storage_key_idx" ON "topic_file"("storage_key");

-- AddForeignKey
ALTER TABLE "video_position" ADD CONSTRAINT "video_position_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "video_position" ADD CONSTRAINT "video_position_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "topic_file"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "upload" ADD CONSTRAINT "upload_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "work" ADD CONSTRAINT "work_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "work" ADD CONSTRAINT "work_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "task"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "work_file" ADD CONSTRAINT "work_file_work_id_fkey" FOREIGN KEY ("work_id") REFERENCES "work"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "work_comment" ADD CONSTRAINT "work_comment_work_id_fkey" FOREIGN KEY ("work_id") REFERENCES "work"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "work_extra" ADD CONSTRAINT "work_extra_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "work_extra" ADD CONSTRAINT "work_extra_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "task"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "key_fix" ADD CONSTRAINT "key_fix_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "task"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "key_fix_gain" ADD CONSTRAINT "key_fix_gain_key_fix_id_fkey" FOREIGN KEY ("key_fix_id") REFERENCES "key_fix"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "key_fix_gain" ADD CONSTRAINT "key_fix_gain_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What there was before is published, and is the first version of its history.
UPDATE "task" SET "published_at" = "updated_at";
UPDATE "person" p SET "last_active_at" = s.at FROM (SELECT person_id, max(created_at) AS at FROM submission GROUP BY person_id) s WHERE s.person_id = p.id;
INSERT INTO "text_version" (kind, subject_id, number, source, actor, at) SELECT 'task', id, 1, source, 'system', updated_at FROM "task";
INSERT INTO "text_version" (kind, subject_id, number, source, actor, at) SELECT 'theory', id, 1, theory, 'system', coalesce(published_at, now()) FROM "topic";
INSERT INTO "text_version" (kind, subject_id, number, source, actor, at) SELECT 'course', id, 1, description, 'system', created_at FROM "course";
