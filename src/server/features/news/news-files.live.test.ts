import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aLiveServer, aWebBrowser, type LiveServer } from '../../testing/live-server.ts';
import { aDraft, send } from '../../testing/news.ts';
import { tusClient } from '../../testing/tus.ts';
import { aClock, aModerator, aSchool, aStudent, type School, type Student } from '../../testing/world.ts';
import { collectFiles } from '../files/collect.ts';
import { makeVariants } from '../files/variants.ts';
import { noticeWords } from '../notifications/kinds.ts';
import { setPictures } from './office/pictures/actions.ts';
import { getPost } from './office/queries.ts';
import { findNewsMessage } from './queries.ts';

let school: School;
let site: LiveServer;
let teacher: Student;
let student: Student;
beforeAll(async () => {
  // Objects have the time of the world outside.
  school = await aSchool({ clock: aClock(new Date().toISOString()) });
  site = await aLiveServer(school.app);
  [teacher, student] = [await aModerator(school.app), await aStudent(school.app)];
});
afterAll(async () => {
  await site.close();
  await school.close();
});

const photo = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#8ed4b9' } })
    .jpeg()
    .toBuffer();

test('a picture goes from the composer to students, into letters and to Telegram, and is gone with the announcement', async () => {
  const { app } = school;
  const draft = await aDraft(app, teacher);
  const office = aWebBrowser(site.url, teacher.cookie);
  const bytes = await photo(2000, 1000);
  const announced = { purpose: 'news' as const, subject: draft.id, name: 'График.jpg', size: bytes.length };
  const { id } = await tusClient(office, site.url).send(announced, bytes);
  const kept = await office.rpc.news.office.setPictures.mutate({ id: draft.id, rev: 1, pictures: [{ id, alt: 'График' }] });
  const early = kept.pictures[0]?.url ?? '';
  expect(early).toMatch(/^\/files\/news\/[0-9a-f-]{36}\/.*\?e=\d+&s=/);
  expect((await office.fetch(early)).headers.get('content-type')).toBe('image/jpeg');

  const reader = aWebBrowser(site.url, student.cookie);
  const bare = early.split('?')[0] ?? '';
  for (const address of [early, bare]) expect((await reader.fetch(address)).status).toBe(404);
  await send(app, teacher, kept);
  const { pictures } = await reader.rpc.news.article.query({ id: draft.id });
  expect(pictures).toMatchObject([{ id, alt: 'График', width: 2000, height: 1000 }]);
  expect((await reader.fetch(pictures[0]?.url ?? '')).status).toBe(200);
  expect((await reader.fetch(early)).status).toBe(302);
  expect((await aWebBrowser(site.url).fetch(pictures[0]?.url ?? '')).status).toBe(404);

  // Smaller copies, also for letters, where nobody is signed in.
  const row = await findNewsMessage(app, draft.id);
  await makeVariants(app, row?.files[0]?.storageKey ?? '');
  const recipient = { id: student.actor.id, role: 'student' as const, firstName: 'Илья', locale: 'ru' as const, timeZone: 'Europe/Moscow' };
  const notice = { id: draft.id, kind: 'news' as const, data: { postId: draft.id }, createdAt: new Date() };
  const message = await noticeWords.news?.message(app, notice, recipient);
  const [picture] = message?.pictures ?? [];
  const inLetter = new URL(picture?.url ?? '');
  expect(inLetter.search).toBe('?w=1600');
  const mail = aWebBrowser(site.url);
  const path = inLetter.pathname + inLetter.search;
  const small = await mail.fetch(path, { headers: { accept: 'image/webp,*/*' } });
  expect([small.status, small.headers.get('content-type'), small.headers.get('cache-control')]).toEqual([
    200,
    'image/webp',
    'public, max-age=604800, no-transform',
  ]);
  expect((await mail.fetch(path, { headers: { accept: '*/*' } })).headers.get('content-type')).toBe('image/jpeg');
  const [, , , fileId = '', signature = ''] = path.split('/');
  for (const forged of [
    path.replace(signature, `${signature.slice(0, -2)}xx`),
    path.replace(signature, 'x'),
    path.replace(fileId, student.actor.id),
  ]) {
    expect((await mail.fetch(forged)).status).toBe(404);
  }

  await office.rpc.news.office.remove.mutate({ id: draft.id });
  for (const [browser, address] of [
    [reader, pictures[0]?.url ?? ''],
    [office, early],
    [mail, path],
  ] as const) {
    expect((await browser.fetch(address)).status).toBe(404);
  }
  await office.rpc.news.office.restore.mutate({ id: draft.id });
  expect((await mail.fetch(path)).status).toBe(200);

  // What Telegram is sent it takes for a photo, whatever was uploaded.
  const telegram = sharp(await picture?.load());
  expect(await telegram.metadata()).toMatchObject({ format: 'jpeg', width: 2000, height: 1000 });

  // Taken out, its bytes go after a day; what is named stays.
  const taken = (await findNewsMessage(app, draft.id))?.files[0]?.storageKey ?? '';
  school.clock.forward(3 * 86_400_000);
  await collectFiles(app);
  expect(await app.storage.find(taken)).not.toBeNull();
  expect(await app.db.fileVariant.count({ where: { sourceKey: taken } })).toBeGreaterThan(0);
  const { rev } = await getPost(app, teacher.actor, draft.id);
  await setPictures(app, teacher.actor, { id: draft.id, rev, pictures: [] });
  await collectFiles(app);
  expect(await app.storage.find(taken)).toBeNull();
  school.clock.forward(-3 * 86_400_000);
});

test('only pictures, of bounded size, by teachers, for an announcement that is there', async () => {
  const draft = await aDraft(school.app, teacher);
  const create = async (by: Student, over: object) => {
    const announced = { purpose: 'news' as const, subject: draft.id, name: 'a.png', size: 10, ...over };
    const answer = await tusClient(aWebBrowser(site.url, by.cookie), site.url).create(announced);
    return answer.status === 201 ? 201 : ((await answer.json()) as { code: string }).code;
  };
  expect(await create(teacher, {})).toBe(201);
  expect(await create(student, {})).toBe('AUTH_FORBIDDEN');
  expect(await create(teacher, { subject: student.actor.id })).toBe('NEWS_NOT_FOUND');
  for (const over of [{ name: 'a.svg' }, { name: 'a.pdf' }, { name: 'a.mp4' }, { size: 10_000_001 }])
    expect(await create(teacher, over)).toBe('FILES_REFUSED');
});

test('a list of thousands fits into one request; what is longer is refused', async () => {
  const draft = await aDraft(school.app, teacher, { to: { audience: 'list' } });
  const office = aWebBrowser(site.url, teacher.cookie);
  const text = `${'Фамилия Имя Отчество; '.repeat(85_000)}${student.email}`;
  expect(text.length).toBeGreaterThan(1_800_000);
  expect(await office.rpc.news.office.setList.mutate({ id: draft.id, text })).toEqual({ found: 1, unknown: [], unknownMore: 0 });
  await expect(office.rpc.news.office.setList.mutate({ id: draft.id, text: 'я'.repeat(2_000_001) })).rejects.toMatchObject({
    data: { app: { code: 'INPUT_INVALID' } },
  });
});
