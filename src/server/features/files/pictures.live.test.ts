/** Smaller copies of pictures: how they are made, offered and chosen. */
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { App } from '../../platform/app.ts';
import { aCourse } from '../../testing/course.ts';
import { aLiveServer, aWebBrowser, type LiveServer, type WebBrowser } from '../../testing/live-server.ts';
import { aSchool, aStudent, type School, type Student } from '../../testing/world.ts';
import { topicFileUrl } from './urls.ts';
import { fillVariants, makeVariants } from './variants.ts';

/** A photo, which noise makes as heavy as one. */
const aPhoto = (width: number, height: number) => {
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 40 };
  return sharp({ create: { width, height, channels: 3, background: 'red', noise } });
};

let school: School;
let app: App;
let site: LiveServer;
let student: Student;
let browser: WebBrowser;
beforeAll(async () => {
  school = await aSchool();
  app = school.app;
  site = await aLiveServer(app);
  student = await aStudent(app);
  browser = aWebBrowser(site.url, student.cookie);
});
afterAll(async () => {
  await site.close();
  await school.close();
});

let topic: { id: string; course: string };
beforeEach(async () => {
  const course = await aCourse(app, { topics: [{ theory: '![Волк](files/wolf.jpg) и ![Схема](files/scheme.gif)' }] });
  topic = { id: course.topic(0).id, course: course.slug };
});

async function aFile(name: string, bytes: Buffer, width: number, height: number) {
  const storageKey = `uploads/${crypto.randomUUID()}`;
  await app.storage.put(storageKey, bytes);
  const data = { topicId: topic.id, name, mime: 'image/jpeg', size: bytes.length, storageKey, width, height };
  const { id } = await app.db.topicFile.create({ data, select: { id: true } });
  return { id, storageKey, name, url: (at?: number) => topicFileUrl(app, student.actor, { id, name }, at) };
}
const copies = (sourceKey: string) =>
  app.db.fileVariant.findMany({
    where: { sourceKey },
    orderBy: [{ width: 'asc' }, { format: 'asc' }],
    select: { width: true, format: true, storageKey: true, size: true },
  });
const get = async (url: string, accept: string) => {
  const answer = await browser.fetch(url, { headers: { accept } });
  const bytes = Buffer.from(await answer.arrayBuffer());
  return {
    type: answer.headers.get('content-type'),
    vary: answer.headers.get('vary') ?? '',
    age: Number(/max-age=(\d+)/.exec(answer.headers.get('cache-control') ?? '')?.[1]),
    bytes,
  };
};
const avifAndWebp = 'image/avif,image/webp,image/apng,*/*;q=0.8';

describe('a photo taken upright', () => {
  test('gets copies of every width below its own, turned the right way, and its page offers them', async () => {
    const photo = await aPhoto(1100, 1000).jpeg().withMetadata({ orientation: 6 }).toBuffer();
    const file = await aFile('wolf.jpg', photo, 1000, 1100);
    // Until they are made the original is sent, and not kept for long.
    expect(await get(file.url(480), avifAndWebp)).toMatchObject({ type: 'image/jpeg', age: 60 });
    await makeVariants(app, file.storageKey);
    const made = await copies(file.storageKey);
    expect(made.map(({ width, format }) => `${width} ${format}`)).toEqual(['480 avif', '480 webp', '960 avif', '960 webp']);
    const avif = await get(file.url(480), avifAndWebp);
    expect([avif.type, avif.vary.includes('Accept'), avif.age > 6 * 3600]).toEqual(['image/avif', true, true]);
    expect(await sharp(avif.bytes).metadata()).toMatchObject({ width: 480, height: 528 });
    const webp = await get(file.url(960), 'image/webp,*/*');
    expect(webp.type).toBe('image/webp');
    expect(await sharp(webp.bytes).metadata()).toMatchObject({ width: 960, height: 1056 });
    expect(webp.bytes.length).toBeLessThan(photo.length);
    for (const accept of ['*/*', 'image/png']) expect(await get(file.url(480), accept)).toMatchObject({ type: 'image/jpeg', bytes: photo });
    expect(await get(file.url(), avifAndWebp)).toMatchObject({ type: 'image/jpeg', bytes: photo });
    // A width that nobody offers is the original.
    expect(await get(file.url().replace('?', '?w=500&'), avifAndWebp)).toMatchObject({ type: 'image/jpeg' });
    const { theoryHtml } = await browser.rpc.courses.topic.query({ course: topic.course, topic: 'topic-1' });
    const srcset = /srcset="([^"]+)"/.exec(theoryHtml)?.[1]?.replaceAll('&amp;', '&');
    expect(srcset).toBe(`${file.url(480)} 480w, ${file.url(960)} 960w, ${file.url()} 1000w`);
    expect(theoryHtml).toMatch(/<img src="[^"]+" srcset="[^"]+" sizes="[^"]+" alt="Волк" width="1000" height="1100"/);
  });

  test('asked twice, is done once', async () => {
    const file = await aFile('wolf.jpg', await aPhoto(600, 300).jpeg().toBuffer(), 600, 300);
    await makeVariants(app, file.storageKey);
    const first = await copies(file.storageKey);
    const at = (await app.storage.find(first[0]?.storageKey ?? ''))?.modifiedAt;
    await makeVariants(app, file.storageKey);
    expect(await copies(file.storageKey)).toEqual(first);
    expect((await app.storage.find(first[0]?.storageKey ?? ''))?.modifiedAt).toEqual(at);
  });
});

test.each([
  ['a picture as small as the smallest copy', 'wolf.jpg', 480],
  ['a GIF, which may move', 'scheme.gif', 2000],
])('%s has none', async (_, name, width) => {
  const file = await aFile(name, await aPhoto(10, 10).jpeg().toBuffer(), width, 10);
  await makeVariants(app, file.storageKey);
  expect(await copies(file.storageKey)).toEqual([]);
  const { theoryHtml } = await browser.rpc.courses.topic.query({ course: topic.course, topic: 'topic-1' });
  expect(theoryHtml).not.toContain('srcset');
});

test('a copy that is larger than the original is not sent', async () => {
  const flat = await sharp({ create: { width: 700, height: 20, channels: 3, background: 'white' } })
    .png({ palette: true, compressionLevel: 9 })
    .toBuffer();
  const file = await aFile('wolf.png', flat, 700, 20);
  await makeVariants(app, file.storageKey);
  await app.db.fileVariant.updateMany({ where: { sourceKey: file.storageKey }, data: { size: flat.length } });
  expect(await get(file.url(480), avifAndWebp)).toMatchObject({ bytes: flat, vary: expect.stringContaining('Accept') });
});

test('a damaged picture fails once and quietly, and stays as it is', async () => {
  const whole = await aPhoto(1000, 500).png().toBuffer();
  const file = await aFile('wolf.png', whole.subarray(0, 5000), 1000, 500);
  await makeVariants(app, file.storageKey);
  expect(await copies(file.storageKey)).toEqual([{ width: 0, format: 'none', storageKey: '', size: 0 }]);
  await makeVariants(app, file.storageKey);
  expect(await get(file.url(480), avifAndWebp)).toMatchObject({ bytes: whole.subarray(0, 5000) });
});

test('a picture that is gone since is no fault', async () => {
  await makeVariants(app, 'uploads/never');
  const file = await aFile('wolf.jpg', await aPhoto(600, 300).jpeg().toBuffer(), 600, 300);
  await app.storage.remove(file.storageKey);
  await makeVariants(app, file.storageKey);
  expect(await copies(file.storageKey)).toEqual([]);
});

test('at night those are queued that have no copies, and no others', async () => {
  const bytes = await aPhoto(600, 300).jpeg().toBuffer();
  const [done, lacking, small] = [
    await aFile('a.jpg', bytes, 600, 300),
    await aFile('b.jpg', bytes, 600, 300),
    await aFile('c.jpg', bytes, 200, 100),
  ];
  await makeVariants(app, done.storageKey);
  await fillVariants(app);
  const jobs = await app.db.$queryRaw<{ key: string }[]>`SELECT data->>'key' AS key FROM pgboss.job WHERE name = 'files.resize'`;
  const keys = jobs.map(({ key }) => key);
  expect([done, lacking, small].map(({ storageKey }) => keys.includes(storageKey))).toEqual([false, true, false]);
});
