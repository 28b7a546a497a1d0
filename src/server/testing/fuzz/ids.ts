/** What each id of an input names. A field that stands in none of these lists fails the tests that read them: its door would be tried with nothing. */
import type { Field } from './schema.ts';

/** Kinds whose things are one person's, or the office's own: for a stranger they are not there. */
export const privateKinds = [
  'attempt',
  'attemptFile',
  'charge',
  'chatFile',
  'issue',
  'message',
  'method',
  'order',
  'person',
  'post',
  'promo',
  'session',
  'subscription',
  'template',
  'thread',
  'upload',
  'work',
  'workFile',
] as const;
const openKinds = ['article', 'category', 'course', 'exam', 'file', 'subject', 'task', 'topic', 'video'] as const;
export type IdKind = (typeof privateKinds)[number] | (typeof openKinds)[number];
/** `new`: the client makes it up, for a thing that is to be made, or for itself. */
export type IdMeaning = IdKind | 'new';

/** By the field's own name, whatever the procedure. */
const byName: Record<string, IdMeaning> = {
  actor: 'person',
  articleId: 'article',
  attemptId: 'attempt',
  categoryId: 'category',
  clientId: 'new',
  courseId: 'course',
  examId: 'exam',
  lastEventId: 'message',
  newId: 'new',
  personId: 'person',
  'pictures[].id': 'upload',
  'pictures[].uploadId': 'upload',
  studentId: 'person',
  subjectId: 'subject',
  taskId: 'task',
  taskIds: 'task',
  threadId: 'thread',
  topicId: 'topic',
  uploadId: 'upload',
  uploadIds: 'upload',
  visitor: 'new',
  workId: 'work',
};

/** By procedure and field, where the name alone does not say it. The first that fits. */
const byPath: [pattern: RegExp, meaning: IdMeaning][] = [
  [/^auth\.endSession id$/, 'session'],
  [/^chat\.templates\.\w+ id$/, 'template'],
  [/^courses\.office\.(create|duplicate)\w+ newId$/, 'new'],
  [/^courses\.office\.(\w+Subject) (id|beforeId)$/, 'subject'],
  [/^courses\.office\.(\w+Course|setPrices|startNewYear) (id|beforeId)$/, 'course'],
  [/^courses\.office\.(\w+Topic|setTopicOpening|openTopicNow|early) (id|beforeId)$/, 'topic'],
  [/^courses\.office\.\w+Task (id|beforeId)$/, 'task'],
  [/^courses\.media\.\w+Video (id|beforeId)$/, 'video'],
  [/^exams\.start attemptId$/, 'new'],
  [/^exams\.long\.removeFile fileId$/, 'attemptFile'],
  [/^exams\.office\.setTasks base\[\]$/, 'task'],
  [/^exams\.office\.pickByNumbers not/, 'task'],
  [/^exams\.office\.\w+ (id|beforeId)$/, 'exam'],
  [/^(files|courses)\.\w+ fileIds?(\[\])?$/, 'file'],
  [/^files\.upload id$/, 'upload'],
  [/^news\.(office\.\w+|article) id$/, 'post'],
  [/^payments\.office\.(refund|recordRefund|settleHeld) attemptId$/, 'charge'],
  [/^payments\.office\.promo\.\w+ id$/, 'promo'],
  [/^payments\.office\.resolveIssue id$/, 'issue'],
  [/^payments\.office\.endSubscription id$/, 'subscription'],
  [/^payments\.(cancelSubscription|resumeSubscription|payPeriod) id$/, 'subscription'],
  [/^payments\.forgetMethod id$/, 'method'],
  [/^payments\.(office\.)?\w+ id$/, 'order'],
  [/^reviews\.list cursor\.id$/, 'work'],
  [/^support\.office\.\w*Category (id|beforeId)$/, 'category'],
  [/^support\.office\.\w+ (id|beforeId)$/, 'article'],
  // The task, or the topic, of a text.
  [/^texts\.\w+ subjectId$/, 'task'],
];

export function isId({ path, schema }: Field): boolean {
  const format = 'format' in schema ? schema.format : null;
  return format === 'uuid' || format === 'guid' || /(?:^|[a-z.])(?:id|Id|ids|Ids)(?:\[\])?$/.test(path);
}

/** What an id names; null: nobody has said it. */
export function meaningOf(procedure: string, field: string): IdMeaning | null {
  const [, special] = byPath.find(([pattern]) => pattern.test(`${procedure} ${field}`)) ?? [];
  if (special) return special;
  const own = field.split('.').at(-1)?.replace(/\[\]$/, '') ?? '';
  return byName[field] ?? byName[own] ?? null;
}
