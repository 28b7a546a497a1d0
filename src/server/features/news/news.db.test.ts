/** Announcements as students meet them: what is for whom, by whatever procedure or address of a file. */
import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NewsPostDto } from '#shared/news.ts';
import { aCourse } from '../../testing/course.ts';
import { aPump, aTelegram } from '../../testing/deliveries.ts';
import { aDraft, aSentPost, linkTelegram, send } from '../../testing/news.ts';
import { anUpload } from '../../testing/upload.ts';
import { aModerator, aSchool, aStudent, type School, type Student } from '../../testing/world.ts';
import { dangers, payloads } from '../../testing/xss.ts';
import { accessFile } from '../files/access.ts';
import { noticeWords } from '../notifications/kinds.ts';
import { readArticle } from './actions.ts';
import { setList } from './office/list/actions.ts';
import { setPictures } from './office/pictures/actions.ts';
import { removePost, restorePost, updatePost } from './office/posts/actions.ts';
import { previewPost } from './office/preview/queries.ts';
import { cancelPost } from './office/sending/hold/actions.ts';
import { sendTest } from './office/test/actions.ts';
import { listNews } from './queries.ts';

let school: School;
let teacher: Student;
let student: Student;
let other: Student;
beforeAll(async () => {
  school = await aSchool();
  [teacher, student, other] = [await aModerator(school.app), await aStudent(school.app), await aStudent(school.app)];
});
afterAll(() => school.close());

const feed = async (who: Student) => (await listNews(school.app, who.actor, { limit: 20 })).items;
const isInFeed = async (who: Student, { id }: NewsPostDto) => (await feed(who)).some((item) => item.id === id);
const article = (who: Student, { id }: NewsPostDto) => readArticle(school.app, who.actor, id);
const onSite = { site: true, telegram: false, email: false };
const byMail = { site: false, telegram: false, email: true };

async function withPicture(post: NewsPostDto): Promise<{ post: NewsPostDto; fileId: string }> {
  const fileId = await anUpload(school.app, teacher, {
    purpose: 'news',
    subjectId: post.id,
    name: 'a.png',
    mime: 'image/png',
    width: 10,
    height: 10,
  });
  return {
    post: await setPictures(school.app, teacher.actor, { id: post.id, rev: post.rev, pictures: [{ id: fileId, alt: 'График' }] }),
    fileId,
  };
}

async function aListOf(who: Student, plan: Parameters<typeof aDraft>[2] = {}): Promise<NewsPostDto> {
  const draft = await aDraft(school.app, teacher, { to: { audience: 'list' }, ...plan });
  await setList(school.app, teacher.actor, { id: draft.id, text: who.email });
  return draft;
}

describe('the page of news', () => {
  test('is read from the newest to the oldest; what was read is no longer new, behind the bell too', async () => {
    const posts = [];
    for (let n = 0; n < 5; n += 1) {
      school.clock.forward(60_000);
      posts.push(await aSentPost(school.app, teacher, { title: `Новость ${n}`, body: 'Начало **важное**\n\n- раз\n- два' }));
    }
    const first = await listNews(school.app, student.actor, { limit: 3 });
    expect(first.items.map(({ title }) => title)).toEqual(['Новость 4', 'Новость 3', 'Новость 2']);
    expect(first.items[0]).toEqual({
      id: posts[4]?.id,
      title: 'Новость 4',
      excerpt: 'Начало важное раз два',
      publishedAt: posts[4]?.startedAt,
      unread: true,
    });
    const second = await listNews(school.app, student.actor, { limit: 3, cursor: first.nextCursor ?? '' });
    expect([second.items.map(({ title }) => title), second.nextCursor]).toEqual([['Новость 1', 'Новость 0'], null]);
    await expect(listNews(school.app, student.actor, { limit: 3, cursor: 'x' })).rejects.toMatchObject({ code: 'INPUT_INVALID' });

    const read = await article(student, posts[4] as NewsPostDto);
    expect(read).toMatchObject({
      title: 'Новость 4',
      html: expect.stringContaining('<strong>важное</strong>'),
      pictures: [],
      button: null,
    });
    expect((await feed(student)).slice(0, 2).map(({ unread }) => unread)).toEqual([false, true]);
    expect((await feed(other))[0]?.unread).toBe(true);
    const seen = await school.app.db.delivery.findMany({
      where: { notice: { about: posts[4]?.id }, seenAt: { not: null } },
      select: { personId: true, channel: true },
    });
    expect(seen).toEqual([{ personId: student.actor.id, channel: 'site' }]);
  });

  test('has what was told to all also for who came later, without a mark that it is new', async () => {
    const post = await aSentPost(school.app, teacher, { button: { label: 'Смотреть', url: '/courses' } });
    const late = await aStudent(school.app);
    expect((await feed(late)).find(({ id }) => id === post.id)).toMatchObject({ unread: false });
    expect((await article(late, post)).button).toEqual({ label: 'Смотреть', url: '/courses' });
  });

  test('an id in capitals is the same id', async () => {
    const post = await aSentPost(school.app, teacher);
    expect((await readArticle(school.app, student.actor, post.id.toUpperCase())).id).toBe(post.id);
    expect((await feed(student)).find(({ id }) => id === post.id)?.unread).toBe(false);
  });
});

describe('what is not for one is not there', () => {
  /** Who sees it in the list, opens its page, gets its picture. */
  async function expectSight(
    who: Student,
    it: { post: NewsPostDto; fileId: string },
    sees: { feed: boolean; page: boolean; file?: boolean },
  ): Promise<void> {
    expect(await isInFeed(who, it.post)).toBe(sees.feed);
    if (sees.page) expect((await article(who, it.post)).pictures).toHaveLength(1);
    else await expect(article(who, it.post)).rejects.toMatchObject({ code: 'NEWS_NOT_FOUND' });
    if (sees.file ?? sees.page) expect(await accessFile(school.app, who.actor, 'news', it.fileId)).toMatchObject({ name: 'a.png' });
    else await expect(accessFile(school.app, who.actor, 'news', it.fileId)).rejects.toMatchObject({ code: 'FILES_NOT_FOUND' });
  }
  const all = { feed: true, page: true };
  const nothing = { feed: false, page: false };

  test('a draft, one whose time has not come, one that was removed', async () => {
    const draft = await withPicture(await aDraft(school.app, teacher));
    await expectSight(student, draft, nothing);
    await expectSight(teacher, draft, { ...nothing, file: true });
    const later = await send(school.app, teacher, draft.post, new Date(school.clock.now().getTime() + 60_000).toISOString());
    await expectSight(student, { ...draft, post: later }, nothing);
    const sent = await send(school.app, teacher, later);
    await expectSight(student, { ...draft, post: sent }, all);
    await expectSight(teacher, { ...draft, post: sent }, all);
    await removePost(school.app, teacher.actor, sent.id);
    await expectSight(student, { ...draft, post: sent }, nothing);
    await expectSight(teacher, { ...draft, post: sent }, nothing);
    await restorePost(school.app, teacher.actor, sent.id);
    await expectSight(student, { ...draft, post: sent }, all);
  });

  test('one of a course: who takes it, also from later on; who was sent it keeps it', async () => {
    const course = await aCourse(school.app);
    const enrol = (who: Student) =>
      school.app.db.enrolment.create({
        data: { personId: who.actor.id, courseId: course.id, enrolledAt: school.clock.now() },
        select: { personId: true },
      });
    await enrol(student);
    const it = await withPicture(await aDraft(school.app, teacher, { to: { audience: 'course', courseId: course.id } }));
    await send(school.app, teacher, it.post);
    await expectSight(student, it, all);
    await expectSight(other, it, nothing);
    await enrol(other);
    await expectSight(other, it, all);
    await school.app.db.enrolment.deleteMany({ where: { courseId: course.id } });
    await expectSight(other, it, nothing);
    await expectSight(student, it, all);
  });

  test('one for a list: who was sent it, and no others', async () => {
    const it = await withPicture(await aListOf(student));
    await send(school.app, teacher, it.post);
    await expectSight(student, it, all);
    await expectSight(other, it, nothing);
    await expectSight(teacher, it, all);
  });

  test('one for the inactive', async () => {
    const it = await withPicture(await aDraft(school.app, teacher, { to: { audience: 'inactive', inactiveDays: 30 } }));
    await school.app.db.person.update({
      where: { id: student.actor.id },
      data: { registeredAt: new Date('2026-01-01') },
      select: { id: true },
    });
    await send(school.app, teacher, it.post);
    await expectSight(student, it, all);
    await expectSight(other, it, nothing);
  });

  test('one that is not for the site: opened by who was sent it, in nobody’s list', async () => {
    const it = await withPicture(await aDraft(school.app, teacher, { channels: byMail }));
    await send(school.app, teacher, it.post);
    // It has not gone out yet.
    await expectSight(student, it, nothing);
    await school.app.db.delivery.updateMany({
      where: { notice: { about: it.post.id }, personId: student.actor.id },
      data: { state: 'sent' },
    });
    await expectSight(student, it, { feed: false, page: true });
    await expectSight(other, it, nothing);
    await cancelPost(school.app, teacher.actor, it.post.id);
    await expectSight(other, it, nothing);
    await expectSight(student, it, { feed: false, page: true });
    await expectSight(await aStudent(school.app), it, nothing);
  });

  test('one that is tried out is nobody’s', async () => {
    const it = await withPicture(await aDraft(school.app, teacher));
    await sendTest(school.app, teacher.actor, it.post.id);
    await expectSight(teacher, it, { ...nothing, file: true });
    await expectSight(student, it, nothing);
  });

  test('one that never was', async () => {
    await expect(readArticle(school.app, student.actor, randomUUID())).rejects.toMatchObject({ code: 'NEWS_NOT_FOUND' });
  });
});

describe('what goes out', () => {
  test('by Telegram and by mail, with its picture, which Telegram is sent once; after that by its name', async () => {
    const telegram = aTelegram();
    const app = { ...school.app, telegram, config: { ...school.app.config, telegram: school.app.config.telegram ?? botConfig } };
    const [one, two] = [await aStudent(app), await aStudent(app)];
    await linkTelegram(app, one);
    const chat = await linkTelegram(app, two);
    const letters = await aStudent(app);
    const draft = await aDraft(app, teacher, { to: { audience: 'list' }, button: { label: 'Смотреть разбор', url: '/courses' } });
    await setList(app, teacher.actor, { id: draft.id, text: [one, two, letters].map(({ email }) => email).join('\n') });
    const picture = await anUpload(app, teacher, {
      ...{ purpose: 'news' as const, subjectId: draft.id, name: 'график.png', mime: 'image/png', width: 4000, height: 10 },
      body: await aPng(),
    });
    await send(
      app,
      teacher,
      await setPictures(app, teacher.actor, { id: draft.id, rev: draft.rev, pictures: [{ id: picture, alt: 'График' }] }),
    );
    await aPump(app).run();

    expect(telegram.said).toHaveLength(2);
    const [first, second] = telegram.said;
    expect(first).toMatchObject({
      html: '<b>Разбор пробника</b>\n\nВыложили запись с решениями <b>всех</b> заданий.',
      button: { label: 'Смотреть разбор' },
    });
    expect(first?.pictures).toMatchObject([{ name: 'график.jpg', bytes: expect.any(Buffer) }]);
    const [sent] = first?.pictures ?? [];
    // Telegram takes no photo that is more than twenty times as long as wide.
    expect(sent && 'bytes' in sent && (await sharp(sent.bytes).metadata())).toMatchObject({ format: 'jpeg', width: 2560, height: 128 });
    expect(second?.pictures).toEqual([{ fileId: 'file-1' }]);
    expect(await app.db.newsFile.findUnique({ where: { id: picture }, select: { telegramFileId: true, telegramBotId: true } })).toEqual({
      telegramFileId: 'file-1',
      telegramBotId: telegram.botId,
    });
    const mine = school.letters.filter(({ to, subject }) => to === letters.email && subject === 'Разбор пробника');
    expect(mine).toHaveLength(1);
    expect(mine[0]?.html).toMatch(new RegExp(`src="${app.config.publicUrl}/files/news/${picture}/[\\w-]{22}/`));
    expect(mine[0]?.attachments).toEqual([]);

    // Another bot has names of its own.
    const next = await aListOf(two);
    await app.db.newsFile.updateMany({ where: { id: picture }, data: { telegramBotId: 1n } });
    const words = await noticeWords.news?.message(
      app,
      { id: next.id, kind: 'news', data: { postId: draft.id }, createdAt: new Date() },
      recipient,
    );
    expect(words?.pictures[0]?.telegramFileId).toBeNull();
    expect(telegram.said.map(({ chatId }) => chatId)).toContain(chat);
  });

  test('who waits gets the words as they were mended; of what was removed nothing', async () => {
    const post = await send(school.app, teacher, await aListOf(other, { channels: byMail, title: 'Первая' }));
    const { id, rev, body, button, to, channels } = post;
    await updatePost(school.app, teacher.actor, { id, rev, title: 'Вторая', body, button, to, channels });
    await aPump(school.app).run();
    expect(school.letters.filter(({ to }) => to === other.email).at(-1)?.subject).toBe('Вторая');
    const gone = await send(school.app, teacher, await aListOf(other, { title: 'Третья' }));
    // Removed while a worker has it in its hands.
    await school.app.db.newsPost.update({ where: { id: gone.id }, data: { deletedAt: school.clock.now() }, select: { id: true } });
    await aPump(school.app).run();
    expect(school.letters.some(({ subject }) => subject === 'Третья')).toBe(false);
    expect(
      await school.app.db.delivery.findFirst({
        where: { notice: { about: gone.id }, channel: 'email' },
        select: { state: true, reason: true },
      }),
    ).toEqual({
      state: 'skipped',
      reason: 'gone',
    });
  });

  test('behind the bell: the title and a line; a trial says that it is one; what is gone is left out', async () => {
    const [post, gone] = [
      await aSentPost(school.app, teacher, { channels: onSite }),
      await aSentPost(school.app, teacher, { channels: onSite }),
    ];
    await removePost(school.app, teacher.actor, gone.id);
    const row = (id: string, data: { postId: string; test?: boolean }) => ({ id, kind: 'news' as const, data, createdAt: new Date() });
    const lines = await noticeWords.news?.lines(
      school.app,
      [row('a', { postId: post.id }), row('b', { postId: gone.id }), row('c', { postId: post.id, test: true })],
      recipient,
    );
    expect([...(lines ?? [])]).toEqual([
      ['a', { title: 'Разбор пробника', text: 'Выложили запись с решениями всех заданий.', href: `/news/${post.id}` }],
      ['c', { title: 'Разбор пробника', text: 'Проба: так рассылку увидят ученики', href: `/admin/news/${post.id}` }],
    ]);
  });

  test.each([[undefined], [{}], [{ postId: 'x' }], ['x'], [null]])('data that is none is nothing to tell: %j', (data) => {
    expect(noticeWords.news?.parse(data)).toBeNull();
  });
});

/** What in a letter or in Telegram could act. Text is escaped, so that whatever begins like a tag is one. */
const actsIn = (html: string) =>
  [...html.matchAll(/<[a-z/][^>]*>/gi)].flatMap(([tag]) =>
    /^<\/?(?:script|svg|iframe|object|embed|form|base|link|input|math)\b|\son\w+=|javascript:|vbscript:|data:|\ssrc="(?!https?:)/i.test(tag)
      ? [tag]
      : [],
  );

test.each([...payloads, payloads.join('\n\n')])(
  'nothing that is typed becomes markup, on the site, in letters and in Telegram: %s',
  async (typed) => {
    const title = typed.slice(0, 150);
    const shown = await previewPost(school.app, teacher.actor, {
      id: null,
      title,
      body: typed,
      button: { label: typed.slice(0, 40), url: '/"><b>' },
    });
    expect(dangers(shown.site.html)).toEqual([]);
    expect(actsIn(shown.email.html)).toEqual([]);
    for (const { html } of shown.telegram.pieces) {
      expect(actsIn(html)).toEqual([]);
      expect(
        html.replace(
          /<\/?(?:b|i|u|s|code|pre|blockquote)>|<code class="language-[\w+#.-]+">|<a href="https?:[^"<>]*">|<a href="mailto:[^"<>]*">|<\/a>/g,
          '',
        ),
      ).not.toMatch(/[<>]/);
    }
  },
);

test('the page of an announcement is rendered the same safe way', async () => {
  const post = await aSentPost(school.app, teacher, {
    title: '<script>alert(1)</script>',
    body: payloads.slice(0, 20).join('\n\n'),
    channels: onSite,
  });
  const { html, title } = await article(student, post);
  expect(dangers(html)).toEqual([]);
  expect(title).toBe('<script>alert(1)</script>');
});

const recipient = { id: randomUUID(), role: 'student' as const, firstName: 'Илья', locale: 'ru' as const, timeZone: 'Europe/Moscow' };
const botConfig = {
  token: '7000000000:abcdefghijklmnopqrstuvwxyzABCDEFGHI',
  botId: 7_000_000_000n,
  apiRoot: 'http://127.0.0.1:1',
  linkRoot: 'https://t.me',
  proxy: null,
  updates: { kind: 'polling' as const },
  perSecond: 25,
};

function aPng(): Promise<Buffer> {
  return sharp({ create: { width: 4000, height: 10, channels: 3, background: '#024' } })
    .png()
    .toBuffer();
}
