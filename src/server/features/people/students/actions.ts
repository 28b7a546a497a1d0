import type * as z from 'zod';
import { Prisma } from '#prisma/generated/client.ts';
import type { AuditAction } from '#shared/audit.ts';
import { AppError } from '#shared/errors.ts';
import type { blockStudentInput, updateStudentInput } from '#shared/students.ts';
import type { Actor, App } from '../../../platform/app.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/db.ts';
import { tellOpenedEarly } from '../../notifications/topics/actions.ts';
import { followEntitlements, holdRights } from '../../payments/entitlements/steps.ts';
import { holdPurchase } from '../../payments/record/steps.ts';
import { endSubscriptionsOf } from '../../payments/subscriptions/steps.ts';
import { registryWrite } from '../../registry/job-kinds.ts';
import { isBlockedByModerator } from '../personal-data/closing/steps.ts';
import { readPhone } from '../phone.ts';
import { accessStudent, type KnownStudent, nameOf } from './access.ts';

/**
 * Mends what a student mistyped. Another address is to be proven anew: all sessions end, and codes on their way to the old one open nothing.
 * @throws AppError STUDENTS_NOT_FOUND; INPUT_INVALID for a phone that cannot be and for an address that somebody has
 */
export async function updateStudent(app: App, actor: Actor, input: z.output<typeof updateStudentInput>): Promise<void> {
  const student = await accessStudent(app, actor, input.personId);
  const phone = input.phone === undefined ? undefined : readPhone(input.phone);
  if (phone === 'invalid') throw AppError.invalid({ field: 'phone', code: 'phone-invalid' });
  const { firstName = student.firstName, lastName = student.lastName, email = student.email } = input;
  const wanted = { firstName, lastName, email, phone: phone === undefined ? student.phone : phone };
  const fields = (['firstName', 'lastName', 'email', 'phone'] as const).filter((field) => wanted[field] !== student[field]);
  if (fields.length === 0) return;
  const of = (values: typeof wanted) => Object.fromEntries(fields.map((field) => [field, values[field]]));
  const personId = student.self.id;
  const newAddress = fields.includes('email');
  try {
    await app.db.$transaction(async (tx) => {
      const data = { ...of(wanted), ...(newAddress ? { emailVerifiedAt: null } : {}) };
      await tx.person.update({ where: { id: personId }, data, select: { id: true } });
      if (newAddress) {
        await app.sessions.endIn(tx, personId, 'all');
        await tx.loginCode.deleteMany({ where: { personId, usedAt: null } });
      }
      await recordAudit(app, tx, actor, {
        action: 'student.update',
        subject: personId,
        label: nameOf(wanted),
        before: of(student),
        after: of(wanted),
      });
      await app.jobs.enqueue(tx, registryWrite, {});
    });
  } catch (error) {
    // The unique index decides, also between two moderators at once.
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002')
      throw AppError.invalid({ field: 'email', code: 'email-taken' });
    throw error;
  }
}

/**
 * Closes the account at once. Sessions stay written down and open nothing (they are read together with the block), so that the next request can be
 * told why; blocked twice is blocked once.
 * @throws AppError STUDENTS_NOT_FOUND
 */
export async function blockStudent(app: App, actor: Actor, input: z.output<typeof blockStudentInput>): Promise<void> {
  const student = await accessStudent(app, actor, input.personId);
  await app.db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM person WHERE id = ${student.self.id}::uuid FOR UPDATE`;
    if (await isBlockedByModerator(tx, student.self.id)) return;
    // One that its student has deleted is shut already; blocked, it cannot be taken back.
    await tx.person.update({ where: { id: student.self.id }, data: { blockedAt: app.clock.now() }, select: { id: true } });
    await app.bus.publish(tx, 'sessions', { kind: 'blocked', personId: student.self.id });
    await note(app, tx, actor, student, 'student.block', { after: { reason: input.reason } });
  });
}

/** Opens the account again; one that its student has deleted only they can open. The sessions from before the block end now: whoever had them signs in anew. */
export async function unblockStudent(app: App, actor: Actor, input: { personId: string }): Promise<void> {
  const student = await accessStudent(app, actor, input.personId);
  await app.db.$transaction(async (tx) => {
    const { count } = await tx.person.updateMany({
      where: { id: student.self.id, blockedAt: { not: null }, eraseAt: null },
      data: { blockedAt: null },
    });
    if (count === 0) return;
    await app.sessions.endIn(tx, student.self.id, 'all');
    await note(app, tx, actor, student, 'student.unblock');
  });
}

export type Enrolled = { at: string; how: 'free' | 'granted' };

/**
 * Gives a course to a student; one they take already stays as it is. One they pay for is theirs for good from now on, and charged no more.
 * @param input `as`: puts back what `revokeCourse` took away
 * @throws AppError STUDENTS_NOT_FOUND, COURSES_NOT_FOUND
 */
export async function grantCourse(
  app: App,
  actor: Actor,
  input: { personId: string; courseId: string; as?: Enrolled | undefined },
): Promise<void> {
  const student = await accessStudent(app, actor, input.personId);
  const { personId, courseId, as } = input;
  await app.db.$transaction(async (tx) => {
    const course = await findCourse(tx, courseId);
    const enrolledAt = as ? new Date(as.at) : app.clock.now();
    const how = as?.how ?? 'granted';
    // A subscription that is paid for the first time at this moment is ended too, here or there.
    await holdPurchase(tx, { personId, courseId });
    await endSubscriptionsOf(app, tx, { personId, courseId, reason: 'replaced' });
    // Raw: what ends, or follows from a payment, becomes what does not, in one statement with the row that may not be there.
    const count = await tx.$executeRaw`INSERT INTO enrolment AS e (person_id, course_id, enrolled_at, how)
      VALUES (${personId}::uuid, ${courseId}::uuid, ${enrolledAt}, ${how})
      ON CONFLICT (person_id, course_id) DO UPDATE SET how = EXCLUDED.how, ends_at = NULL WHERE e.how = 'paid' OR e.ends_at IS NOT NULL`;
    if (count > 0) await note(app, tx, actor, student, 'student.grant-course', { after: { course: course.title, how } });
  });
}

/**
 * Takes a course from a student; what they did in it is kept. Null: they did not take it. What they have paid for besides stays theirs: that is taken back
 * with its money.
 * @throws AppError STUDENTS_NOT_FOUND, COURSES_NOT_FOUND; PAYMENTS_STATE for a course that follows from a payment
 */
export async function revokeCourse(app: App, actor: Actor, input: { personId: string; courseId: string }): Promise<Enrolled | null> {
  const student = await accessStudent(app, actor, input.personId);
  const { personId, courseId } = input;
  return app.db.$transaction(async (tx) => {
    const course = await findCourse(tx, courseId);
    await holdRights(tx, personId, courseId);
    const [taken] = await tx.$queryRaw<{ at: Date; how: string }[]>`SELECT enrolled_at AS at, how FROM enrolment
      WHERE person_id = ${personId}::uuid AND course_id = ${courseId}::uuid FOR UPDATE`;
    if (!taken) return null;
    if (taken.how === 'paid') throw new AppError('PAYMENTS_STATE');
    await tx.enrolment.deleteMany({ where: { personId, courseId } });
    await followEntitlements(app, tx, personId, courseId);
    await note(app, tx, actor, student, 'student.revoke-course', { before: { course: course.title, how: taken.how } });
    return { at: taken.at.toISOString(), how: taken.how === 'granted' ? 'granted' : 'free' };
  });
}

/**
 * Opens a topic to one student before its date.
 * @throws AppError STUDENTS_NOT_FOUND, TOPICS_NOT_FOUND
 */
export async function openTopicEarly(app: App, actor: Actor, input: { personId: string; topicId: string }): Promise<void> {
  const student = await accessStudent(app, actor, input.personId);
  const { personId, topicId } = input;
  await app.db.$transaction(async (tx) => {
    const topic = await findTopic(tx, topicId);
    const data = [{ personId, topicId, openedAt: app.clock.now() }];
    const { count } = await tx.topicOpening.createMany({ data, skipDuplicates: true });
    if (count === 0) return;
    await note(app, tx, actor, student, 'student.open-topic', { after: topic });
    await tellOpenedEarly(app, tx, { personId, topicId });
  });
}

/**
 * Takes an early opening back. A topic the student has been in stays open to them all the same.
 * @throws AppError STUDENTS_NOT_FOUND, TOPICS_NOT_FOUND
 */
export async function closeTopicAgain(app: App, actor: Actor, input: { personId: string; topicId: string }): Promise<void> {
  const student = await accessStudent(app, actor, input.personId);
  const { personId, topicId } = input;
  await app.db.$transaction(async (tx) => {
    const topic = await findTopic(tx, topicId);
    const { count } = await tx.topicOpening.deleteMany({ where: { personId, topicId } });
    if (count > 0) await note(app, tx, actor, student, 'student.close-topic', { before: topic });
  });
}

// What the journal calls things that may be gone when it is read.
async function findCourse(tx: Tx, id: string): Promise<{ title: string }> {
  const course = await tx.course.findFirst({ where: { id, deletedAt: null }, select: { title: true } });
  if (!course) throw new AppError('COURSES_NOT_FOUND');
  return course;
}

async function findTopic(tx: Tx, id: string): Promise<{ course: string; topic: string }> {
  const topic = await tx.topic.findFirst({
    where: { id, deletedAt: null, course: { deletedAt: null } },
    select: { title: true, course: { select: { title: true } } },
  });
  if (!topic) throw new AppError('TOPICS_NOT_FOUND');
  return { course: topic.course.title, topic: topic.title };
}

type Change = { before?: Prisma.InputJsonObject; after?: Prisma.InputJsonObject };

function note(app: App, tx: Tx, actor: Actor, student: KnownStudent, action: AuditAction, change: Change = {}): Promise<void> {
  return recordAudit(app, tx, actor, { action, subject: student.self.id, label: student.name, ...change });
}
