-- CreateEnum
CREATE TYPE "exam_review" AS ENUM ('finish', 'closing');

-- CreateEnum
CREATE TYPE "exam_end" AS ENUM ('student', 'time', 'moderator');

-- CreateTable
CREATE TABLE "exam" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "course_id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "about" TEXT NOT NULL DEFAULT '',
    "limit_minutes" INTEGER,
    "opens_at" TIMESTAMPTZ(3),
    "closes_at" TIMESTAMPTZ(3),
    "attempts" INTEGER DEFAULT 1,
    "shuffled" BOOLEAN NOT NULL DEFAULT false,
    "review" "exam_review" NOT NULL DEFAULT 'closing',
    "scale_year" INTEGER,
    "position" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "published_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "exam_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "exam_task" (
    "exam_id" UUID NOT NULL,
    "task_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "exam_task_pkey" PRIMARY KEY ("exam_id","task_id")
);

-- CreateTable
CREATE TABLE "exam_extra" (
    "exam_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "minutes" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "exam_extra_pkey" PRIMARY KEY ("exam_id","person_id")
);

-- CreateTable
CREATE TABLE "exam_attempt" (
    "id" UUID NOT NULL,
    "exam_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "limit_minutes" INTEGER,
    "deadline_at" TIMESTAMPTZ(3),
    "rev" INTEGER NOT NULL DEFAULT 0,
    "finished_at" TIMESTAMPTZ(3),
    "finished_by" "exam_end",
    "released_at" TIMESTAMPTZ(3),

    CONSTRAINT "exam_attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "exam_answer" (
    "attempt_id" UUID NOT NULL,
    "task_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "given" JSONB,
    "rev" INTEGER NOT NULL DEFAULT 0,
    "value_rev" INTEGER NOT NULL DEFAULT 0,
    "saved_at" TIMESTAMPTZ(3),
    "flagged" BOOLEAN NOT NULL DEFAULT false,
    "seen" BOOLEAN NOT NULL DEFAULT false,
    "understood" TEXT,
    "verdict" "verdict",
    "points" INTEGER,
    "max_points" INTEGER,
    "work_id" UUID,

    CONSTRAINT "exam_answer_pkey" PRIMARY KEY ("attempt_id","task_id")
);

-- CreateTable
CREATE TABLE "exam_answer_file" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "attempt_id" UUID NOT NULL,
    "task_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "storage_key" TEXT NOT NULL,
    "mime" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "width" INTEGER,
    "height" INTEGER,

    CONSTRAINT "exam_answer_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mistake_answer" (
    "id" BIGSERIAL NOT NULL,
    "person_id" UUID NOT NULL,
    "task_id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "given" JSONB NOT NULL,
    "understood" TEXT NOT NULL,
    "verdict" "verdict" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "local_on" DATE NOT NULL,

    CONSTRAINT "mistake_answer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "answer_reply" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "task_id" UUID NOT NULL,
    "canonical_hash" TEXT NOT NULL,
    "understood" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "author_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "answer_reply_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "exam_course_id_slug_key" ON "exam"("course_id", "slug");

-- CreateIndex
CREATE INDEX "exam_task_task_id_idx" ON "exam_task"("task_id");

-- CreateIndex
CREATE INDEX "exam_extra_person_id_idx" ON "exam_extra"("person_id");

-- CreateIndex
CREATE INDEX "exam_attempt_person_id_finished_at_idx" ON "exam_attempt"("person_id", "finished_at");

-- CreateIndex
CREATE INDEX "exam_attempt_finished_at_deadline_at_idx" ON "exam_attempt"("finished_at", "deadline_at");

-- CreateIndex
CREATE INDEX "exam_attempt_released_at_finished_at_idx" ON "exam_attempt"("released_at", "finished_at");

-- CreateIndex
CREATE UNIQUE INDEX "exam_attempt_exam_id_person_id_number_key" ON "exam_attempt"("exam_id", "person_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "exam_answer_work_id_key" ON "exam_answer"("work_id");

-- CreateIndex
CREATE INDEX "exam_answer_task_id_idx" ON "exam_answer"("task_id");

-- CreateIndex
CREATE INDEX "exam_answer_file_attempt_id_task_id_idx" ON "exam_answer_file"("attempt_id", "task_id");

-- CreateIndex
CREATE INDEX "exam_answer_file_storage_key_idx" ON "exam_answer_file"("storage_key");

-- CreateIndex
CREATE INDEX "mistake_answer_person_id_task_id_id_idx" ON "mistake_answer"("person_id", "task_id", "id");

-- CreateIndex
CREATE INDEX "mistake_answer_task_id_idx" ON "mistake_answer"("task_id");

-- CreateIndex
CREATE UNIQUE INDEX "mistake_answer_person_id_client_id_key" ON "mistake_answer"("person_id", "client_id");

-- CreateIndex
CREATE UNIQUE INDEX "answer_reply_task_id_canonical_hash_key" ON "answer_reply"("task_id", "canonical_hash");

-- AddForeignKey
ALTER TABLE "exam" ADD CONSTRAINT "exam_course_id_fkey" FOREIGN KEY ("course_id") REFERENCES "course"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "exam_task" ADD CONSTRAINT "exam_task_exam_id_fkey" FOREIGN KEY ("exam_id") REFERENCES "exam"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "exam_task" ADD CONSTRAINT "exam_task_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "task"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "exam_extra" ADD CONSTRAINT "exam_extra_exam_id_fkey" FOREIGN KEY ("exam_id") REFERENCES "exam"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "exam_extra" ADD CONSTRAINT "exam_extra_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "exam_attempt" ADD CONSTRAINT "exam_attempt_exam_id_fkey" FOREIGN KEY ("exam_id") REFERENCES "exam"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "exam_attempt" ADD CONSTRAINT "exam_attempt_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "exam_answer" ADD CONSTRAINT "exam_answer_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "exam_attempt"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "exam_answer" ADD CONSTRAINT "exam_answer_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "task"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "exam_answer" ADD CONSTRAINT "exam_answer_work_id_fkey" FOREIGN KEY ("work_id") REFERENCES "work"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "exam_answer_file" ADD CONSTRAINT "exam_answer_file_attempt_id_task_id_fkey" FOREIGN KEY ("attempt_id", "task_id") REFERENCES "exam_answer"("attempt_id", "task_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mistake_answer" ADD CONSTRAINT "mistake_answer_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mistake_answer" ADD CONSTRAINT "mistake_answer_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "task"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "answer_reply" ADD CONSTRAINT "answer_reply_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "task"("id") ON DELETE CASCADE ON UPDATE CASCADE;
