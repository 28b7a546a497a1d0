/** What a teacher does to an announcement before it goes out, over one school: drafts, conflicts, pictures, lists, preview. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createNewsInput, type NewsPostDto } from '#shared/news.ts';
import { aCourse } from '../../../testing/course.ts';
import { aDraft, aSentPost, newsFields, send } from '../../../testing/news.ts';
import { anUpload } from '../../../testing/upload.ts';
import { aModerator, aSchool, aStudent, type School, type Student } from '../../../testing/world.ts';
import { copyPost } from './copies/actions.ts';
import { setList } from './list/actions.ts';
import { setPictures } from './pictures/actions.ts';
import { createPost, removePost, restorePost, updatePost } from './posts/actions.ts';
import { listPosts } from './posts/queries.ts';
import { previewPost } from './preview/queries.ts';
import { getPost } from './queries.ts';

let school: School;
let teacher: Student;
let other: Student;
let student: Student;
beforeAll(async () => {
  school = await aSchool();
  [teacher, other, student] = [await aModerator(school.app), await aModerator(school.app), await aStudent(school.app)];
});
afterAll(() => school.close());

const fieldsOf = ({ id, rev, title, body, button, to, channels }: NewsPostDto) => ({ id, rev, title, body, button, to, channels });
const audited = (id: string) =>
  school.app.db.auditEntry.findMany({
    where: { subject: id },
    orderBy: { id: 'asc' },
    select: { action: true, before: true, after: true },
  });

describe('a draft', () => {
  test('created twice under one id it is one post', async () => {
    const input = createNewsInput.parse({ id: randomUUID(), ...newsFields() });
    const [first, again] = [await createPost(school.app, teacher.actor, input), await createPost(school.app, teacher.actor, input)];
    expect(again).toEqual(first);
    expect(first).toMatchObject({ rev: 1, state: 'draft', title: 'Разбор пробника', to: { audience: 'all' }, listed: 0, deleted: false });
    // The answer was lost, and more was typed meanwhile.
    expect(await createPost(school.app, teacher.actor, { ...input, title: 'Разбор' })).toMatchObject({
      id: first.id,
      rev: 2,
      title: 'Разбор',
    });
  });

  test('may be empty, and keeps whom it is for and where it goes', async () => {
    const course = await aCourse(school.app);
    const to = { audience: 'course' as const, courseId: course.id };
    const draft = await aDraft(school.app, teacher, { title: '', body: '', to, channels: { site: false, telegram: true, email: false } });
    expect(draft).toMatchObject({ title: '', body: '', to, channels: { site: false, telegram: true, email: false } });
    const inactive = { audience: 'inactive' as const, inactiveDays: 14 };
    const button = { label: 'Смотреть', url: '/courses' };
    const changed = await updatePost(school.app, teacher.actor, { ...fieldsOf(draft), to: inactive, button });
    expect(changed).toMatchObject({ rev: 2, to: inactive, button });
    expect(await audited(draft.id)).toEqual([]);
  });

  test('of a course that is not there is refused', async () => {
    const to = { audience: 'course' as const, courseId: randomUUID() };
    await expect(aDraft(school.app, teacher, { to })).rejects.toMatchObject({ code: 'COURSES_NOT_FOUND' });
    const draft = await aDraft(school.app, teacher);
    await expect(updatePost(school.app, teacher.actor, { ...fieldsOf(draft), to })).rejects.toMatchObject({ code: 'COURSES_NOT_FOUND' });
  });

  test('that somebody else has changed is a conflict, unless both say the same', async () => {
    const draft = await aDraft(school.app, teacher);
    await updatePost(school.app, other.actor, { ...fieldsOf(draft), body: 'Иначе' });
    await expect(updatePost(school.app, teacher.actor, { ...fieldsOf(draft), body: 'Ещё иначе' })).rejects.toMatchObject({
      code: 'NEWS_CONFLICT',
    });
    expect(await updatePost(school.app, teacher.actor, { ...fieldsOf(draft), body: 'Иначе' })).toMatchObject({ rev: 2, body: 'Иначе' });
  });

  test('of two at once one wins', async () => {
    const draft = await aDraft(school.app, teacher);
    const both = await Promise.allSettled(
      [teacher, other].map(({ actor }, n) => updatePost(school.app, actor, { ...fieldsOf(draft), body: `Текст ${n}` })),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect((await getPost(school.app, teacher.actor, draft.id)).rev).toBe(2);
  });

  test('is no student’s', async () => {
    const draft = await aDraft(school.app, teacher);
    await expect(getPost(school.app, student.actor, draft.id)).rejects.toMatchObject({ code: 'AUTH_FORBIDDEN' });
    await expect(updatePost(school.app, student.actor, fieldsOf(draft))).rejects.toMatchObject({ code: 'AUTH_FORBIDDEN' });
    await expect(createPost(school.app, student.actor, createNewsInput.parse({ id: randomUUID(), ...newsFields() }))).rejects.toMatchObject(
      {
        code: 'AUTH_FORBIDDEN',
      },
    );
  });
});

describe('what has gone out', () => {
  test('is mended, which the journal tells, and not aimed anew', async () => {
    const post = await aSentPost(school.app, teacher);
    const mended = await updatePost(school.app, other.actor, { ...fieldsOf(post), title: 'Разбор ноябрьского пробника' });
    expect(mended).toMatchObject({ rev: post.rev + 1, title: 'Разбор ноябрьского пробника', state: post.state });
    expect((await audited(post.id)).at(-1)).toEqual({
      action: 'news.update',
      before: { title: 'Разбор пробника' },
      after: { title: 'Разбор ноябрьского пробника' },
    });
    for (const over of [
      { to: { audience: 'inactive' as const, inactiveDays: 3 } },
      { channels: { site: true, telegram: false, email: true } },
    ]) {
      await expect(updatePost(school.app, teacher.actor, { ...fieldsOf(mended), ...over })).rejects.toMatchObject({
        code: 'NEWS_STATE',
        data: { state: post.state },
      });
    }
    for (const over of [{ title: '' }, { body: ' \n' }]) {
      await expect(updatePost(school.app, teacher.actor, { ...fieldsOf(mended), ...over })).rejects.toMatchObject({
        code: 'INPUT_INVALID',
      });
    }
    await expect(setList(school.app, teacher.actor, { id: post.id, text: student.email })).rejects.toMatchObject({ code: 'NEWS_STATE' });
  });

  test('a copy of it is a draft of one’s own, with all that it had', async () => {
    const draft = await aDraft(school.app, teacher, { to: { audience: 'list' }, button: { label: 'Смотреть', url: '/courses' } });
    await setList(school.app, teacher.actor, { id: draft.id, text: student.email });
    const upload = await anUpload(school.app, teacher, {
      purpose: 'news',
      subjectId: draft.id,
      name: 'a.png',
      mime: 'image/png',
      width: 10,
      height: 10,
    });
    const post = await send(
      school.app,
      teacher,
      await setPictures(school.app, teacher.actor, { id: draft.id, rev: 1, pictures: [{ id: upload, alt: 'График' }] }),
    );
    const copy = await copyPost(school.app, other.actor, post.id);
    expect(copy).toMatchObject({
      state: 'draft',
      rev: 1,
      title: post.title,
      body: post.body,
      button: post.button,
      to: post.to,
      listed: 1,
      startedAt: null,
    });
    expect(copy.id).not.toBe(post.id);
    expect(copy.pictures).toMatchObject([{ name: 'a.png', alt: 'График', width: 10 }]);
    expect(copy.pictures[0]?.id).not.toBe(post.pictures[0]?.id);
    await setPictures(school.app, other.actor, { id: copy.id, rev: 1, pictures: [] });
    expect((await getPost(school.app, teacher.actor, post.id)).pictures).toHaveLength(1);
  });
});

describe('pictures', () => {
  const aPicture = (postId: string, by = teacher) =>
    anUpload(school.app, by, { purpose: 'news', subjectId: postId, name: 'график.png', mime: 'image/png', width: 800, height: 600 });

  test('come, change places and go; the same said twice is no change', async () => {
    const draft = await aDraft(school.app, teacher);
    const [a, b] = [await aPicture(draft.id), await aPicture(draft.id)];
    const two = {
      id: draft.id,
      rev: 1,
      pictures: [
        { id: a, alt: 'Первый' },
        { id: b, alt: '' },
      ],
    };
    const first = await setPictures(school.app, teacher.actor, two);
    expect(first).toMatchObject({
      rev: 2,
      pictures: [
        { id: a, alt: 'Первый', width: 800, height: 600 },
        { id: b, alt: '' },
      ],
    });
    expect(await setPictures(school.app, teacher.actor, two)).toEqual(first);
    const turned = {
      id: draft.id,
      rev: 2,
      pictures: [
        { id: b, alt: 'Второй' },
        { id: a, alt: 'Первый' },
      ],
    };
    expect((await setPictures(school.app, teacher.actor, turned)).pictures.map(({ id, alt }) => [id, alt])).toEqual([
      [b, 'Второй'],
      [a, 'Первый'],
    ]);
    const fewer = await setPictures(school.app, teacher.actor, { id: draft.id, rev: 3, pictures: [{ id: a, alt: 'Первый' }] });
    expect(fewer.pictures.map(({ id }) => id)).toEqual([a]);
    await expect(setPictures(school.app, other.actor, { id: draft.id, rev: 2, pictures: [] })).rejects.toMatchObject({
      code: 'NEWS_CONFLICT',
    });
  });

  test('of another announcement, of somebody else, of another purpose or twice are refused', async () => {
    const [draft, second] = [await aDraft(school.app, teacher), await aDraft(school.app, teacher)];
    const mine = await aPicture(draft.id);
    const wrong = [
      await aPicture(second.id),
      await aPicture(draft.id, other),
      await anUpload(school.app, teacher, { subjectId: draft.id }),
      randomUUID(),
    ];
    for (const id of wrong) {
      await expect(
        setPictures(school.app, teacher.actor, {
          id: draft.id,
          rev: 1,
          pictures: [
            { id: mine, alt: '' },
            { id, alt: '' },
          ],
        }),
      ).rejects.toMatchObject({ code: 'FILES_NOT_FOUND' });
    }
    await expect(
      setPictures(school.app, teacher.actor, {
        id: draft.id,
        rev: 1,
        pictures: [
          { id: mine, alt: '' },
          { id: mine, alt: 'x' },
        ],
      }),
    ).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    expect((await getPost(school.app, teacher.actor, draft.id)).pictures).toEqual([]);
    // What was refused has claimed nothing.
    expect(
      (await setPictures(school.app, teacher.actor, { id: draft.id, rev: 1, pictures: [{ id: mine, alt: '' }] })).pictures,
    ).toHaveLength(1);
  });
});

describe('one’s own list', () => {
  test('is found by addresses, phones and ids; who is not found is told; the next list takes its place', async () => {
    const anna = await aStudent(school.app, { phone: '+7 916 123-45-67' });
    const draft = await aDraft(school.app, teacher, { to: { audience: 'list' } });
    const text = `ФИО;почта;телефон\nСоколов Илья;${student.email.toUpperCase()};\nИванова Анна;;8 (916) 123-45-67\n${teacher.email} ${randomUUID()}\nnobody@example.ru, ${anna.actor.id}`;
    const told = await setList(school.app, teacher.actor, { id: draft.id, text });
    expect(told).toMatchObject({ found: 2, unknownMore: 0 });
    // A teacher is no student.
    expect(told.unknown).toHaveLength(3);
    expect(told.unknown).toEqual(expect.arrayContaining([teacher.email, 'nobody@example.ru']));
    expect(await getPost(school.app, teacher.actor, draft.id)).toMatchObject({ listed: 2, rev: 1 });
    const many = Array.from({ length: 103 }, (_, n) => `nobody${n}@example.ru`).join('\n');
    const none = await setList(school.app, teacher.actor, { id: draft.id, text: many });
    expect([none.found, none.unknown.length, none.unknownMore]).toEqual([0, 100, 3]);
    expect((await getPost(school.app, teacher.actor, draft.id)).listed).toBe(0);
  });
});

describe('removed', () => {
  test('it is gone and can be put back; what was to begin by itself does not after that', async () => {
    const at = new Date(school.clock.now().getTime() + 3_600_000).toISOString();
    const post = await send(school.app, teacher, await aDraft(school.app, teacher), at);
    expect(post).toMatchObject({ state: 'scheduled', scheduledAt: at });
    await removePost(school.app, other.actor, post.id);
    expect(await getPost(school.app, teacher.actor, post.id)).toMatchObject({ deleted: true, state: 'draft', scheduledAt: null });
    expect((await listPosts(school.app, teacher.actor, {})).items.map(({ id }) => id)).not.toContain(post.id);
    for (const change of [
      () => removePost(school.app, teacher.actor, post.id),
      () => updatePost(school.app, teacher.actor, { ...fieldsOf(post), body: 'x' }),
      () => setPictures(school.app, teacher.actor, { id: post.id, rev: post.rev, pictures: [] }),
      () => setList(school.app, teacher.actor, { id: post.id, text: '' }),
      () => copyPost(school.app, teacher.actor, post.id),
      () => send(school.app, teacher, post),
    ]) {
      await expect(change()).rejects.toMatchObject({ code: 'NEWS_NOT_FOUND' });
    }
    await restorePost(school.app, teacher.actor, post.id);
    await expect(restorePost(school.app, teacher.actor, post.id)).rejects.toMatchObject({ code: 'NEWS_NOT_FOUND' });
    expect(await getPost(school.app, teacher.actor, post.id)).toMatchObject({ deleted: false, state: 'draft' });
    expect((await audited(post.id)).map(({ action }) => action)).toEqual([
      'news.schedule',
      'news.unschedule',
      'news.delete',
      'news.restore',
    ]);
  });
});

test('the list: what goes out first, then drafts, what has its time, and what has gone out; page by page without a gap', async () => {
  const { app } = school;
  await app.db.newsPost.updateMany({ data: { deletedAt: app.clock.now() } });
  const made: string[] = [];
  for (let n = 0; n < 23; n += 1) made.push((await aDraft(app, teacher, { title: `Новость ${n}` })).id);
  const states = ['done', 'sending', 'scheduled', 'cancelled', 'paused'] as const;
  for (const [n, state] of states.entries()) {
    const began = state !== 'scheduled';
    await app.db.newsPost.update({
      where: { id: made[n] ?? '' },
      data: { state, startedAt: began ? app.clock.now() : null },
      select: { id: true },
    });
  }
  const first = await listPosts(app, teacher.actor, {});
  const second = await listPosts(app, teacher.actor, { cursor: first.nextCursor ?? '' });
  expect([first.items.length, second.items.length, second.nextCursor]).toEqual([20, 3, null]);
  const all = [...first.items, ...second.items];
  expect(new Set(all.map(({ id }) => id)).size).toBe(23);
  const stored = new Map((await app.db.newsPost.findMany({ select: { id: true, state: true } })).map(({ id, state }) => [id, state]));
  expect([...new Set(all.map(({ id }) => stored.get(id)))].filter((state) => state !== 'paused' && state !== 'cancelled')).toEqual([
    'sending',
    'draft',
    'scheduled',
    'done',
  ]);
  expect(all.find(({ id }) => id === made[10])).toMatchObject({
    authorName: 'Ольга Громова',
    progress: null,
    audience: 'all',
    deleted: false,
  });
  await expect(listPosts(app, teacher.actor, { cursor: 'x' })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  await expect(listPosts(app, student.actor, {})).rejects.toMatchObject({ code: 'AUTH_FORBIDDEN' });
});

describe('the preview', () => {
  const preview = (over: Partial<Parameters<typeof previewPost>[2]>) =>
    previewPost(school.app, teacher.actor, { id: null, title: 'Разбор', body: 'Текст **важный**', button: null, ...over });

  test('says the same by every way', async () => {
    const { telegram, email, site } = await preview({ button: { label: 'Смотреть', url: '/courses' } });
    expect(telegram).toEqual({
      pieces: [{ html: '<b>Разбор</b>\n\nТекст <b>важный</b>', length: 20 }],
      length: 20,
      button: { label: 'Смотреть', url: '/courses' },
    });
    expect(email).toMatchObject({
      subject: 'Разбор',
      preheader: 'Текст важный',
      html: expect.stringContaining(`${school.app.config.publicUrl}/courses`),
    });
    expect(site).toEqual({ html: '<p>Текст <strong>важный</strong></p>', excerpt: 'Текст важный' });
  });

  test.each([
    ['an empty one', { title: '', body: '' }, 0],
    ['ten thousand characters in three messages', { body: 'Слово и дело. '.repeat(715) }, 3],
    ['twenty thousand: the beginning, and where the rest is', { body: 'Слово и дело. '.repeat(1428) }, 1],
  ])('%s', async (_, over, pieces) => {
    const { telegram } = await preview({ ...over, button: { label: 'Смотреть', url: '/courses' } });
    expect(telegram.pieces).toHaveLength(pieces);
    for (const { length } of telegram.pieces) expect(length).toBeLessThanOrEqual(4096);
    const label = (over.body?.length ?? 0) > 12_288 ? 'Читать на сайте' : 'Смотреть';
    expect(telegram.button?.label).toBe(label);
  });

  test('a button whose address is none yet is not shown', async () => {
    for (const url of ['', 'https:/', 'javascript:alert(1)'])
      expect((await preview({ button: { label: 'x', url } })).telegram.button).toBeNull();
  });

  test('shows the pictures that the post has', async () => {
    const draft = await aDraft(school.app, teacher);
    const id = await anUpload(school.app, teacher, {
      purpose: 'news',
      subjectId: draft.id,
      name: 'a.png',
      mime: 'image/png',
      width: 10,
      height: 10,
    });
    await setPictures(school.app, teacher.actor, { id: draft.id, rev: 1, pictures: [{ id, alt: 'График' }] });
    const { email } = await preview({ id: draft.id });
    expect(email.html).toMatch(new RegExp(`<img src="[^"]+/files/news/${id}/[\\w-]{22}/a\\.png"[^>]* alt="График"`));
  });
});
