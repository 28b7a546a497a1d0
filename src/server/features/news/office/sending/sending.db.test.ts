/** Sending from the button to the report, in one file because every step stands on the one before: begun once, held, taken back, counted. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aCourse } from '../../../../testing/course.ts';
import { aDraft, aSentPost, linkTelegram, send } from '../../../../testing/news.ts';
import { aModerator, aSchool, aStudent, type School, type Student } from '../../../../testing/world.ts';
import { blockStudent, unblockStudent } from '../../../people/students/actions.ts';
import { newsJobs } from '../../jobs.ts';
import { countAudience } from '../audience/queries.ts';
import { setList } from '../list/actions.ts';
import { removePost, restorePost, updatePost } from '../posts/actions.ts';
import { getProgress } from '../progress/queries.ts';
import { getPost } from '../queries.ts';
import { listReport } from '../report/queries.ts';
import { sendTest } from '../test/actions.ts';
import { sendPost, unschedulePost } from './actions.ts';
import { cancelPost, pausePost, resumePost } from './hold/actions.ts';

let school: School;
let teacher: Student;
let other: Student;
/** With Telegram, by mail, by mail and with the bell off, with all ways off. */
let telegram: Student;
let mail: Student;
let quiet: Student;
let none: Student;
beforeAll(async () => {
  school = await aSchool({ env: { TELEGRAM_TOKEN: '12345:abcdefghijklmnopqrstuvwxyzABCDEFGHI' } });
  const { app } = school;
  [teacher, other] = [await aModerator(app), await aModerator(app)];
  [telegram, mail, quiet, none] = [await aStudent(app), await aStudent(app), await aStudent(app), await aStudent(app)];
  await linkTelegram(app, telegram);
  const off = (who: Student, channel: 'site' | 'email') => ({ personId: who.actor.id, kind: 'news', channel, mode: 'off' });
  await app.db.noticeSetting.createMany({ data: [off(quiet, 'site'), off(none, 'site'), off(none, 'email')] });
});
afterAll(() => school.close());

const sweep = async () => {
  for (const { run } of newsJobs) await run(school.app, {});
};
const stateOf = async (id: string) => (await getPost(school.app, teacher.actor, id)).state;
const deliveries = async (postId: string) => {
  const rows = await school.app.db.delivery.findMany({
    where: { notice: { kind: 'news', about: postId } },
    select: { personId: true, channel: true, state: true },
  });
  const names = new Map(
    [
      [telegram, 'telegram'],
      [mail, 'mail'],
      [quiet, 'quiet'],
      [none, 'none'],
    ].map(([who, name]) => [(who as Student).actor.id, name]),
  );
  return rows.map(({ personId, channel, state }) => `${names.get(personId) ?? 'other'} ${channel} ${state}`).toSorted();
};
/** As if a worker had brought it about. */
const turn = (
  postId: string,
  who: Student,
  channel: 'telegram' | 'email',
  data: { state: 'sent' | 'failed' | 'skipped' | 'sending'; reason?: string },
) =>
  school.app.db.delivery.updateMany({
    where: { notice: { kind: 'news', about: postId }, personId: who.actor.id, channel },
    data: { ...data, sentAt: data.state === 'sent' ? school.clock.now() : null },
  });
const everybody = ['mail email waiting', 'mail site sent', 'quiet email waiting', 'telegram site sent', 'telegram telegram waiting'];

describe('sent now', () => {
  test('it goes to whom it was counted for, once, with one line in the journal', async () => {
    const draft = await aDraft(school.app, teacher);
    const count = await countAudience(school.app, school.app.db, draft);
    expect(count).toEqual({ total: 4, telegram: 1, email: 2, siteOnly: 0, nobody: 1 });
    const post = await sendPost(school.app, teacher.actor, { id: draft.id, rev: 1, at: null, expected: 3 });
    expect(post).toMatchObject({ state: 'sending', rev: 2, startedAt: school.clock.now().toISOString(), finishedAt: null });
    expect(await deliveries(post.id)).toEqual(everybody);
    const entries = await school.app.db.auditEntry.findMany({
      where: { subject: post.id },
      select: { action: true, actor: true, after: true },
    });
    expect(entries).toEqual([{ action: 'news.send', actor: teacher.actor.id, after: { recipients: 3 } }]);
  });

  test('a double click and two teachers at once send it once', async () => {
    const draft = await aDraft(school.app, teacher);
    const input = { id: draft.id, rev: 1, at: null, expected: 3 };
    const all = await Promise.allSettled([teacher, teacher, other].map(({ actor }) => sendPost(school.app, actor, input)));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const one of all)
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'NEWS_STATE', data: { state: 'sending' } });
    expect(await deliveries(draft.id)).toEqual(everybody);
    await expect(sendPost(school.app, other.actor, { ...input, rev: 2 })).rejects.toMatchObject({ code: 'NEWS_STATE' });
  });

  test.each([
    ['another text than one saw', { rev: 2 }, 'NEWS_CONFLICT'],
    ['more people than one saw', { expected: 2 }, 'NEWS_AUDIENCE_CHANGED'],
    ['fewer people', { expected: 4 }, 'NEWS_AUDIENCE_CHANGED'],
  ])('%s: nobody is written to', async (_, over, code) => {
    const draft = await aDraft(school.app, teacher);
    await expect(sendPost(school.app, teacher.actor, { id: draft.id, rev: 1, at: null, expected: 3, ...over })).rejects.toMatchObject({
      code,
    });
    expect(await deliveries(draft.id)).toEqual([]);
    expect(await stateOf(draft.id)).toBe('draft');
  });

  test.each([
    ['without a title', { title: ' ' }, 'INPUT_INVALID'],
    ['without a text', { body: '' }, 'INPUT_INVALID'],
    ['nowhere', { channels: { site: false, telegram: false, email: false } }, 'INPUT_INVALID'],
    ['to nobody', { to: { audience: 'list' as const } }, 'NEWS_NOBODY'],
  ])('%s it is refused', async (_, plan, code) => {
    const draft = await aDraft(school.app, teacher, plan);
    await expect(sendPost(school.app, teacher.actor, { id: draft.id, rev: 1, at: null, expected: 0 })).rejects.toMatchObject({ code });
  });

  test('on the site alone it is done at once', async () => {
    const post = await aSentPost(school.app, teacher, { channels: { site: true, telegram: false, email: false } });
    expect(post).toMatchObject({ state: 'done', finishedAt: school.clock.now().toISOString() });
    expect(await deliveries(post.id)).toEqual(['mail site sent', 'telegram site sent']);
    expect(await getProgress(school.app, teacher.actor, post.id)).toMatchObject({ state: 'done', total: 2, siteOnly: 2, waiting: 0 });
  });

  test('off the site nobody has it there', async () => {
    const post = await aSentPost(school.app, teacher, { channels: { site: false, telegram: true, email: false } });
    expect(await deliveries(post.id)).toEqual(['telegram telegram waiting']);
  });
});

describe('whom it is for', () => {
  const people = async (plan: Parameters<typeof aDraft>[2]) => {
    const draft = await aDraft(school.app, teacher, plan);
    return countAudience(school.app, school.app.db, draft);
  };

  test('a course: who takes it, as long as it is there', async () => {
    const { app } = school;
    const course = await aCourse(app);
    const to = { audience: 'course' as const, courseId: course.id };
    await app.db.enrolment.createMany({
      data: [telegram, mail].map(({ actor }) => ({ personId: actor.id, courseId: course.id, enrolledAt: app.clock.now() })),
    });
    expect((await people({ to })).total).toBe(2);
    await app.db.course.update({ where: { id: course.id }, data: { publishedAt: null } });
    expect((await people({ to })).total).toBe(0);
  });

  test('inactive: who was there before those days and has done nothing since', async () => {
    const { app } = school;
    const day = 86_400_000;
    const ago = (days: number) => new Date(app.clock.now().getTime() - days * day);
    const registered = (who: Student, days: number, active: number | null) =>
      app.db.person.update({
        where: { id: who.actor.id },
        data: { registeredAt: ago(days), lastActiveAt: active === null ? null : ago(active) },
        select: { id: true },
      });
    await registered(telegram, 30, 3);
    await registered(mail, 30, 10);
    await registered(quiet, 30, null);
    await registered(none, 5, null);
    const inactive = async (inactiveDays: number) => (await people({ to: { audience: 'inactive', inactiveDays } })).total;
    expect([await inactive(2), await inactive(4), await inactive(7), await inactive(14), await inactive(31)]).toEqual([4, 3, 2, 1, 0]);
  });

  test('a list; and nobody whose account is closed', async () => {
    const draft = await aDraft(school.app, teacher, { to: { audience: 'list' } });
    await setList(school.app, teacher.actor, { id: draft.id, text: `${mail.email} ${quiet.email}` });
    expect((await countAudience(school.app, school.app.db, draft)).total).toBe(2);
    await blockStudent(school.app, teacher.actor, { personId: quiet.actor.id, reason: '' });
    expect((await countAudience(school.app, school.app.db, draft)).total).toBe(1);
    expect((await people({})).total).toBe(3);
    await unblockStudent(school.app, teacher.actor, { personId: quiet.actor.id });
  });
});

describe('at an instant', () => {
  const inAnHour = () => new Date(school.clock.now().getTime() + 3_600_000).toISOString();

  test('it begins when its time has come, also when nobody was there then, and once', async () => {
    const post = await send(school.app, teacher, await aDraft(school.app, teacher), inAnHour());
    expect(post).toMatchObject({ state: 'scheduled', startedAt: null });
    await sweep();
    expect(await stateOf(post.id)).toBe('scheduled');
    // The server was down in between.
    school.clock.forward(5 * 3_600_000);
    await Promise.all([sweep(), sweep()]);
    expect(await getPost(school.app, teacher.actor, post.id)).toMatchObject({
      state: 'sending',
      startedAt: school.clock.now().toISOString(),
    });
    expect(await deliveries(post.id)).toEqual(everybody);
    const entries = await school.app.db.auditEntry.findMany({
      where: { subject: post.id },
      orderBy: { id: 'asc' },
      select: { action: true, actor: true },
    });
    expect(entries).toEqual([
      { action: 'news.schedule', actor: teacher.actor.id },
      { action: 'news.send', actor: 'system' },
    ]);
  });

  test('that has gone by, or is no instant of a school’s life, is refused', async () => {
    for (const at of [school.clock.now().toISOString(), '2020-01-01T00:00:00Z', '2999-01-01T00:00:00Z']) {
      const draft = await aDraft(school.app, teacher);
      await expect(send(school.app, teacher, draft, at)).rejects.toMatchObject({
        code: 'INPUT_INVALID',
        issues: [{ field: 'at', code: 'invalid' }],
      });
    }
  });

  test('the time can be changed, and taken back', async () => {
    const post = await send(school.app, teacher, await aDraft(school.app, teacher), inAnHour());
    const later = await send(school.app, other, post, new Date(school.clock.now().getTime() + 7_200_000).toISOString());
    expect(later.rev).toBe(post.rev + 1);
    school.clock.forward(3_600_000);
    await sweep();
    expect(await stateOf(post.id)).toBe('scheduled');
    expect(await unschedulePost(school.app, teacher.actor, post.id)).toMatchObject({ state: 'draft', scheduledAt: null });
    await expect(unschedulePost(school.app, teacher.actor, post.id)).rejects.toMatchObject({ code: 'NEWS_STATE' });
    school.clock.forward(7_200_000);
    await sweep();
    expect(await deliveries(post.id)).toEqual([]);
  });

  test('its words may be changed until then, but not taken away', async () => {
    const { id, rev, title, body, button, to, channels } = await send(school.app, teacher, await aDraft(school.app, teacher), inAnHour());
    await expect(updatePost(school.app, other.actor, { id, rev, title, body: '', button, to, channels })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
    expect(await updatePost(school.app, other.actor, { id, rev, title, body: `${body} Ещё.`, button, to, channels })).toMatchObject({
      state: 'scheduled',
    });
    expect((await school.app.db.auditEntry.findFirst({ where: { subject: id }, orderBy: { id: 'desc' } }))?.action).toBe('news.update');
    await unschedulePost(school.app, teacher.actor, id);
  });

  test.each<[string, (post: { id: string }, author: Student) => Promise<unknown>]>([
    [
      'who set it was blocked meanwhile',
      (_, author) => school.app.db.person.update({ where: { id: author.actor.id }, data: { blockedAt: school.clock.now() } }),
    ],
    ['the account of who set it is gone', (_, author) => school.app.db.person.delete({ where: { id: author.actor.id } })],
  ])('it does not begin when %s: a draft again', async (_, happens) => {
    const author = await aModerator(school.app);
    const post = await send(school.app, author, await aDraft(school.app, teacher), inAnHour());
    await happens(post, author);
    school.clock.forward(3_600_000);
    await sweep();
    expect(await getPost(school.app, teacher.actor, post.id)).toMatchObject({ state: 'draft', scheduledAt: null });
    expect(await deliveries(post.id)).toEqual([]);
    expect(await school.app.db.auditEntry.findFirst({ where: { subject: post.id }, orderBy: { id: 'desc' } })).toMatchObject({
      action: 'news.unschedule',
      actor: 'system',
    });
  });
});

describe('while it goes out', () => {
  test('it is paused, goes on and is stopped; what is on its way arrives', async () => {
    const post = await aSentPost(school.app, teacher);
    const notice = () =>
      school.app.db.notice.findFirstOrThrow({ where: { about: post.id }, select: { pausedAt: true, cancelledAt: true } });
    expect(await pausePost(school.app, other.actor, post.id)).toMatchObject({ state: 'paused' });
    expect(await notice()).toEqual({ pausedAt: school.clock.now(), cancelledAt: null });
    await expect(pausePost(school.app, other.actor, post.id)).rejects.toMatchObject({ code: 'NEWS_STATE', data: { state: 'paused' } });
    expect(await resumePost(school.app, teacher.actor, post.id)).toMatchObject({ state: 'sending' });
    expect(await notice()).toEqual({ pausedAt: null, cancelledAt: null });
    await turn(post.id, telegram, 'telegram', { state: 'sending' });
    expect(await cancelPost(school.app, teacher.actor, post.id)).toMatchObject({
      state: 'cancelled',
      finishedAt: school.clock.now().toISOString(),
    });
    expect(await deliveries(post.id)).toEqual([
      'mail email cancelled',
      'mail site sent',
      'quiet email cancelled',
      'telegram site sent',
      'telegram telegram sending',
    ]);
    expect(await getProgress(school.app, teacher.actor, post.id)).toMatchObject({ state: 'cancelled', total: 3, waiting: 1, skipped: 2 });
    for (const again of [cancelPost, pausePost, resumePost]) {
      await expect(again(school.app, teacher.actor, post.id)).rejects.toMatchObject({ code: 'NEWS_STATE', data: { state: 'cancelled' } });
    }
    // The worker died, and its delivery came back to those that wait.
    await school.app.db.delivery.updateMany({ where: { notice: { about: post.id }, state: 'sending' }, data: { state: 'waiting' } });
    expect(await getProgress(school.app, teacher.actor, post.id)).toMatchObject({ waiting: 0, skipped: 3 });
    await sweep();
    expect(await deliveries(post.id)).toContain('telegram telegram cancelled');
  });

  test('removed, it goes no further, and is behind no bell; put back, it is there again as far as it had come', async () => {
    const post = await aSentPost(school.app, teacher);
    await school.app.db.delivery.updateMany({
      where: { notice: { about: post.id }, personId: mail.actor.id, channel: 'site' },
      data: { seenAt: school.clock.now() },
    });
    await removePost(school.app, teacher.actor, post.id);
    const stopped = ['mail email cancelled', 'mail site sent', 'quiet email cancelled'];
    expect(await deliveries(post.id)).toEqual([...stopped, 'telegram site skipped', 'telegram telegram cancelled']);
    await restorePost(school.app, teacher.actor, post.id);
    expect(await deliveries(post.id)).toEqual([...stopped, 'telegram site sent', 'telegram telegram cancelled']);
    expect(await stateOf(post.id)).toBe('cancelled');
  });
});

describe('what became of it', () => {
  const report = (id: string, over: Partial<Parameters<typeof listReport>[2]> = {}) =>
    listReport(school.app, teacher.actor, { id, outcome: null, search: '', ...over });

  test('each person is counted once; progress and report say the same', async () => {
    school.clock.set('2026-11-30T12:00:00Z');
    const post = await aSentPost(school.app, teacher);
    const progress = () => getProgress(school.app, other.actor, post.id);
    expect(await progress()).toEqual({
      ...{ state: 'sending', total: 3, telegram: 0, email: 0, instead: 0, siteOnly: 0, failed: 0, skipped: 0, waiting: 3, later: 0 },
      ...{ rate: 0, secondsLeft: null },
    });
    await turn(post.id, mail, 'email', { state: 'sent' });
    // Two seconds' worth of ten: one message.
    expect(await progress()).toMatchObject({ email: 1, waiting: 2, rate: 0.1, secondsLeft: 20 });
    school.clock.forward(10_000);
    expect(await progress()).toMatchObject({ rate: 0, secondsLeft: null });

    // Telegram did not take it, and a letter takes its place.
    await turn(post.id, telegram, 'telegram', { state: 'failed', reason: 'blocked' });
    const { id: noticeId } = await school.app.db.notice.findFirstOrThrow({ where: { about: post.id }, select: { id: true } });
    await school.app.db.delivery.create({
      data: {
        noticeId,
        personId: telegram.actor.id,
        channel: 'email',
        instead: true,
        dueAt: new Date(school.clock.now().getTime() + 3_600_000),
      },
    });
    expect(await progress()).toMatchObject({ waiting: 2, later: 1, failed: 0 });
    expect((await report(post.id, { outcome: 'waiting' })).items.map(({ personId, reason }) => [personId, reason])).toEqual(
      expect.arrayContaining([
        [telegram.actor.id, 'blocked'],
        [quiet.actor.id, null],
      ]),
    );
    await turn(post.id, telegram, 'email', { state: 'sent' });
    await turn(post.id, quiet, 'email', { state: 'failed', reason: 'address' });
    expect(await progress()).toMatchObject({ state: 'done', total: 3, email: 1, instead: 1, failed: 1, waiting: 0 });
    // The page of it says the same before the sweep has come by.
    expect(await getPost(school.app, teacher.actor, post.id)).toMatchObject({ state: 'done', finishedAt: expect.any(String) });

    const { items, nextCursor } = await report(post.id);
    expect(nextCursor).toBeNull();
    const at = school.clock.now();
    expect(items.map(({ personId, outcome, reason, at }) => ({ personId, outcome, reason, at }))).toEqual(
      expect.arrayContaining([
        { personId: mail.actor.id, outcome: 'email', reason: null, at: new Date(at.getTime() - 10_000).toISOString() },
        { personId: telegram.actor.id, outcome: 'instead', reason: 'blocked', at: at.toISOString() },
        { personId: quiet.actor.id, outcome: 'failed', reason: 'address', at: null },
      ]),
    );
    expect(items.find(({ personId }) => personId === mail.actor.id)).toMatchObject({ name: 'Соколов Илья', email: mail.email });
    expect((await report(post.id, { search: quiet.email })).items.map(({ personId }) => personId)).toEqual([quiet.actor.id]);
    expect((await report(post.id, { search: quiet.email, outcome: 'email' })).items).toEqual([]);

    expect(await school.app.db.newsPost.findUnique({ where: { id: post.id }, select: { state: true } })).toEqual({ state: 'sending' });
    for (const late of [pausePost, cancelPost]) {
      await expect(late(school.app, teacher.actor, post.id)).rejects.toMatchObject({ code: 'NEWS_STATE', data: { state: 'done' } });
    }
    await sweep();
    expect(await getPost(school.app, teacher.actor, post.id)).toMatchObject({ state: 'done', finishedAt: at.toISOString() });
  });

  test('a letter besides Telegram counts once; what was read meanwhile is skipped', async () => {
    await school.app.db.noticeSetting.create({ data: { personId: telegram.actor.id, kind: 'news', channel: 'email', mode: 'always' } });
    const post = await aSentPost(school.app, teacher);
    expect(await deliveries(post.id)).toContain('telegram email waiting');
    await turn(post.id, telegram, 'telegram', { state: 'sent' });
    await turn(post.id, mail, 'email', { state: 'skipped', reason: 'read' });
    expect(await getProgress(school.app, teacher.actor, post.id)).toMatchObject({ total: 3, telegram: 1, skipped: 1, waiting: 1 });
    expect((await report(post.id, { outcome: 'skipped' })).items).toMatchObject([{ personId: mail.actor.id, reason: 'read' }]);
    await school.app.db.noticeSetting.delete({
      where: { personId_kind_channel: { personId: telegram.actor.id, kind: 'news', channel: 'email' } },
    });
  });

  test('page by page, and for teachers only', async () => {
    await school.app.pool.query(`INSERT INTO person (role, email, first_name, last_name)
      SELECT 'student', 'paged' || n || '@example.ru', 'Имя' || n % 3, 'Фамилия' || n % 7 FROM generate_series(1, 120) n`);
    const post = await aSentPost(school.app, teacher);
    const seen: string[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < 3; page += 1) {
      const { items, nextCursor } = await report(post.id, { cursor });
      seen.push(...items.map(({ personId }) => personId));
      cursor = nextCursor ?? undefined;
    }
    expect(cursor).toBeUndefined();
    expect([seen.length, new Set(seen).size]).toEqual([123, 123]);
    await expect(report(post.id, { cursor: 'x' })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    await expect(listReport(school.app, mail.actor, { id: post.id, outcome: null, search: '' })).rejects.toMatchObject({
      code: 'AUTH_FORBIDDEN',
    });
    await expect(getProgress(school.app, mail.actor, post.id)).rejects.toMatchObject({ code: 'AUTH_FORBIDDEN' });
  });
});

describe('tried out', () => {
  test('it goes to the teacher alone, at once, and into nobody’s numbers', async () => {
    school.clock.set('2026-12-01T23:00:00Z');
    const draft = await aDraft(school.app, teacher);
    expect(await sendTest(school.app, teacher.actor, draft.id)).toEqual({ telegram: false, email: true });
    await linkTelegram(school.app, teacher);
    expect(await sendTest(school.app, teacher.actor, draft.id)).toEqual({ telegram: true, email: true });
    const rows = await school.app.db.delivery.findMany({
      where: { notice: { about: { startsWith: `test:${draft.id}:` } } },
      select: { personId: true, dueAt: true },
    });
    expect(rows).toEqual(Array.from({ length: 5 }, () => ({ personId: teacher.actor.id, dueAt: school.clock.now() })));
    expect(await getProgress(school.app, teacher.actor, draft.id)).toMatchObject({ state: 'draft', total: 0 });
    await school.app.db.noticeSetting.create({ data: { personId: teacher.actor.id, kind: 'news', channel: 'email', mode: 'off' } });
    expect(await sendTest(school.app, teacher.actor, draft.id)).toEqual({ telegram: true, email: false });
  });

  test('without words there is nothing to try', async () => {
    const draft = await aDraft(school.app, teacher, { body: '', channels: { site: false, telegram: false, email: false } });
    await expect(sendTest(school.app, teacher.actor, draft.id)).rejects.toMatchObject({ issues: [{ field: 'body', code: 'required' }] });
  });
});
