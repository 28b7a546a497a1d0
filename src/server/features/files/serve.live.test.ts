import { request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aCourse, aNumber, type MadeCourse } from '../../testing/course.ts';
import { aLiveServer, aWebBrowser, type LiveServer, type WebBrowser } from '../../testing/live-server.ts';
import { aModerator, aSchool, aSession, aStudent, type School, type Student } from '../../testing/world.ts';
import { topicFileUrl, workFileUrl } from './urls.ts';

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
let person: Student;
beforeAll(async () => {
  school = await aSchool();
  site = await aLiveServer(school.app);
  course = await aCourse(school.app, { topics: [{ files }, { opensIn: 1, files }] });
  person = await aStudent(school.app);
  student = aWebBrowser(site.url, person.cookie);
});
afterAll(async () => {
  await site.close();
  await school.close();
});

/** As nobody was given it. */
const bare = (file: number, topic = 0) => `/files/${course.topic(topic).files[file]}/x`;
const given = (id: string | undefined) => topicFileUrl(school.app, person.actor, { id: id ?? '', name: 'x' });
const url = (file: number) => given(course.topic(0).files[file]);
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
    await guest.fetch(bare(0)),
    await guest.fetch(bare(0, 1)),
    await student.fetch(bare(0, 1)),
    await student.fetch(`/files/${crypto.randomUUID()}/x`),
    await student.fetch('/files/not-an-id/x'),
    await student.fetch('/files/%00/x'),
    await student.fetch(`/files/${course.topic(0).files[0]}`),
    await student.fetch(url(0), { method: 'POST' }),
  ];
  expect(await Promise.all(refused.map(async (answer) => [answer.status, await answer.text()]))).toEqual(refused.map(() => [404, '404']));
});

describe('an address', () => {
  const hours = 3_600_000;
  /** Follows one redirect; tells how it went. */
  const walk = async (browser: WebBrowser, path: string) => {
    const first = await browser.fetch(path);
    const to = first.headers.get('location');
    if (first.status !== 302 || to === null) return [first.status];
    expect(first.headers.get('cache-control')).toBe('no-store');
    const second = await browser.fetch(to);
    return [302, second.status, await second.text()];
  };

  test('stays the same for hours, so that the browser keeps what it has, and is another one for another person', async () => {
    const first = url(0);
    school.clock.forward(1000);
    expect(url(0)).toBe(first);
    const other = await aStudent(school.app);
    expect(topicFileUrl(school.app, other.actor, { id: course.topic(0).files[0] ?? '', name: 'x' })).not.toBe(first);
    const kept = await student.fetch(first);
    expect(Number(/max-age=(\d+)/.exec(kept.headers.get('cache-control') ?? '')?.[1])).toBeGreaterThan(6 * 3600 - 1);
    expect(
      (await student.fetch(first, { headers: { 'if-none-match': kept.headers.get('etag') ?? '', 'cache-control': 'max-age=0' } })).status,
    ).toBe(304);
  });

  test('that was not given, or was tampered with, or is somebody else’s, is asked at the gate', async () => {
    const fine = url(0);
    const other = await aStudent(school.app);
    const stranger = aWebBrowser(site.url, other.cookie);
    const [path = '', query = ''] = fine.split('?');
    for (const wrong of [
      path,
      `${path}?${query.slice(0, -1)}`,
      `${path}?${query.replace(/e=\d+/, 'e=999999')}`,
      `${path}?e=1&s=x`,
      `${path}?s=x&s=y&e=1`,
    ]) {
      expect(await walk(student, wrong)).toEqual([302, 200, digits]);
    }
    expect(await walk(stranger, fine)).toEqual([302, 200, digits]);
    // The file of a locked topic with the signature of an open one.
    expect(await walk(student, `${bare(0, 1)}?${query}`)).toEqual([404]);
    expect(await walk(aWebBrowser(site.url), fine)).toEqual([404]);
    const moderator = aWebBrowser(site.url, (await aModerator(school.app)).cookie);
    expect(await walk(moderator, bare(0, 1))).toEqual([302, 200, digits]);
  });

  test('ends: within twelve hours it opens without the gate, later only through it', async () => {
    const closing = await aCourse(school.app, { topics: [{ files: files.slice(0, 1) }] });
    const address = given(closing.topic(0).files[0]);
    await school.app.db.topic.update({ where: { id: closing.topic(0).id }, data: { publishedAt: null } });
    expect((await student.fetch(address)).status).toBe(200);
    school.clock.forward(12 * hours);
    // The session of a student lasts a month.
    expect((await student.fetch(address)).status).toBe(404);
    await school.app.db.topic.update({ where: { id: closing.topic(0).id }, data: { publishedAt: new Date() } });
    expect(await walk(student, address)).toEqual([302, 200, digits]);
    school.clock.forward(-12 * hours);
  });

  test('of a file that is gone is no address any more', async () => {
    const gone = await aCourse(school.app, { topics: [{ files: files.slice(0, 1) }] });
    const address = given(gone.topic(0).files[0]);
    await school.app.db.topicFile.deleteMany({ where: { topicId: gone.topic(0).id } });
    expect((await student.fetch(address)).status).toBe(404);
  });
});

describe('the rest of a file that was begun', () => {
  const part = async (ifRange: string) => (await student.fetch(url(0), { headers: { range: 'bytes=5-8', 'if-range': ifRange } })).status;

  test('is sent while it is the same file, and the whole when it is not', async () => {
    const etag = (await get()).headers.get('etag') ?? '';
    expect(await part(etag)).toBe(206);
    expect(await part('"another"')).toBe(200);
    expect(await part('Tue, 24 Nov 2026 12:00:00 GMT')).toBe(200);
  });
});

describe('a photo of somebody’s work', () => {
  const name = 'Решение.jpg';
  let id: string;
  beforeAll(async () => {
    const { db, storage } = school.app;
    const task = await aCourse(school.app, { topics: [{ tasks: [aNumber()] }] });
    await storage.put('uploads/photo', Buffer.from('photo'));
    const now = school.clock.now();
    const { files: made } = await db.work.create({
      data: {
        personId: person.actor.id,
        taskId: task.task(0, 0),
        clientId: crypto.randomUUID(),
        round: 1,
        text: '',
        handedInAt: now,
        localOn: now,
        files: { create: { position: 0, name, storageKey: 'uploads/photo', mime: 'image/jpeg', size: 5 } },
      },
      select: { files: { select: { id: true } } },
    });
    id = made[0]?.id ?? '';
  });

  test('is for whoever handed it in and for teachers', async () => {
    const path = `/files/work/${id}/x`;
    const other = await aStudent(school.app);
    const moderator = await aModerator(school.app);
    const answers = [];
    for (const [who, address] of [
      [person, workFileUrl(school.app, person.actor, { id, name })],
      [moderator, workFileUrl(school.app, moderator.actor, { id, name })],
      [person, path],
      [moderator, path],
      [other, path],
      [other, workFileUrl(school.app, person.actor, { id, name })],
      // An address of a topic's file is none of a work's.
      [other, topicFileUrl(school.app, other.actor, { id, name }).replace('/files/', '/files/work/')],
    ] as const) {
      answers.push((await aWebBrowser(site.url, await aSession(school.app, who.actor.id)).fetch(address)).status);
    }
    expect(answers).toEqual([200, 200, 302, 302, 404, 404, 404]);
    expect((await aWebBrowser(site.url).fetch(path)).status).toBe(404);
  });
});

test('a file that is lost in the store is not found, and the site lives on', async () => {
  const lost = await aCourse(school.app, { topics: [{ files: files.slice(0, 1) }] });
  await school.app.storage.remove(`topics/${lost.topic(0).id}/17.txt`);
  expect((await student.fetch(given(lost.topic(0).files[0]))).status).toBe(404);
  expect((await get()).status).toBe(200);
});

test('a reader who goes away in the middle disturbs nobody', async () => {
  const big = await aCourse(school.app, {
    topics: [{ files: [{ name: 'big.bin', mime: 'application/octet-stream', body: 'x'.repeat(8_000_000) }] }],
  });
  const cookie = [...student.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const path = given(big.topic(0).files[0]);
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
