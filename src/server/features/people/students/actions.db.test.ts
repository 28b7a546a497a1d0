/**
 * One file, because every deed is checked at the same three places: what the student meets next, what the page of the office shows, what the
 * journal says.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { audit as words } from '#shared/i18n/ru/office/audit.ts';
import type { App } from '../../../platform/app.ts';
import { aBrowser, type Browser } from '../../../testing/browser.ts';
import { aCourse, aNumber } from '../../../testing/course.ts';
import { solve } from '../../../testing/solve.ts';
import { aLongTask, grade, handInText } from '../../../testing/works.ts';
import { aModerator, anEmail, aSchool, aStudent, codeFor, limitsElapse, type School, type Student } from '../../../testing/world.ts';
import { openTopic } from '../../courses/open-topic.ts';

let school: School;
let app: App;
let teacher: Student;
let office: Browser['call']['people']['students'];
let officeBrowser: Browser;
beforeAll(async () => {
  school = await aSchool();
  app = school.app;
  teacher = await aModerator(app);
  officeBrowser = aBrowser(app, teacher);
  office = officeBrowser.call.people.students;
});
afterAll(() => school.close());

let student: Student;
let own: Browser;
let personId: string;
beforeEach(async () => {
  student = await aStudent(app);
  own = aBrowser(app, student);
  personId = student.actor.id;
});

const code = (of: string) => expect.objectContaining({ code: of });
const refused = (work: Promise<unknown>, reason: string) => expect(work).rejects.toMatchObject({ cause: code(reason) });
const journal = async () =>
  (await app.db.auditEntry.findMany({ where: { subject: personId, actor: teacher.actor.id }, orderBy: { id: 'asc' } })).map(
    ({ action, label, before, after }) => ({ action, label, before, after }),
  );

describe('courses and topics', () => {
  test('a paid course is there as soon as it is granted, and gone as soon as it is taken away', async () => {
    const course = await aCourse(app, { priceMinor: 149_000, topics: [{}] });
    const page = () => own.call.courses.topic({ course: course.slug, topic: 'topic-1' });
    await refused(page(), 'COURSES_NO_ACCESS');
    await office.grantCourse({ personId, courseId: course.id });
    expect((await page()).title).toBe('Тема 1');
    expect((await own.call.progress.mine()).courses.map(({ slug }) => slug)).toEqual([course.slug]);
    const taken = await office.revokeCourse({ personId, courseId: course.id });
    await refused(page(), 'COURSES_NO_ACCESS');
    expect(taken?.how).toBe('granted');
    const title = `Курс ${course.slug}`;
    const label = 'Соколов Илья';
    expect(await journal()).toEqual([
      { action: 'student.grant-course', label, before: null, after: { course: title, how: 'granted' } },
      { action: 'student.revoke-course', label, before: { course: title, how: 'granted' }, after: null },
    ]);
  });

  test('what was taken away comes back as it was', async () => {
    const course = await aCourse(app, { topics: [{ tasks: [aNumber('1')] }] });
    await openTopic(app, student.actor, { course: course.slug, topic: 'topic-1' });
    await solve(app, student.actor, course.task(0, 0), ['1']);
    const before = await app.db.enrolment.findFirstOrThrow({ where: { personId } });
    school.clock.forward(60_000);
    const taken = await office.revokeCourse({ personId, courseId: course.id });
    expect(taken).toEqual({ at: before.enrolledAt.toISOString(), how: 'free' });
    await office.grantCourse({ personId, courseId: course.id, as: taken ?? undefined });
    expect(await app.db.enrolment.findFirstOrThrow({ where: { personId } })).toEqual(before);
    expect((await own.call.progress.mine()).tasks).toEqual({ done: 1, total: 1 });
  });

  test('twice is once, and only the first is written down', async () => {
    const course = await aCourse(app, { topics: [{ opensIn: 24 }] });
    const topicId = course.topic(0).id;
    await Promise.all([office.grantCourse({ personId, courseId: course.id }), office.grantCourse({ personId, courseId: course.id })]);
    await Promise.all([office.openTopic({ personId, topicId }), office.openTopic({ personId, topicId })]);
    await Promise.all([office.closeTopic({ personId, topicId }), office.closeTopic({ personId, topicId })]);
    const both = await Promise.all([
      office.revokeCourse({ personId, courseId: course.id }),
      office.revokeCourse({ personId, courseId: course.id }),
    ]);
    expect(both.filter((taken) => taken !== null)).toHaveLength(1);
    expect((await journal()).map(({ action }) => action)).toEqual([
      'student.grant-course',
      'student.open-topic',
      'student.close-topic',
      'student.revoke-course',
    ]);
  });

  test('a topic opened early is open to this student at once, to nobody else, and closes again', async () => {
    const course = await aCourse(app, { topics: [{ opensIn: 24 }, { opensIn: 48 }] });
    const topicId = course.topic(0).id;
    const page = (browser: Browser) => browser.call.courses.get({ course: course.slug });
    await office.openTopic({ personId, topicId });
    expect((await page(own)).topics.map(({ open }) => open)).toEqual([true, false]);
    expect((await page(aBrowser(app, await aStudent(app)))).topics.map(({ open }) => open)).toEqual([false, false]);
    await office.closeTopic({ personId, topicId });
    expect((await page(own)).topics.map(({ open }) => open)).toEqual([false, false]);
    await refused(own.call.courses.topic({ course: course.slug, topic: 'topic-1' }), 'TOPICS_NOT_OPEN');
  });

  test('where the student has been the topic stays open', async () => {
    const course = await aCourse(app, { topics: [{ opensIn: 24 }] });
    const topicId = course.topic(0).id;
    await office.openTopic({ personId, topicId });
    await own.call.courses.topic({ course: course.slug, topic: 'topic-1' });
    await office.closeTopic({ personId, topicId });
    const [taken] = await office.courses({ personId });
    expect(taken?.topics).toMatchObject([{ open: true, visited: true, openedEarlyAt: null }]);
  });

  test('what is not there is refused by its name', async () => {
    const nobody = crypto.randomUUID();
    const course = await aCourse(app, { topics: [{}] });
    await refused(office.grantCourse({ personId: nobody, courseId: course.id }), 'STUDENTS_NOT_FOUND');
    await refused(office.grantCourse({ personId: teacher.actor.id, courseId: course.id }), 'STUDENTS_NOT_FOUND');
    await refused(office.grantCourse({ personId, courseId: nobody }), 'COURSES_NOT_FOUND');
    await refused(office.openTopic({ personId, topicId: nobody }), 'TOPICS_NOT_FOUND');
    await app.db.course.update({ where: { id: course.id }, data: { deletedAt: school.clock.now() } });
    await refused(office.grantCourse({ personId, courseId: course.id }), 'COURSES_NOT_FOUND');
    await refused(office.openTopic({ personId, topicId: course.topic(0).id }), 'TOPICS_NOT_FOUND');
  });
});

describe('a blocked student', () => {
  test('is refused at the next request and told why; unblocked, signs in anew', async () => {
    await own.call.progress.home();
    await office.block({ personId, reason: 'Аккаунтом пользуются двое' });
    await refused(own.call.progress.home(), 'AUTH_BLOCKED');
    expect(await own.call.auth.me()).toBeNull();
    expect(await office.get({ personId })).toMatchObject({
      sessions: 0,
      blocked: { at: school.clock.now().toISOString(), reason: 'Аккаунтом пользуются двое' },
    });
    await office.unblock({ personId });
    await refused(own.call.progress.home(), 'AUTH_SESSION_REQUIRED');
    expect(await app.db.session.count({ where: { personId } })).toBe(0);
    expect((await office.get({ personId })).blocked).toBeNull();
    expect((await journal()).map(({ action, after }) => [action, after])).toEqual([
      ['student.block', { reason: 'Аккаунтом пользуются двое' }],
      ['student.unblock', null],
    ]);
  });

  test('asks for a code as anybody, and hears of the block only with the right one', async () => {
    await office.block({ personId });
    await limitsElapse(app, 3600);
    school.clock.forward(60_000);
    const visitor = aBrowser(app);
    const known = await visitor.call.auth.requestCode({ email: student.email, locale: 'ru' });
    const stranger = await aBrowser(app).call.auth.requestCode({ email: anEmail(), locale: 'ru' });
    expect(Object.keys(known)).toEqual(Object.keys(stranger));
    const right = await codeFor(app, student.email);
    const wrong = right === '000000' ? '000001' : '000000';
    expect(await visitor.call.auth.verifyCode({ code: wrong })).toEqual({ outcome: 'wrong', attemptsLeft: 4 });
    expect(await visitor.call.auth.verifyCode({ code: right })).toEqual({ outcome: 'blocked' });
    expect(await visitor.call.auth.me()).toBeNull();
    await refused(visitor.call.progress.home(), 'AUTH_SESSION_REQUIRED');
  });

  test('blocked twice keeps the first reason', async () => {
    await office.block({ personId, reason: 'первая' });
    await office.block({ personId, reason: 'вторая' });
    expect((await office.get({ personId })).blocked?.reason).toBe('первая');
  });

  test('somebody without a session hears nothing of blocks', async () => {
    await office.block({ personId });
    await refused(aBrowser(app).call.progress.home(), 'AUTH_SESSION_REQUIRED');
    await refused(aBrowser(app, { cookie: 'otlichno=nonsense' }).call.progress.home(), 'AUTH_SESSION_REQUIRED');
  });

  test('moderators are not blocked here', async () => {
    const other = await aModerator(app);
    await refused(office.block({ personId: other.actor.id }), 'STUDENTS_NOT_FOUND');
  });
});

describe('data', () => {
  test('a name and a phone are mended, in the journal with what they were, and in the Excel table', async () => {
    const jobs = async () => Number((await app.pool.query(`SELECT count(*) FROM pgboss.job WHERE name = 'registry.write'`)).rows[0].count);
    const before = await jobs();
    await office.update({ personId, lastName: ' Соколовский ', phone: '8 916 123-45-67' });
    expect(await office.get({ personId })).toMatchObject({
      firstName: 'Илья',
      lastName: 'Соколовский',
      phone: '+79161234567',
      sessions: 1,
    });
    expect(await journal()).toEqual([
      {
        action: 'student.update',
        label: 'Соколовский Илья',
        before: { lastName: 'Соколов', phone: null },
        after: { lastName: 'Соколовский', phone: '+79161234567' },
      },
    ]);
    expect(await jobs()).toBe(before + 1);
    await office.update({ personId, lastName: 'Соколовский', firstName: 'Илья' });
    expect(await journal(), 'nothing changed, nothing written').toHaveLength(1);
  });

  test('another address ends sessions and codes on their way, and is to be proven', async () => {
    await limitsElapse(app, 3600);
    school.clock.forward(60_000);
    const visitor = aBrowser(app);
    await visitor.call.auth.requestCode({ email: student.email, locale: 'ru' });
    const old = await codeFor(app, student.email);
    const email = anEmail();
    await office.update({ personId, email: email.toUpperCase() });
    await refused(own.call.progress.home(), 'AUTH_SESSION_REQUIRED');
    expect(await visitor.call.auth.verifyCode({ code: old })).toEqual({ outcome: 'no-flow' });
    expect(await office.get({ personId })).toMatchObject({ email, verifiedAt: null, sessions: 0 });
    const again = aBrowser(app);
    await again.call.auth.requestCode({ email, locale: 'ru' });
    expect(await again.call.auth.verifyCode({ code: await codeFor(app, email) })).toMatchObject({
      outcome: 'signed-in',
      me: { id: personId },
    });
  });

  test.each([
    ['an address that a student has', async () => ({ email: (await aStudent(app)).email }), { field: 'email', code: 'email-taken' }],
    ['the address of a moderator', async () => ({ email: teacher.email }), { field: 'email', code: 'email-taken' }],
    ['no phone', async () => ({ phone: '123' }), { field: 'phone', code: 'phone-invalid' }],
  ])('%s is refused, and nothing is changed', async (_name, input, issue) => {
    const before = await office.get({ personId });
    await expect(office.update({ personId, lastName: 'Другой', ...(await input()) })).rejects.toMatchObject({
      cause: { code: 'INPUT_INVALID', issues: [issue] },
    });
    expect(await office.get({ personId })).toEqual(before);
    expect(await journal()).toEqual([]);
  });

  test('of two moderators who give one address to two students, one is refused', async () => {
    const email = anEmail();
    const other = await aStudent(app);
    const results = await Promise.allSettled([office.update({ personId, email }), office.update({ personId: other.actor.id, email })]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });
});

test('every word that the journal keeps of a student is one that a reader knows', async () => {
  const course = await aCourse(app, { priceMinor: 100, topics: [{}] });
  await office.grantCourse({ personId, courseId: course.id });
  await office.revokeCourse({ personId, courseId: course.id });
  await office.block({ personId, reason: 'Передаёт доступ' });
  const { entries } = await officeBrowser.call.audit.list({ actor: teacher.actor.id, subject: personId });
  const changes = entries.flatMap((entry) => entry.changes);
  expect(changes.map(({ field }) => words.fields[field])).not.toContain(undefined);
  expect(changes.map(({ field }) => field)).toEqual(expect.arrayContaining(['how', 'reason']));
  expect(words.values['how.granted']).toMatch(/\S/);
});

describe('the profile', () => {
  test('shows the very statistics the student sees', async () => {
    const course = await aCourse(app, { topics: [{ tasks: [aNumber('1'), aNumber('2')] }, { opensIn: 5 }] });
    await solve(app, student.actor, course.task(0, 0), ['5', '1']);
    expect(await officeBrowser.call.progress.ofStudent({ personId })).toEqual(await own.call.progress.mine());
    await refused(officeBrowser.call.progress.ofStudent({ personId: teacher.actor.id }), 'STUDENTS_NOT_FOUND');
  });

  test('lists the answers by pages, newest first, of all courses or one', async () => {
    const course = await aCourse(app, { topics: [{ tasks: [aNumber('1')] }] });
    const other = await aCourse(app, { topics: [{ tasks: [aNumber('1')] }] });
    await solve(app, student.actor, other.task(0, 0), ['3']);
    const texts = (given: string[]) => given.map((text) => ({ kind: 'text', text }));
    const values = Array.from({ length: 30 }, (_, index) => String(100 + index));
    await solve(app, student.actor, course.task(0, 0), values);
    const first = await office.answers({ personId });
    expect(first.rows.map(({ answer }) => answer)).toEqual(texts(values.toReversed().slice(0, 25)));
    expect(first.rows[0]).toMatchObject({
      taskTitle: 'Задание 1',
      topicTitle: 'Тема 1',
      verdict: 'wrong',
      points: 0,
      maxPoints: 1,
      shown: true,
    });
    const second = await office.answers({ personId, cursor: first.nextCursor });
    expect(second.rows.map(({ answer }) => answer)).toEqual(texts([...values.toReversed().slice(25), '3']));
    expect(second.nextCursor).toBeNull();
    expect((await office.answers({ personId, course: other.slug })).rows.map(({ answer }) => answer)).toEqual(texts(['3']));
    await refused(office.answers({ personId, cursor: 'x' }), 'INPUT_INVALID');
  });

  test('tells chosen options the way the student saw them, and no number for a graded work', async () => {
    const options = [
      { id: 'b', text: '$x=1$' },
      { id: 'a', text: 'корней нет' },
      { id: 'c', text: 'два корня' },
    ];
    const course = await aCourse(app, {
      topics: [{ tasks: [{ spec: { kind: 'choices', options, key: ['b', 'a'], partial: 'none' } }, aLongTask()] }],
    });
    await solve(app, student.actor, course.task(0, 0), [['a', 'c']]);
    await handInText(app, student.actor, course.task(0, 1));
    await grade(app, teacher.actor, student.actor, course.task(0, 1), [1, 1]);
    const { rows } = await office.answers({ personId, course: course.slug });
    expect(rows.map(({ answer }) => answer)).toEqual([
      { kind: 'work' },
      {
        kind: 'options',
        chosen: [
          { place: 2, html: 'корней нет' },
          { place: 3, html: 'два корня' },
        ],
      },
    ]);
  });

  test('says nothing of codes and passwords', async () => {
    const told = JSON.stringify([
      await office.get({ personId }),
      await office.courses({ personId }),
      await office.list({ q: student.email }),
    ]);
    const { id } = await app.db.session.findFirstOrThrow({ where: { personId } });
    const { codeHash, flowHash } = await app.db.loginCode.findFirstOrThrow({ where: { personId } });
    for (const secret of [id, codeHash, flowHash, await codeFor(app, student.email)]) expect(told).not.toContain(secret);
  });
});
