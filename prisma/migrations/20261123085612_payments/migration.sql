-- CreateEnum
CREATE TYPE "payment_order_state" AS ENUM ('open', 'paid', 'closed');

-- CreateEnum
CREATE TYPE "payment_state" AS ENUM ('created', 'opened', 'authorized', 'captured', 'partly_refunded', 'refunded', 'failed', 'expired', 'voided');

-- CreateEnum
CREATE TYPE "payment_refund_state" AS ENUM ('waiting', 'sent', 'done', 'failed');

-- CreateEnum
CREATE TYPE "subscription_state" AS ENUM ('pending', 'active', 'past_due', 'ended');

-- AlterTable
ALTER TABLE "course" ADD COLUMN     "monthly_minor" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "enrolment" ADD COLUMN     "ends_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "payment_order" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "number" SERIAL NOT NULL,
    "person_id" UUID,
    "course_id" UUID,
    "client_id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "plan" TEXT NOT NULL,
    "subscription_id" UUID,
    "period_start" TIMESTAMPTZ(3),
    "period_end" TIMESTAMPTZ(3),
    "list_minor" INTEGER NOT NULL,
    "amount_minor" INTEGER NOT NULL,
    "currency" TEXT NOT NULL,
    "promo_code_id" UUID,
    "email" TEXT NOT NULL,
    "locale" TEXT NOT NULL DEFAULT 'ru',
    "state" "payment_order_state" NOT NULL DEFAULT 'open',
    "closed_reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "paid_at" TIMESTAMPTZ(3),

    CONSTRAINT "payment_order_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payment_attempt" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "order_id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "provider_payment_id" TEXT,
    "provider_page_id" TEXT,
    "kind" TEXT NOT NULL,
    "state" "payment_state" NOT NULL DEFAULT 'created',
    "amount_minor" INTEGER NOT NULL,
    "currency" TEXT NOT NULL,
    "captured_minor" INTEGER NOT NULL DEFAULT 0,
    "refunded_minor" INTEGER NOT NULL DEFAULT 0,
    "save_method" BOOLEAN NOT NULL DEFAULT false,
    "method_id" UUID,
    "pay_url" TEXT,
    "paid_with" TEXT,
    "receipt_url" TEXT,
    "decline_code" TEXT,
    "decline_class" TEXT,
    "test" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "next_check_at" TIMESTAMPTZ(3),
    "checks" INTEGER NOT NULL DEFAULT 0,
    "captured_at" TIMESTAMPTZ(3),
    "held_reason" TEXT,

    CONSTRAINT "payment_attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payment_event" (
    "id" BIGSERIAL NOT NULL,
    "provider" TEXT NOT NULL,
    "dedupe_key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "attempt_id" UUID,
    "provider_payment_id" TEXT,
    "body" BYTEA NOT NULL,
    "content_type" TEXT NOT NULL,
    "ip" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "processed_at" TIMESTAMPTZ(3),
    "outcome" TEXT,

    CONSTRAINT "payment_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payment_refund" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "attempt_id" UUID NOT NULL,
    "client_id" UUID,
    "amount_minor" INTEGER NOT NULL,
    "cause" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "by_id" UUID,
    "ends_access" BOOLEAN NOT NULL DEFAULT false,
    "state" "payment_refund_state" NOT NULL DEFAULT 'waiting',
    "provider_refund_id" TEXT,
    "error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "done_at" TIMESTAMPTZ(3),
    "next_try_at" TIMESTAMPTZ(3),
    "tries" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "payment_refund_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payment_ledger" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "attempt_id" UUID NOT NULL,
    "refund_id" UUID,
    "kind" TEXT NOT NULL,
    "amount_minor" INTEGER NOT NULL,
    "currency" TEXT NOT NULL,

    CONSTRAINT "payment_ledger_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "entitlement" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "order_id" UUID NOT NULL,
    "person_id" UUID,
    "course_id" UUID,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "until_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "entitlement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payment_method" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "person_id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "provider_ref" TEXT,
    "mask" TEXT NOT NULL,
    "expires" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "forgotten_at" TIMESTAMPTZ(3),

    CONSTRAINT "payment_method_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "subscription" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "person_id" UUID,
    "course_id" UUID,
    "provider" TEXT NOT NULL,
    "method_id" UUID,
    "amount_minor" INTEGER NOT NULL,
    "currency" TEXT NOT NULL,
    "state" "subscription_state" NOT NULL DEFAULT 'pending',
    "anchor_at" TIMESTAMPTZ(3),
    "periods" INTEGER NOT NULL DEFAULT 0,
    "paid_until" TIMESTAMPTZ(3),
    "next_charge_at" TIMESTAMPTZ(3),
    "announced" TIMESTAMPTZ(3),
    "tries" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "cancelled_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "end_reason" TEXT,

    CONSTRAINT "subscription_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "promo_code" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "code" TEXT NOT NULL,
    "percent" INTEGER,
    "amount_minor" INTEGER,
    "currency" TEXT,
    "course_id" UUID,
    "valid_from" TIMESTAMPTZ(3),
    "valid_until" TIMESTAMPTZ(3),
    "limit_total" INTEGER,
    "per_person" INTEGER NOT NULL DEFAULT 1,
    "note" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "disabled_at" TIMESTAMPTZ(3),

    CONSTRAINT "promo_code_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payment_issue" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "attempt_id" UUID,
    "refund_id" UUID,
    "provider_payment_id" TEXT,
    "data" JSONB NOT NULL DEFAULT '{}',
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "resolved_at" TIMESTAMPTZ(3),
    "resolved_by_id" UUID,
    "note" TEXT,

    CONSTRAINT "payment_issue_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payment_check" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "kind" TEXT NOT NULL,
    "provider" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "seen" INTEGER NOT NULL DEFAULT 0,
    "found" JSONB NOT NULL DEFAULT '{}',
    "error" TEXT,

    CONSTRAINT "payment_check_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payment_switch" (
    "provider" TEXT NOT NULL,
    "stopped_at" TIMESTAMPTZ(3) NOT NULL,
    "by_id" UUID NOT NULL,

    CONSTRAINT "payment_switch_pkey" PRIMARY KEY ("provider")
);

-- CreateIndex
CREATE UNIQUE INDEX "payment_order_number_key" ON "payment_order"("number");

-- CreateIndex
CREATE INDEX "payment_order_created_at_id_idx" ON "payment_order"("created_at", "id");

-- CreateIndex
CREATE INDEX "payment_order_person_id_created_at_idx" ON "payment_order"("person_id", "created_at");

-- CreateIndex
CREATE INDEX "payment_order_course_id_idx" ON "payment_order"("course_id");

-- CreateIndex
CREATE INDEX "payment_order_promo_code_id_idx" ON "payment_order"("promo_code_id");

-- CreateIndex
CREATE INDEX "payment_order_state_expires_at_idx" ON "payment_order"("state", "expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "payment_order_person_id_client_id_key" ON "payment_order"("person_id", "client_id");

-- CreateIndex
CREATE UNIQUE INDEX "payment_order_subscription_id_period_start_key" ON "payment_order"("subscription_id", "period_start");

-- CreateIndex
CREATE INDEX "payment_attempt_order_id_idx" ON "payment_attempt"("order_id");

-- CreateIndex
CREATE INDEX "payment_attempt_method_id_idx" ON "payment_attempt"("method_id");

-- CreateIndex
CREATE INDEX "payment_attempt_next_check_at_idx" ON "payment_attempt"("next_check_at");

-- CreateIndex
CREATE INDEX "payment_attempt_provider_created_at_idx" ON "payment_attempt"("provider", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "payment_attempt_provider_provider_payment_id_key" ON "payment_attempt"("provider", "provider_payment_id");

-- CreateIndex
CREATE INDEX "payment_event_attempt_id_idx" ON "payment_event"("attempt_id");

-- CreateIndex
CREATE INDEX "payment_event_received_at_idx" ON "payment_event"("received_at");

-- CreateIndex
CREATE INDEX "payment_event_provider_received_at_idx" ON "payment_event"("provider", "received_at");

-- CreateIndex
CREATE UNIQUE INDEX "payment_event_provider_dedupe_key_key" ON "payment_event"("provider", "dedupe_key");

-- CreateIndex
CREATE INDEX "payment_refund_next_try_at_idx" ON "payment_refund"("next_try_at");

-- CreateIndex
CREATE UNIQUE INDEX "payment_refund_attempt_id_client_id_key" ON "payment_refund"("attempt_id", "client_id");

-- CreateIndex
CREATE UNIQUE INDEX "payment_refund_attempt_id_provider_refund_id_key" ON "payment_refund"("attempt_id", "provider_refund_id");

-- CreateIndex
CREATE UNIQUE INDEX "payment_ledger_refund_id_key" ON "payment_ledger"("refund_id");

-- CreateIndex
CREATE INDEX "payment_ledger_attempt_id_idx" ON "payment_ledger"("attempt_id");

-- CreateIndex
CREATE INDEX "payment_ledger_at_idx" ON "payment_ledger"("at");

-- CreateIndex
CREATE UNIQUE INDEX "entitlement_order_id_key" ON "entitlement"("order_id");

-- CreateIndex
CREATE INDEX "entitlement_person_id_course_id_idx" ON "entitlement"("person_id", "course_id");

-- CreateIndex
CREATE INDEX "entitlement_course_id_idx" ON "entitlement"("course_id");

-- CreateIndex
CREATE UNIQUE INDEX "payment_method_person_id_provider_token_hash_key" ON "payment_method"("person_id", "provider", "token_hash");

-- CreateIndex
CREATE INDEX "subscription_person_id_idx" ON "subscription"("person_id");

-- CreateIndex
CREATE INDEX "subscription_course_id_idx" ON "subscription"("course_id");

-- CreateIndex
CREATE INDEX "subscription_method_id_idx" ON "subscription"("method_id");

-- CreateIndex
CREATE INDEX "subscription_state_next_charge_at_idx" ON "subscription"("state", "next_charge_at");

-- CreateIndex
CREATE UNIQUE INDEX "promo_code_code_key" ON "promo_code"("code");

-- CreateIndex
CREATE INDEX "promo_code_created_at_id_idx" ON "promo_code"("created_at", "id");

-- CreateIndex
CREATE INDEX "promo_code_course_id_idx" ON "promo_code"("course_id");

-- CreateIndex
CREATE INDEX "payment_issue_resolved_at_first_seen_at_idx" ON "payment_issue"("resolved_at", "first_seen_at");

-- CreateIndex
CREATE INDEX "payment_issue_attempt_id_idx" ON "payment_issue"("attempt_id");

-- CreateIndex
CREATE UNIQUE INDEX "payment_issue_kind_key_key" ON "payment_issue"("kind", "key");

-- CreateIndex
CREATE INDEX "payment_check_started_at_idx" ON "payment_check"("started_at");

-- CreateIndex
CREATE INDEX "enrolment_ends_at_idx" ON "enrolment"("ends_at");

-- AddForeignKey
ALTER TABLE "payment_order" ADD CONSTRAINT "payment_order_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment_order" ADD CONSTRAINT "payment_order_course_id_fkey" FOREIGN KEY ("course_id") REFERENCES "course"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment_order" ADD CONSTRAINT "payment_order_subscription_id_fkey" FOREIGN KEY ("subscription_id") REFERENCES "subscription"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment_order" ADD CONSTRAINT "payment_order_promo_code_id_fkey" FOREIGN KEY ("promo_code_id") REFERENCES "promo_code"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment_attempt" ADD CONSTRAINT "payment_attempt_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "payment_order"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment_attempt" ADD CONSTRAINT "payment_attempt_method_id_fkey" FOREIGN KEY ("method_id") REFERENCES "payment_method"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment_refund" ADD CONSTRAINT "payment_refund_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "payment_attempt"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment_ledger" ADD CONSTRAINT "payment_ledger_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "payment_attempt"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment_ledger" ADD CONSTRAINT "payment_ledger_refund_id_fkey" FOREIGN KEY ("refund_id") REFERENCES "payment_refund"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entitlement" ADD CONSTRAINT "entitlement_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "payment_order"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entitlement" ADD CONSTRAINT "entitlement_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entitlement" ADD CONSTRAINT "entitlement_course_id_fkey" FOREIGN KEY ("course_id") REFERENCES "course"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment_method" ADD CONSTRAINT "payment_method_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subscription" ADD CONSTRAINT "subscription_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subscription" ADD CONSTRAINT "subscription_course_id_fkey" FOREIGN KEY ("course_id") REFERENCES "course"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subscription" ADD CONSTRAINT "subscription_method_id_fkey" FOREIGN KEY ("method_id") REFERENCES "payment_method"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "promo_code" ADD CONSTRAINT "promo_code_course_id_fkey" FOREIGN KEY ("course_id") REFERENCES "course"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What must never be, whatever the code does.
ALTER TABLE "payment_order" ADD CONSTRAINT "payment_order_amounts" CHECK ("list_minor" > 0 AND "amount_minor" BETWEEN 0 AND "list_minor");
ALTER TABLE "payment_attempt" ADD CONSTRAINT "payment_attempt_amounts"
  CHECK ("amount_minor" > 0 AND "captured_minor" >= 0 AND "refunded_minor" BETWEEN 0 AND "captured_minor");
ALTER TABLE "payment_refund" ADD CONSTRAINT "payment_refund_amount" CHECK ("amount_minor" > 0);
ALTER TABLE "payment_ledger" ADD CONSTRAINT "payment_ledger_sign"
  CHECK (("kind" = 'payment' AND "amount_minor" > 0 AND "refund_id" IS NULL) OR ("kind" IN ('refund', 'chargeback') AND "amount_minor" < 0 AND "refund_id" IS NOT NULL));
ALTER TABLE "promo_code" ADD CONSTRAINT "promo_code_one_of_two" CHECK (("percent" IS NULL) <> ("amount_minor" IS NULL));

-- An attempt brings its money once.
CREATE UNIQUE INDEX "payment_ledger_one_payment" ON "payment_ledger" ("attempt_id") WHERE "kind" = 'payment';
-- A student pays for a course by one subscription at a time.
CREATE UNIQUE INDEX "subscription_live_key" ON "subscription" ("person_id", "course_id") WHERE "state" IN ('active', 'past_due');

CREATE FUNCTION payment_ledger_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the ledger only grows';
END
$$;
CREATE TRIGGER "payment_ledger_only_grows" BEFORE UPDATE OR DELETE ON "payment_ledger"
  FOR EACH ROW EXECUTE FUNCTION payment_ledger_only_grows();

-- What the office looks for among many: payments that want a person, that came back, that were made under another address; subscriptions by what comes next.
CREATE INDEX "payment_attempt_attention" ON "payment_attempt" ("order_id") WHERE "held_reason" IS NOT NULL OR "sent_at" IS NOT NULL;
CREATE INDEX "payment_attempt_refunded" ON "payment_attempt" ("order_id") WHERE "refunded_minor" > 0;
CREATE INDEX "payment_attempt_declined" ON "payment_attempt" ("order_id") WHERE "state" = 'failed';
CREATE INDEX "payment_order_by_email" ON "payment_order" (lower("email"));
CREATE INDEX "subscription_running" ON "subscription" ("state", (coalesce("next_charge_at", 'infinity'::timestamptz)), "id")
  WHERE "cancelled_at" IS NULL AND "state" IN ('active', 'past_due');
CREATE INDEX "subscription_cancelled" ON "subscription" ((coalesce("paid_until", 'infinity'::timestamptz)), "id")
  WHERE "cancelled_at" IS NOT NULL AND "state" IN ('active', 'past_due');
CREATE INDEX "subscription_over" ON "subscription" ((coalesce("ended_at", '-infinity'::timestamptz)), "id") WHERE "state" = 'ended';
