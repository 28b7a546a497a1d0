import * as z from 'zod';
import { searchInput } from './search.ts';
import { isNearInstant } from './storable.ts';

/** What the journal is about, for its filter. */
export const auditKinds = [
  'courses',
  'topics',
  'tasks',
  'exams',
  'works',
  'students',
  'chat',
  'faq',
  'news',
  'payments',
  'moderators',
] as const;
export type AuditKind = (typeof auditKinds)[number];

/** Every deed that is written down, and what it is about. Its words stand in i18n office/audit; a test reads the code for deeds that are missing. */
export const auditActions = {
  'course.create': 'courses',
  'course.update': 'courses',
  'course.publish': 'courses',
  'course.unpublish': 'courses',
  'course.move': 'courses',
  'course.copy': 'courses',
  'course.new-year': 'courses',
  'course.import': 'courses',
  'course.export': 'courses',
  'course.delete': 'courses',
  'course.restore': 'courses',
  'course.discardDraft': 'courses',
  'description.publish': 'courses',
  'subject.create': 'courses',
  'subject.update': 'courses',
  'subject.delete': 'courses',
  'subject.restore': 'courses',
  'topic.create': 'topics',
  'topic.rename': 'topics',
  'topic.publish': 'topics',
  'topic.unpublish': 'topics',
  'topic.opening': 'topics',
  'topic.open-now': 'topics',
  'topic.move': 'topics',
  'topic.copy': 'topics',
  'topic.import-tasks': 'topics',
  'topic.delete': 'topics',
  'topic.restore': 'topics',
  'theory.publish': 'topics',
  'theory.discardDraft': 'topics',
  'video.add': 'topics',
  'video.update': 'topics',
  'video.move': 'topics',
  'video.remove': 'topics',
  'video.restore': 'topics',
  'file.add': 'topics',
  'file.rename': 'topics',
  'file.arrange': 'topics',
  'file.remove': 'topics',
  'file.restore': 'topics',
  'task.create': 'tasks',
  'task.rename': 'tasks',
  'task.publish': 'tasks',
  'task.unpublish': 'tasks',
  'task.key-fix': 'tasks',
  'task.move': 'tasks',
  'task.copy': 'tasks',
  'task.delete': 'tasks',
  'task.restore': 'tasks',
  'task.discardDraft': 'tasks',
  'text.discard': 'tasks',
  'task.reply': 'tasks',
  'task.remove-reply': 'tasks',
  'exam.create': 'exams',
  'exam.update': 'exams',
  'exam.tasks': 'exams',
  'exam.publish': 'exams',
  'exam.unpublish': 'exams',
  'exam.move': 'exams',
  'exam.copy': 'exams',
  'exam.delete': 'exams',
  'exam.restore': 'exams',
  'exam.extra': 'exams',
  'exam.finish': 'exams',
  'exam.export': 'exams',
  'scale.save': 'exams',
  'scale.remove': 'exams',
  'work.accept': 'works',
  'work.return': 'works',
  'work.reopen': 'works',
  'work.grant-extra': 'works',
  'work.revoke-extra': 'works',
  'student.update': 'students',
  'student.block': 'students',
  'student.unblock': 'students',
  'student.grant-course': 'students',
  'student.revoke-course': 'students',
  'student.open-topic': 'students',
  'student.close-topic': 'students',
  'students.export': 'students',
  'registry.export': 'students',
  'person.update': 'students',
  'person.close': 'students',
  'person.keep': 'students',
  'person.erase': 'students',
  'person.export': 'students',
  'chat.open': 'chat',
  'chat.close': 'chat',
  'chat.reopen': 'chat',
  'chat.delete-message': 'chat',
  'chat.restore-message': 'chat',
  'room.create': 'chat',
  'room.rename': 'chat',
  'room.close': 'chat',
  'room.reopen': 'chat',
  'template.create': 'chat',
  'template.update': 'chat',
  'template.remove': 'chat',
  'template.restore': 'chat',
  'faq.create': 'faq',
  'faq.update': 'faq',
  'faq.move': 'faq',
  'faq.remove': 'faq',
  'faq.restore': 'faq',
  'faq-category.create': 'faq',
  'faq-category.rename': 'faq',
  'faq-category.move': 'faq',
  'faq-category.remove': 'faq',
  'news.send': 'news',
  'news.schedule': 'news',
  'news.unschedule': 'news',
  'news.pause': 'news',
  'news.resume': 'news',
  'news.cancel': 'news',
  'news.update': 'news',
  'news.delete': 'news',
  'news.restore': 'news',
  'mail.unblock': 'news',
  'course.price': 'courses',
  'payment.refund': 'payments',
  'payment.record-refund': 'payments',
  'payment.settle': 'payments',
  'payment.close-access': 'payments',
  'payment.resolve': 'payments',
  'payment.stop': 'payments',
  'payment.start': 'payments',
  'payment.import-registry': 'payments',
  'payment.export': 'payments',
  'subscription.end': 'payments',
  'promo.create': 'payments',
  'promo.update': 'payments',
  'promo.disable': 'payments',
  'promo.enable': 'payments',
  'moderator.add': 'moderators',
  'moderator.block': 'moderators',
  'moderator.unblock': 'moderators',
  'moderator.password': 'moderators',
  'moderator.second-step-on': 'moderators',
  'moderator.second-step-off': 'moderators',
  'moderator.recovery-codes': 'moderators',
  'moderator.recovery-code': 'moderators',
  'moderator.remove': 'moderators',
  'school.operator': 'moderators',
} as const satisfies Record<string, AuditKind>;
export type AuditAction = keyof typeof auditActions;

export function isAuditAction(action: string): action is AuditAction {
  return Object.hasOwn(auditActions, action);
}

export const auditPageSize = 50;

const day = z.iso.date().refine(isNearInstant, 'invalid');
const actionCode = z.string().refine(isAuditAction);

export const listAuditInput = z.strictObject({
  /** A person's id, «cli», «system», or «students»: whoever is no moderator. */
  actor: z.union([z.uuid(), z.enum(['cli', 'system', 'students'])]).optional(),
  kind: z.enum(auditKinds).optional(),
  action: actionCode.optional(),
  /** Id of the one thing it is about. */
  subject: searchInput(100).optional(),
  /** Calendar days of the school's zone, both included. */
  from: day.optional(),
  to: day.optional(),
  /** Part of the thing's name. */
  text: searchInput(100).optional(),
  /** Of the page before. */
  cursor: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
  /** Sent along by the client's paged queries; there is one only. */
  direction: z.literal('forward').optional(),
});
export type ListAuditInput = z.infer<typeof listAuditInput>;

const scalar = z.union([z.string(), z.number(), z.boolean()]).nullable();

export const auditChangeDto = z.object({
  /** Name of the field; its words stand in i18n office/audit. */
  field: z.string(),
  before: scalar,
  after: scalar,
  /** A text too long for a line: only that it changed is told. */
  long: z.boolean(),
});
export type AuditChangeDto = z.infer<typeof auditChangeDto>;

export const auditEntryDto = z.object({
  id: z.string(),
  at: z.string(),
  /** `name` is null where the account is gone. */
  actor: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('person'), id: z.string(), name: z.string().nullable() }),
    z.object({ kind: z.literal('cli') }),
    z.object({ kind: z.literal('system') }),
  ]),
  action: z.string(),
  subject: z.string(),
  /** What the thing was called then; empty where nobody knows any more. */
  label: z.string(),
  /** Where it is found in the office; null: it is gone, or has no page. */
  href: z.string().nullable(),
  changes: z.array(auditChangeDto),
});
export type AuditEntryDto = z.infer<typeof auditEntryDto>;

/** Newest first. */
export const auditPageDto = z.object({ entries: z.array(auditEntryDto), nextCursor: z.string().nullable() });
export type AuditPageDto = z.infer<typeof auditPageDto>;

export const auditActorDto = z.object({ id: z.string(), name: z.string() });
export type AuditActorDto = z.infer<typeof auditActorDto>;
