import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AuditPageDto, auditPageSize, type ListAuditInput } from '#shared/audit.ts';
import type { Actor, App } from '../../platform/app.ts';
import { type AuditNote, recordAudit } from '../../platform/audit.ts';
import { aBrowser } from '../../testing/browser.ts';
import { aCourse, aNumber, type MadeCourse } from '../../testing/course.ts';
import { statementsOf } from '../../testing/statements.ts';
import { aModerator, aSchool, aStudent, type School, type Student } from '../../testing/world.ts';
import { updateMe } from '../people/actions.ts';
import { listAudit } from './queries.ts';

let school: School;
let app: App;
let moderator: Student;
let student: Student;
let course: MadeCourse;

async function note(actor: Actor, at: string, entry: AuditNote) {
  school.clock.set(at);
  await app.db.$transaction((tx) => recordAudit(app, tx, actor, entry));
}

const noon = '2026-11-24T09:00:00Z';
beforeAll(async () => {
  school = await aSchool();
  app = school.app;
  moderator = await aModerator(app);
  student = await aStudent(app);
  course = await aCourse(app, { topics: [{ tasks: [aNumber('1')] }] });
  await app.db.auditEntry.deleteMany({});
  const { actor } = moderator;
  // The last minute of the 22nd in Moscow, and the first of the 23rd.
  await note(actor, '2026-11-22T20:59:30Z', {
    action: 'course.update',
    subject: course.id,
    label: 'Математика 60+',
    before: { target: 60 },
    after: { target: 80 },
  });
  await note(actor, '2026-11-22T21:00:00Z', { action: 'topic.rename', subject: course.topic(0).id, label: '100 % корней' });
  await note(actor, noon, { action: 'task.publish', subject: course.task(0, 0), label: 'Корни' });
  await note({ kind: 'cli' }, noon, { action: 'course.import', subject: course.slug, label: 'Физика' });
  school.clock.set(noon);
  await updateMe(app, student.actor, { firstName: 'Анна' });
});
afterAll(() => school.close());

const list = (input: ListAuditInput = {}) => listAudit(app, input);
const actionsOf = ({ entries }: AuditPageDto) => entries.map(({ action }) => action);

test('newest first, with the names of people and the places of things', async () => {
  const { entries, nextCursor } = await list();
  expect(nextCursor).toBeNull();
  expect(actionsOf({ entries, nextCursor })).toEqual(['person.update', 'course.import', 'task.publish', 'topic.rename', 'course.update']);
  expect(entries[0]).toMatchObject({
    actor: { kind: 'person', id: student.actor.id, name: 'Анна Соколов' },
    label: 'Анна Соколов',
    href: `/admin/students/${student.actor.id}`,
    changes: [{ field: 'firstName', before: 'Илья', after: 'Анна', long: false }],
  });
  expect(entries[1]).toMatchObject({ actor: { kind: 'cli' }, label: 'Физика', href: `/admin/courses/${course.slug}` });
  expect(entries[2]).toMatchObject({ actor: { name: 'Ольга Громова' }, href: `/admin/tasks/${course.task(0, 0)}`, changes: [] });
  expect(entries[4]?.changes).toEqual([{ field: 'target', before: 60, after: 80, long: false }]);
});

test.each<[string, () => ListAuditInput, string[]]>([
  ['one moderator', () => ({ actor: moderator.actor.id }), ['task.publish', 'topic.rename', 'course.update']],
  ['the command line', () => ({ actor: 'cli' }), ['course.import']],
  ['students', () => ({ actor: 'students' }), ['person.update']],
  ['a kind of things', () => ({ kind: 'courses' }), ['course.import', 'course.update']],
  ['one action', () => ({ action: 'topic.rename' }), ['topic.rename']],
  ['one thing', () => ({ subject: course.task(0, 0) }), ['task.publish']],
  ['a part of a name, in any case', () => ({ text: 'КОРН' }), ['task.publish', 'topic.rename']],
  ['a sign that is no pattern', () => ({ text: '0 %' }), ['topic.rename']],
  ['nothing of such a name', () => ({ text: '_' }), []],
  ['a day of the school’s zone', () => ({ from: '2026-11-23', to: '2026-11-23' }), ['topic.rename']],
  ['from a day on', () => ({ from: '2026-11-24' }), ['person.update', 'course.import', 'task.publish']],
  ['until a day', () => ({ to: '2026-11-22' }), ['course.update']],
  ['several at once', () => ({ actor: moderator.actor.id, kind: 'tasks', from: '2026-11-24', text: 'корни' }), ['task.publish']],
])('the filter: %s', async (_, input, actions) => {
  expect(actionsOf(await list({ ...input(), direction: 'forward' }))).toEqual(actions);
});

test('whoever and whatever is gone keeps the name that was written down', async () => {
  const gone = await aModerator(app);
  const { id } = await aCourse(app);
  await note(gone.actor, noon, { action: 'course.delete', subject: id, label: 'Химия' });
  await app.db.course.delete({ where: { id } });
  await app.db.person.delete({ where: { id: gone.actor.id } });
  expect((await list({ subject: id })).entries[0]).toMatchObject({
    actor: { kind: 'person', name: null },
    label: 'Химия',
    href: null,
  });
});

test('a name is found however its letters are written, and a day of the journal reads on where its page ended', async () => {
  for (const [text, found] of [
    ['математика', ['course.update']],
    ['КОРН', ['task.publish', 'topic.rename']],
    ['100 %', ['topic.rename']],
    ['1%0', []],
    ['zzz', []],
  ] as const)
    expect(actionsOf(await list({ text })), text).toEqual(found);
  // Two of the same instant.
  const day = { from: '2026-11-24', to: '2026-11-24' };
  const all = (await list(day)).entries;
  const rest = await list({ ...day, cursor: all[0]?.id ?? '' });
  expect(rest.entries).toEqual(all.slice(1));
});

test('pages do not shift while new entries come, and take two statements however long the journal is', async () => {
  const { length } = (await list()).entries;
  const rows = Array.from({ length: 2000 }, (_, n) => ({
    at: new Date(noon),
    actor: moderator.actor.id,
    action: 'task.publish',
    subject: course.task(0, 0),
    label: `Задание ${n}`,
  }));
  await app.db.auditEntry.createMany({ data: rows });
  const first = await list();
  expect(first.entries).toHaveLength(auditPageSize);
  await note(moderator.actor, noon, { action: 'task.create', subject: course.task(0, 0), label: 'Новое' });
  const seen = new Set(first.entries.map(({ id }) => id));
  let cursor = first.nextCursor;
  while (cursor) {
    const page = await list({ cursor });
    for (const { id } of page.entries) seen.add(id);
    cursor = page.nextCursor;
  }
  expect(seen.size).toBe(2000 + length);
  expect(await statementsOf(app, () => list())).toHaveLength(2);
});

test('the browser of a moderator reads it; an unknown action is refused', async () => {
  const browser = aBrowser(app, moderator);
  expect((await browser.call.audit.actors()).map(({ name }) => name)).toContain('Ольга Громова');
  await expect(browser.call.audit.list({ action: 'task.explode' as 'task.publish' })).rejects.toThrow();
});

test('a subscription leads to the list that has it, and there to its student', async () => {
  const { actor: buyer, email } = await aStudent(app);
  const of = {
    personId: buyer.id,
    courseId: course.id,
    provider: 'tbank',
    amountMinor: 29_000,
    currency: 'RUB',
    createdAt: app.clock.now(),
  };
  const { id } = await app.db.subscription.create({ data: { ...of, state: 'active', cancelledAt: app.clock.now() }, select: { id: true } });
  await note(moderator.actor, '2026-12-01T09:00:00Z', { action: 'subscription.end', subject: id, label: 'Химия' });
  const href = async () => (await list({ action: 'subscription.end' })).entries[0]?.href;
  const there = `/admin/payments/subscriptions?q=${encodeURIComponent(email)}`;
  expect(await href()).toBe(`${there}&filter=cancelled`);
  await app.db.subscription.update({ where: { id }, data: { state: 'ended' }, select: { id: true } });
  expect(await href()).toBe(`${there}&filter=ended`);
});
