-- CreateEnum
CREATE TYPE "role" AS ENUM ('student', 'moderator');

-- CreateEnum
CREATE TYPE "solution_rule" AS ENUM ('always', 'solved', 'after');

-- CreateEnum
CREATE TYPE "verdict" AS ENUM ('right', 'partly', 'wrong');

-- CreateTable
CREATE TABLE "audit_entry" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "user_agent" TEXT NOT NULL DEFAULT '',
    "ip" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "login_code" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "flow_hash" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "person_id" UUID,
    "code_hash" TEXT NOT NULL,
    "attempts_left" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "pending" JSONB,

    CONSTRAINT "login_code_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limit" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "subject" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "slug" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "about" TEXT NOT NULL,
    "max_primary" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "subject_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scale" (
    "subject_id" UUID NOT NULL,
    "year" INTEGER NOT NULL,
    "points" INTEGER[],

    CONSTRAINT "scale_pkey" PRIMARY KEY ("subject_id","year")
);

-- CreateTable
CREATE TABLE "course" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "slug" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "target" INTEGER NOT NULL,
    "summary" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "schedule" TEXT,
    "chat_after" INTEGER NOT NULL DEFAULT 3,
    "price_minor" INTEGER NOT NULL DEFAULT 0,
    "currency" TEXT NOT NULL DEFAULT 'RUB',
    "position" INTEGER NOT NULL,
    "published_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "course_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "topic" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "course_id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "theory" TEXT NOT NULL,
    "opens_at" TIMESTAMPTZ(3) NOT NULL,
    "position" INTEGER NOT NULL,
    "published_at" TIMESTAMPTZ(3),

    CONSTRAINT "topic_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "topic_video" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "topic_id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "minutes" INTEGER,
    "position" INTEGER NOT NULL,

    CONSTRAINT "topic_video_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "topic_file" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "topic_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "title" TEXT,
    "listed_at" INTEGER,
    "storage_key" TEXT NOT NULL,
    "mime" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "width" INTEGER,
    "height" INTEGER,

    CONSTRAINT "topic_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "enrolment" (
    "person_id" UUID NOT NULL,
    "course_id" UUID NOT NULL,
    "enrolled_at" TIMESTAMPTZ(3) NOT NULL,
    "how" TEXT NOT NULL DEFAULT 'free',

    CONSTRAINT "enrolment_pkey" PRIMARY KEY ("person_id","course_id")
);

-- CreateTable
CREATE TABLE "topic_visit" (
    "person_id" UUID NOT NULL,
    "topic_id" UUID NOT NULL,
    "first_opened_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "topic_visit_pkey" PRIMARY KEY ("person_id","topic_id")
);

-- CreateTable
CREATE TABLE "topic_opening" (
    "person_id" UUID NOT NULL,
    "topic_id" UUID NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "topic_opening_pkey" PRIMARY KEY ("person_id","topic_id")
);

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "role" "role" NOT NULL,
    "email" TEXT NOT NULL,
    "first_name" TEXT NOT NULL,
    "last_name" TEXT NOT NULL,
    "phone" TEXT,
    "time_zone" TEXT NOT NULL DEFAULT 'Europe/Moscow',
    "locale" TEXT NOT NULL DEFAULT 'ru',
    "source" TEXT NOT NULL DEFAULT 'site',
    "registered_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "email_verified_at" TIMESTAMPTZ(3),
    "password_hash" TEXT,
    "blocked_at" TIMESTAMPTZ(3),

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "consent" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "person_id" UUID NOT NULL,
    "document" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "agreed_at" TIMESTAMPTZ(3) NOT NULL,
    "ip" TEXT NOT NULL,

    CONSTRAINT "consent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "registry_file" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "rows" INTEGER NOT NULL,
    "written_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "registry_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "task" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "topic_id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "spec" JSONB NOT NULL,
    "points" INTEGER NOT NULL,
    "exam_number" INTEGER,
    "origin" TEXT,
    "statement" TEXT NOT NULL,
    "hint" TEXT,
    "hint_after" INTEGER NOT NULL DEFAULT 1,
    "solution" TEXT,
    "solution_rule" "solution_rule" NOT NULL DEFAULT 'solved',
    "solution_after" INTEGER,
    "chat_after" INTEGER,
    "file_names" TEXT[],
    "is_public" BOOLEAN NOT NULL DEFAULT false,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "submission" (
    "id" BIGSERIAL NOT NULL,
    "person_id" UUID NOT NULL,
    "task_id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "given" JSONB NOT NULL,
    "canonical" TEXT NOT NULL,
    "canonical_hash" TEXT NOT NULL,
    "understood" TEXT NOT NULL,
    "verdict" "verdict" NOT NULL,
    "points" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "local_on" DATE NOT NULL,

    CONSTRAINT "submission_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "task_progress" (
    "person_id" UUID NOT NULL,
    "task_id" UUID NOT NULL,
    "wrong_count" INTEGER NOT NULL DEFAULT 0,
    "best_points" INTEGER NOT NULL DEFAULT 0,
    "solved_at" TIMESTAMPTZ(3),
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "task_progress_pkey" PRIMARY KEY ("person_id","task_id")
);

-- CreateIndex
CREATE INDEX "audit_entry_at_idx" ON "audit_entry"("at");

-- CreateIndex
CREATE INDEX "audit_entry_subject_idx" ON "audit_entry"("subject");

-- CreateIndex
CREATE INDEX "session_person_id_idx" ON "session"("person_id");

-- CreateIndex
CREATE INDEX "session_expires_at_idx" ON "session"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "login_code_flow_hash_key" ON "login_code"("flow_hash");

-- CreateIndex
CREATE INDEX "login_code_email_created_at_idx" ON "login_code"("email", "created_at");

-- CreateIndex
CREATE INDEX "login_code_expires_at_idx" ON "login_code"("expires_at");

-- CreateIndex
CREATE INDEX "rate_limit_expire_idx" ON "rate_limit"("expire");

-- CreateIndex
CREATE UNIQUE INDEX "subject_slug_key" ON "subject"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "course_slug_key" ON "course"("slug");

-- CreateIndex
CREATE INDEX "course_subject_id_idx" ON "course"("subject_id");

-- CreateIndex
CREATE UNIQUE INDEX "topic_course_id_slug_key" ON "topic"("course_id", "slug");

-- CreateIndex
CREATE INDEX "topic_video_topic_id_idx" ON "topic_video"("topic_id");

-- CreateIndex
CREATE UNIQUE INDEX "topic_file_topic_id_name_key" ON "topic_file"("topic_id", "name");

-- CreateIndex
CREATE INDEX "enrolment_course_id_idx" ON "enrolment"("course_id");

-- CreateIndex
CREATE INDEX "topic_visit_topic_id_idx" ON "topic_visit"("topic_id");

-- CreateIndex
CREATE INDEX "topic_opening_topic_id_idx" ON "topic_opening"("topic_id");

-- CreateIndex
CREATE UNIQUE INDEX "person_email_key" ON "person"("email");

-- CreateIndex
CREATE INDEX "person_role_registered_at_idx" ON "person"("role", "registered_at");

-- CreateIndex
CREATE INDEX "consent_person_id_idx" ON "consent"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "task_topic_id_slug_key" ON "task"("topic_id", "slug");

-- CreateIndex
CREATE INDEX "submission_person_id_local_on_idx" ON "submission"("person_id", "local_on");

-- CreateIndex
CREATE INDEX "submission_task_id_idx" ON "submission"("task_id");

-- CreateIndex
CREATE UNIQUE INDEX "submission_person_id_client_id_key" ON "submission"("person_id", "client_id");

-- CreateIndex
CREATE UNIQUE INDEX "submission_person_id_task_id_canonical_hash_key" ON "submission"("person_id", "task_id", "canonical_hash");

-- CreateIndex
CREATE INDEX "task_progress_task_id_idx" ON "task_progress"("task_id");

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "login_code" ADD CONSTRAINT "login_code_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scale" ADD CONSTRAINT "scale_subject_id_fkey" FOREIGN KEY ("subject_id") REFERENCES "subject"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "course" ADD CONSTRAINT "course_subject_id_fkey" FOREIGN KEY ("subject_id") REFERENCES "subject"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "topic" ADD CONSTRAINT "topic_course_id_fkey" FOREIGN KEY ("course_id") REFERENCES "course"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "topic_video" ADD CONSTRAINT "topic_video_topic_id_fkey" FOREIGN KEY ("topic_id") REFERENCES "topic"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "topic_file" ADD CONSTRAINT "topic_file_topic_id_fkey" FOREIGN KEY ("topic_id") REFERENCES "topic"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "enrolment" ADD CONSTRAINT "enrolment_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "enrolment" ADD CONSTRAINT "enrolment_course_id_fkey" FOREIGN KEY ("course_id") REFERENCES "course"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "topic_visit" ADD CONSTRAINT "topic_visit_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "topic_visit" ADD CONSTRAINT "topic_visit_topic_id_fkey" FOREIGN KEY ("topic_id") REFERENCES "topic"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "topic_opening" ADD CONSTRAINT "topic_opening_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "topic_opening" ADD CONSTRAINT "topic_opening_topic_id_fkey" FOREIGN KEY ("topic_id") REFERENCES "topic"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consent" ADD CONSTRAINT "consent_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_topic_id_fkey" FOREIGN KEY ("topic_id") REFERENCES "topic"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "submission" ADD CONSTRAINT "submission_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "submission" ADD CONSTRAINT "submission_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "task"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task_progress" ADD CONSTRAINT "task_progress_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task_progress" ADD CONSTRAINT "task_progress_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "task"("id") ON DELETE CASCADE ON UPDATE CASCADE;
