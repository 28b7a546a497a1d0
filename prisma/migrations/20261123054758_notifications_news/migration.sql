-- CreateEnum
CREATE TYPE "news_state" AS ENUM ('draft', 'scheduled', 'sending', 'paused', 'done', 'cancelled');

-- CreateEnum
CREATE TYPE "delivery_channel" AS ENUM ('site', 'telegram', 'email');

-- CreateEnum
CREATE TYPE "delivery_state" AS ENUM ('waiting', 'sending', 'sent', 'failed', 'skipped', 'cancelled');

-- CreateTable
CREATE TABLE "news_post" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "button_label" TEXT,
    "button_url" TEXT,
    "audience" TEXT NOT NULL,
    "course_id" UUID,
    "inactive_days" INTEGER,
    "to_site" BOOLEAN NOT NULL DEFAULT true,
    "to_telegram" BOOLEAN NOT NULL DEFAULT true,
    "to_email" BOOLEAN NOT NULL DEFAULT true,
    "state" "news_state" NOT NULL DEFAULT 'draft',
    "rev" INTEGER NOT NULL DEFAULT 1,
    "author_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "scheduled_at" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "news_post_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "news_recipient" (
    "post_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,

    CONSTRAINT "news_recipient_pkey" PRIMARY KEY ("post_id","person_id")
);

-- CreateTable
CREATE TABLE "news_file" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "post_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "alt" TEXT NOT NULL,
    "storage_key" TEXT NOT NULL,
    "mime" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "telegram_file_id" TEXT,
    "telegram_bot_id" BIGINT,

    CONSTRAINT "news_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notice" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "kind" TEXT NOT NULL,
    "about" TEXT NOT NULL,
    "data" JSONB NOT NULL DEFAULT '{}',
    "by_mail" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "paused_at" TIMESTAMPTZ(3),
    "cancelled_at" TIMESTAMPTZ(3),

    CONSTRAINT "notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery" (
    "id" BIGSERIAL NOT NULL,
    "notice_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "channel" "delivery_channel" NOT NULL,
    "state" "delivery_state" NOT NULL DEFAULT 'waiting',
    "bulk" BOOLEAN NOT NULL DEFAULT false,
    "instead" BOOLEAN NOT NULL DEFAULT false,
    "daily" BOOLEAN NOT NULL DEFAULT false,
    "silent" BOOLEAN NOT NULL DEFAULT false,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lease_until" TIMESTAMPTZ(3),
    "reason" TEXT,
    "sent_at" TIMESTAMPTZ(3),
    "seen_at" TIMESTAMPTZ(3),

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notice_setting" (
    "person_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "channel" "delivery_channel" NOT NULL,
    "mode" TEXT NOT NULL,

    CONSTRAINT "notice_setting_pkey" PRIMARY KEY ("person_id","kind","channel")
);

-- CreateTable
CREATE TABLE "quiet_hours" (
    "person_id" UUID NOT NULL,
    "from_min" INTEGER NOT NULL,
    "to_min" INTEGER NOT NULL,

    CONSTRAINT "quiet_hours_pkey" PRIMARY KEY ("person_id")
);

-- CreateTable
CREATE TABLE "mail_block" (
    "email" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "answer" TEXT NOT NULL,
    "blocked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "mail_block_pkey" PRIMARY KEY ("email")
);

-- CreateTable
CREATE TABLE "telegram_link" (
    "person_id" UUID NOT NULL,
    "telegram_id" BIGINT NOT NULL,
    "linked_at" TIMESTAMPTZ(3) NOT NULL,
    "broken_at" TIMESTAMPTZ(3),
    "broken_why" TEXT,

    CONSTRAINT "telegram_link_pkey" PRIMARY KEY ("person_id")
);

-- CreateTable
CREATE TABLE "telegram_link_token" (
    "hash" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "telegram_id" BIGINT,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "telegram_link_token_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "telegram_update" (
    "bot_id" BIGINT NOT NULL,
    "update_id" BIGINT NOT NULL,
    "taken_at" TIMESTAMPTZ(3) NOT NULL,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "telegram_update_pkey" PRIMARY KEY ("bot_id","update_id")
);

-- CreateTable
CREATE TABLE "telegram_message" (
    "bot_id" BIGINT NOT NULL,
    "telegram_id" BIGINT NOT NULL,
    "message_id" INTEGER NOT NULL,
    "thread_id" UUID,
    "delivery_id" BIGINT,
    "sent_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "telegram_message_pkey" PRIMARY KEY ("bot_id","telegram_id","message_id")
);

-- CreateTable
CREATE TABLE "telegram_state" (
    "bot_id" BIGINT NOT NULL,
    "username" TEXT,
    "mode" TEXT NOT NULL,
    "ok_at" TIMESTAMPTZ(3),
    "trouble" TEXT,
    "details" TEXT,
    "trouble_at" TIMESTAMPTZ(3),

    CONSTRAINT "telegram_state_pkey" PRIMARY KEY ("bot_id")
);

-- CreateIndex
CREATE INDEX "news_post_course_id_idx" ON "news_post"("course_id");

-- CreateIndex
CREATE INDEX "news_post_author_id_idx" ON "news_post"("author_id");

-- CreateIndex
CREATE INDEX "news_post_started_at_id_idx" ON "news_post"("started_at", "id");

-- CreateIndex
CREATE INDEX "news_post_created_at_id_idx" ON "news_post"("created_at", "id");

-- CreateIndex
CREATE INDEX "news_post_state_scheduled_at_idx" ON "news_post"("state", "scheduled_at");

-- CreateIndex
CREATE INDEX "news_recipient_person_id_idx" ON "news_recipient"("person_id");

-- CreateIndex
CREATE INDEX "news_file_post_id_idx" ON "news_file"("post_id");

-- CreateIndex
CREATE INDEX "news_file_storage_key_idx" ON "news_file"("storage_key");

-- CreateIndex
CREATE UNIQUE INDEX "notice_kind_about_key" ON "notice"("kind", "about");

-- CreateIndex
CREATE INDEX "delivery_notice_id_channel_state_idx" ON "delivery"("notice_id", "channel", "state");

-- CreateIndex
CREATE INDEX "delivery_channel_state_bulk_due_at_id_idx" ON "delivery"("channel", "state", "bulk", "due_at", "id");

-- CreateIndex
CREATE INDEX "delivery_person_id_channel_id_idx" ON "delivery"("person_id", "channel", "id");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_notice_id_person_id_channel_key" ON "delivery"("notice_id", "person_id", "channel");

-- CreateIndex
CREATE UNIQUE INDEX "telegram_link_telegram_id_key" ON "telegram_link"("telegram_id");

-- CreateIndex
CREATE INDEX "telegram_link_token_person_id_idx" ON "telegram_link_token"("person_id");

-- CreateIndex
CREATE INDEX "telegram_link_token_expires_at_idx" ON "telegram_link_token"("expires_at");

-- CreateIndex
CREATE INDEX "telegram_update_taken_at_idx" ON "telegram_update"("taken_at");

-- CreateIndex
CREATE INDEX "telegram_message_thread_id_idx" ON "telegram_message"("thread_id");

-- CreateIndex
CREATE INDEX "telegram_message_delivery_id_idx" ON "telegram_message"("delivery_id");

-- AddForeignKey
ALTER TABLE "news_post" ADD CONSTRAINT "news_post_course_id_fkey" FOREIGN KEY ("course_id") REFERENCES "course"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "news_post" ADD CONSTRAINT "news_post_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "news_recipient" ADD CONSTRAINT "news_recipient_post_id_fkey" FOREIGN KEY ("post_id") REFERENCES "news_post"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "news_recipient" ADD CONSTRAINT "news_recipient_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "news_file" ADD CONSTRAINT "news_file_post_id_fkey" FOREIGN KEY ("post_id") REFERENCES "news_post"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_notice_id_fkey" FOREIGN KEY ("notice_id") REFERENCES "notice"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice_setting" ADD CONSTRAINT "notice_setting_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quiet_hours" ADD CONSTRAINT "quiet_hours_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "telegram_link" ADD CONSTRAINT "telegram_link_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "telegram_link_token" ADD CONSTRAINT "telegram_link_token_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "telegram_message" ADD CONSTRAINT "telegram_message_thread_id_fkey" FOREIGN KEY ("thread_id") REFERENCES "chat_thread"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "telegram_message" ADD CONSTRAINT "telegram_message_delivery_id_fkey" FOREIGN KEY ("delivery_id") REFERENCES "delivery"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Whoever gained by a mended key and has not been written to yet is told by a notice; the notice is the memory from now on.
INSERT INTO "notice" ("kind", "about", "data", "created_at")
  SELECT 'grade', 'key-fix:' || "key_fix_id", jsonb_build_object('keyFix', "key_fix_id"), now() FROM "key_fix_gain" WHERE "told_at" IS NULL GROUP BY "key_fix_id";
INSERT INTO "delivery" ("notice_id", "person_id", "channel", "due_at")
  SELECT n."id", g."person_id", 'email', now() FROM "key_fix_gain" g JOIN "notice" n ON n."about" = 'key-fix:' || g."key_fix_id" WHERE g."told_at" IS NULL;

-- AlterTable
ALTER TABLE "key_fix_gain" DROP COLUMN "told_at";

-- When something may go out that must not disturb between two minutes of a person's day (which may lie around midnight); equal: at any time.
-- A zone that this PostgreSQL does not know (older tables than the browser's) counts as the school's usual one.
CREATE FUNCTION notice_due_at("at" timestamptz, "zone" text, "from_min" int, "to_min" int) RETURNS timestamptz LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
  place text := "zone";
  there timestamp;
  minute int;
  days int := 0;
BEGIN
  IF "from_min" = "to_min" THEN
    RETURN "at";
  END IF;
  BEGIN
    there := "at" AT TIME ZONE place;
  EXCEPTION WHEN invalid_parameter_value THEN
    place := 'Europe/Moscow';
    there := "at" AT TIME ZONE place;
  END;
  minute := extract(hour FROM there)::int * 60 + extract(minute FROM there)::int;
  IF "from_min" < "to_min" AND (minute < "from_min" OR minute >= "to_min") THEN
    RETURN "at";
  END IF;
  IF "from_min" > "to_min" THEN
    IF minute >= "to_min" AND minute < "from_min" THEN
      RETURN "at";
    END IF;
    IF minute >= "from_min" THEN
      days := 1;
    END IF;
  END IF;
  RETURN (date_trunc('day', there) + make_interval(days => days, mins => "to_min")) AT TIME ZONE place;
END
$$;

-- The next time that a person's clock shows this minute of the day.
CREATE FUNCTION next_minute_of_day("at" timestamptz, "zone" text, "min" int) RETURNS timestamptz LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
  place text := "zone";
  there timestamp;
  chosen timestamp;
BEGIN
  BEGIN
    there := "at" AT TIME ZONE place;
  EXCEPTION WHEN invalid_parameter_value THEN
    place := 'Europe/Moscow';
    there := "at" AT TIME ZONE place;
  END;
  chosen := date_trunc('day', there) + make_interval(mins => "min");
  IF chosen < there THEN
    chosen := chosen + interval '1 day';
  END IF;
  RETURN chosen AT TIME ZONE place;
END
$$;
