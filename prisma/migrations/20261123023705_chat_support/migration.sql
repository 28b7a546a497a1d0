-- CreateEnum
CREATE TYPE "chat_kind" AS ENUM ('task', 'support', 'room');

-- CreateEnum
CREATE TYPE "chat_message_kind" AS ENUM ('text', 'search');

-- CreateTable
CREATE TABLE "chat_thread" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "kind" "chat_kind" NOT NULL,
    "student_id" UUID,
    "task_id" UUID,
    "about" TEXT NOT NULL,
    "title" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "opened_by_id" UUID,
    "last_seq" INTEGER NOT NULL DEFAULT 0,
    "rev" INTEGER NOT NULL DEFAULT 0,
    "last_at" TIMESTAMPTZ(3),
    "waiting_since" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "held_by_id" UUID,
    "held_until" TIMESTAMPTZ(3),
    "assignee_id" UUID,

    CONSTRAINT "chat_thread_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "chat_message" (
    "thread_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "rev" INTEGER NOT NULL,
    "kind" "chat_message_kind" NOT NULL DEFAULT 'text',
    "author_id" UUID,
    "by_teacher" BOOLEAN NOT NULL,
    "client_id" UUID NOT NULL,
    "body" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "edited_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),
    "deleted_by" UUID,

    CONSTRAINT "chat_message_pkey" PRIMARY KEY ("thread_id","seq")
);

-- CreateTable
CREATE TABLE "chat_message_version" (
    "thread_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "body" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "chat_message_version_pkey" PRIMARY KEY ("thread_id","seq","number")
);

-- CreateTable
CREATE TABLE "chat_file" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "thread_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "storage_key" TEXT NOT NULL,
    "mime" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "width" INTEGER,
    "height" INTEGER,

    CONSTRAINT "chat_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "chat_reader" (
    "thread_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "read_seq" INTEGER NOT NULL,
    "read_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "chat_reader_pkey" PRIMARY KEY ("thread_id","person_id")
);

-- CreateTable
CREATE TABLE "chat_answer" (
    "id" BIGSERIAL NOT NULL,
    "thread_id" UUID NOT NULL,
    "author_id" UUID,
    "answered_at" TIMESTAMPTZ(3) NOT NULL,
    "waited_seconds" INTEGER NOT NULL,

    CONSTRAINT "chat_answer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "chat_template" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "rev" INTEGER NOT NULL DEFAULT 1,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "chat_template_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "faq_category" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "slug" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "faq_category_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "faq_article" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "category_id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "keywords" TEXT NOT NULL DEFAULT '',
    "position" INTEGER NOT NULL,
    "rev" INTEGER NOT NULL DEFAULT 1,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_by" TEXT,
    "published_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),
    -- Letters and digits by ICU: a database of the locale C, as our own is, knows only those of ASCII, and its parser takes «», – and № for
    -- letters of the word beside them.
    "search_words" tsvector
      GENERATED ALWAYS AS (
        setweight(to_tsvector('russian'::regconfig, regexp_replace(lower(normalize("title") COLLATE "ru-x-icu"), '[^[:alnum:]]+', ' ', 'g')), 'A') ||
        setweight(to_tsvector('russian'::regconfig, regexp_replace(lower(normalize("keywords") COLLATE "ru-x-icu"), '[^[:alnum:]]+', ' ', 'g')), 'B') ||
        setweight(to_tsvector('russian'::regconfig, regexp_replace(lower(normalize("body") COLLATE "ru-x-icu"), '[^[:alnum:]]+', ' ', 'g')), 'C')
      ) STORED,
    -- Latin letters for pg_trgm, as in `person.search_key`.
    "search_key" TEXT
      GENERATED ALWAYS AS (translate(regexp_replace(lower(normalize("title" || ' ' || "keywords") COLLATE "ru-x-icu"), '[^[:alnum:]]+', ' ', 'g'),
        'абвгдеёжзийклмнопрстуфхцчшщъыьэюя', 'abvgdeejziiklmnoprstufhcxwwqyqeua')) STORED,

    CONSTRAINT "faq_article_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "faq_vote" (
    "article_id" UUID NOT NULL,
    "voter" TEXT NOT NULL,
    "helped" BOOLEAN NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "faq_vote_pkey" PRIMARY KEY ("article_id","voter")
);

-- CreateIndex
CREATE INDEX "chat_thread_task_id_idx" ON "chat_thread"("task_id");

-- CreateIndex
CREATE INDEX "chat_thread_opened_by_id_idx" ON "chat_thread"("opened_by_id");

-- CreateIndex
CREATE INDEX "chat_thread_held_by_id_idx" ON "chat_thread"("held_by_id");

-- CreateIndex
CREATE INDEX "chat_thread_waiting_since_id_idx" ON "chat_thread"("waiting_since", "id");

-- CreateIndex
CREATE INDEX "chat_thread_last_at_id_idx" ON "chat_thread"("last_at", "id");

-- CreateIndex
CREATE INDEX "chat_thread_closed_at_id_idx" ON "chat_thread"("closed_at", "id");

-- CreateIndex
CREATE INDEX "chat_thread_assignee_id_last_at_idx" ON "chat_thread"("assignee_id", "last_at");

-- CreateIndex
CREATE UNIQUE INDEX "chat_thread_student_id_about_key" ON "chat_thread"("student_id", "about");

-- CreateIndex
CREATE UNIQUE INDEX "chat_message_thread_id_rev_key" ON "chat_message"("thread_id", "rev");

-- CreateIndex
CREATE UNIQUE INDEX "chat_message_author_id_client_id_key" ON "chat_message"("author_id", "client_id");

-- CreateIndex
CREATE INDEX "chat_file_thread_id_seq_idx" ON "chat_file"("thread_id", "seq");

-- CreateIndex
CREATE INDEX "chat_file_storage_key_idx" ON "chat_file"("storage_key");

-- CreateIndex
CREATE INDEX "chat_reader_person_id_idx" ON "chat_reader"("person_id");

-- CreateIndex
CREATE INDEX "chat_answer_answered_at_idx" ON "chat_answer"("answered_at");

-- CreateIndex
CREATE INDEX "chat_answer_thread_id_idx" ON "chat_answer"("thread_id");

-- CreateIndex
CREATE INDEX "chat_answer_author_id_idx" ON "chat_answer"("author_id");

-- CreateIndex
CREATE UNIQUE INDEX "faq_category_slug_key" ON "faq_category"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "faq_article_slug_key" ON "faq_article"("slug");

-- CreateIndex
CREATE INDEX "faq_article_category_id_position_idx" ON "faq_article"("category_id", "position");

-- CreateIndex
CREATE INDEX "faq_article_search_words_idx" ON "faq_article" USING GIN ("search_words");

-- CreateIndex
CREATE INDEX "faq_article_search_key_idx" ON "faq_article" USING GIN ("search_key" gin_trgm_ops);

-- AddForeignKey
ALTER TABLE "chat_thread" ADD CONSTRAINT "chat_thread_student_id_fkey" FOREIGN KEY ("student_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chat_thread" ADD CONSTRAINT "chat_thread_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "task"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chat_thread" ADD CONSTRAINT "chat_thread_opened_by_id_fkey" FOREIGN KEY ("opened_by_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chat_thread" ADD CONSTRAINT "chat_thread_held_by_id_fkey" FOREIGN KEY ("held_by_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chat_thread" ADD CONSTRAINT "chat_thread_assignee_id_fkey" FOREIGN KEY ("assignee_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chat_message" ADD CONSTRAINT "chat_message_thread_id_fkey" FOREIGN KEY ("thread_id") REFERENCES "chat_thread"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chat_message" ADD CONSTRAINT "chat_message_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chat_message_version" ADD CONSTRAINT "chat_message_version_thread_id_seq_fkey" FOREIGN KEY ("thread_id", "seq") REFERENCES "chat_message"("thread_id", "seq") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chat_file" ADD CONSTRAINT "chat_file_thread_id_seq_fkey" FOREIGN KEY ("thread_id", "seq") REFERENCES "chat_message"("thread_id", "seq") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chat_reader" ADD CONSTRAINT "chat_reader_thread_id_fkey" FOREIGN KEY ("thread_id") REFERENCES "chat_thread"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chat_reader" ADD CONSTRAINT "chat_reader_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chat_answer" ADD CONSTRAINT "chat_answer_thread_id_fkey" FOREIGN KEY ("thread_id") REFERENCES "chat_thread"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chat_answer" ADD CONSTRAINT "chat_answer_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "faq_article" ADD CONSTRAINT "faq_article_category_id_fkey" FOREIGN KEY ("category_id") REFERENCES "faq_category"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "faq_vote" ADD CONSTRAINT "faq_vote_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "faq_article"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The teachers' common room: there is always one.
INSERT INTO "chat_thread" ("kind", "about", "title", "created_at") VALUES ('room', 'common', 'Преподавательская', now());
