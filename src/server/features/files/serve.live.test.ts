import { request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aCourse, type MadeCourse } from '../../testing/course.ts';
import { aLiveServer, aWebBrowser, type LiveServer, type WebBrowser } from '../../testing/live-server.ts';
import { aModerator, aSchool, aStudent, type School } from '../../testing/world.ts';

const digits = '0123456789'.repeat(1000);
const files = [
  { name: '17.txt', mime: 'text/plain', body: digits },
  { name: 'graph.svg', mime: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>' },
  { name: 'page.html', mime: 'text/html', body: '<script>alert(1)</script>' },
  { name: 'Таблица «1».ods', mime: 'application/vnd.oasis.opendocument.spreadsheet', body: 'ods' },
];

let school: School;
let site: LiveServer;
let course: MadeCourse;
let student: WebBrowser;
beforeAll(async () => {
  school = await aSchool();
  site = await aLiveServer(school.app);
  course = await aCourse(school.app, { topics: [{ files }, { opensIn: 1, files }] });
  student = aWebBrowser(site.url, (await aStudent(school.app)).cookie);
});
afterAll(async () => {
  await site.close();
  await school.close();
});

const url = (file: number, topic = 0) => `/files/${course.topic(topic).files[file]}/x`;
const get = (range?: string, encoding = 'identity') =>
  student.fetch(url(0), { headers: { ...(range ? { range } : {}), 'accept-encoding': encoding } });

test('a file is sent whole, with its type and size, to be kept by this browser alone', async () => {
  const answer = await get();
  expect(answer.status).toBe(200);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': expect.stringContaining('text/plain'),
    'content-length': '10000',
    'accept-ranges': 'bytes',
    'cache-control': expect.stringContaining('private'),
    'x-content-type-options': 'nosniff',
  });
  expect((await answer.text()) === digits).toBe(true);
});

describe('ranges, as a player and a broken download ask for them', () => {
  test.each([
    ['bytes=0-9', 206, 'bytes 0-9/10000', '0123456789'],
    ['bytes=9995-', 206, 'bytes 9995-9999/10000', '56789'],
    ['bytes=-3', 206, 'bytes 9997-9999/10000', '789'],
    ['bytes=9998-20000', 206, 'bytes 9998-9999/10000', '89'],
    ['bytes=0-1,1-3', 206, 'bytes 0-3/10000', '0123'],
    ['bytes=10000-', 416, 'bytes */10000', ''],
    ['bytes=5-1', 416, 'bytes */10000', ''],
  ])('%s', async (range, status, contentRange, body) => {
    const answer = await get(range);
    expect([answer.status, answer.headers.get('content-range'), await answer.text()]).toEqual([status, contentRange, body]);
    if (status === 206) expect(answer.headers.get('content-length')).toBe(String(body.length));
  });

  test.each(['bytes=0-1,5-6', 'lines=1-2', 'bytes=x', ''])('what cannot be had in parts comes whole: %j', async (range) => {
    const answer = await get(range);
    expect([answer.status, (await answer.text()).length]).toEqual([200, 10_000]);
  });

  test('a part is a part of the file itself, also for a browser that takes compression', async () => {
    const answer = await get('bytes=5-8004', 'gzip');
    expect([answer.status, answer.headers.get('content-encoding'), answer.headers.get('content-length')]).toEqual([206, null, '8000']);
    expect(await answer.text()).toBe(digits.slice(5, 8005));
  });

  test('HEAD tells the same and sends nothing', async () => {
    const answer = await student.fetch(url(0), { method: 'HEAD', headers: { 'accept-encoding': 'identity' } });
    expect([answer.status, answer.headers.get('content-length'), await answer.text()]).toEqual([200, '10000', '']);
  });
});

describe('what a file may do in the browser', () => {
  test.each([
    [1, 'graph.svg', /^inline/],
    [2, 'page.html', /^attachment/],
    [3, 'Таблица «1».ods', /^attachment/],
  ])('%s: %s', async (file, name, disposition) => {
    const answer = await student.fetch(url(file));
    expect(answer.headers.get('content-disposition')).toMatch(disposition);
    expect(decodeURIComponent(answer.headers.get('content-disposition') ?? '')).toContain(name);
    // No script runs in it and it is nobody's page, were it opened by itself.
    expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; style-src 'unsafe-inline'; sandbox");
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });
});

test('nobody has it who may not open its topic, and all hear the same', async () => {
  const guest = aWebBrowser(site.url);
  const refused = [
    await guest.fetch(url(0)),
    await guest.fetch(url(0, 1)),
    await student.fetch(url(0, 1)),
    await student.fetch(`/files/${crypto.randomUUID()}/x`),
    await student.fetch('/files/not-an-id/x'),
    await student.fetch('/files/%00/x'),
    await student.fetch(`/files/${course.topic(0).files[0]}`),
    await student.fetch(url(0), { method: 'POST' }),
  ];
  expect(await Promise.all(refused.map(async (answer) => [answer.status, await answer.text()]))).toEqual(refused.map(() => [404, '404']));
  const moderator = aWebBrowser(site.url, (await aModerator(school.app)).cookie);
  expect((await moderator.fetch(url(0, 1))).status).toBe(200);
});

test('a file that is lost in the store is not found, and the site lives on', async () => {
  const lost = await aCourse(school.app, { topics: [{ files: files.slice(0, 1) }] });
  await school.app.storage.remove(`topics/${lost.topic(0).id}/17.txt`);
  expect((await student.fetch(`/files/${lost.topic(0).files[0]}/x`)).status).toBe(404);
  expect((await get()).status).toBe(200);
});

test('a reader who goes away in the middle disturbs nobody', async () => {
  const big = await aCourse(school.app, {
    topics: [{ files: [{ name: 'big.bin', mime: 'application/octet-stream', body: 'x'.repeat(8_000_000) }] }],
  });
  const cookie = [...student.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const path = `/files/${big.topic(0).files[0]}/x`;
  await new Promise<void>((resolve, reject) => {
    const going = request(site.url + path, { headers: { cookie } }, (answer) => {
      answer.once('data', () => {
        answer.destroy();
        resolve();
      });
      answer.on('error', () => undefined);
    });
    going.on('error', reject).end();
  });
  expect((await (await student.fetch(path)).text()).length).toBe(8_000_000);
});

test('a longer text is sent compressed where the browser takes it', async () => {
  const answer = await new Promise<{ encoding: string | undefined; body: Buffer }>((resolve, reject) => {
    const cookie = [...student.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    request(
      `${site.url}/trpc/${Array(9).fill('courses.get')}?batch=1&input=${encodeURIComponent(JSON.stringify({ ...Array(9).fill({ course: course.slug }) }))}`,
      { headers: { cookie, 'accept-encoding': 'gzip' } },
      (res) => {
        const chunks: Buffer[] = [];
        res.on('data', (chunk: Buffer) => chunks.push(chunk));
        res.on('end', () => resolve({ encoding: res.headers['content-encoding'], body: Buffer.concat(chunks) }));
      },
    )
      .on('error', reject)
      .end();
  });
  expect(answer.encoding).toBe('gzip');
  expect(JSON.parse(gunzipSync(answer.body).toString())).toMatchObject(Array(9).fill({ result: { data: { slug: course.slug } } }));
});
