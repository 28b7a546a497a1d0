-- CreateTable
CREATE TABLE "second_step" (
    "person_id" UUID NOT NULL,
    "secret" TEXT NOT NULL,
    "last_step" INTEGER NOT NULL,
    "turned_on_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "second_step_pkey" PRIMARY KEY ("person_id")
);

-- CreateTable
CREATE TABLE "recovery_code" (
    "person_id" UUID NOT NULL,
    "selector" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "recovery_code_pkey" PRIMARY KEY ("person_id","selector")
);

-- AddForeignKey
ALTER TABLE "second_step" ADD CONSTRAINT "second_step_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recovery_code" ADD CONSTRAINT "recovery_code_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "second_step"("person_id") ON DELETE CASCADE ON UPDATE CASCADE;
