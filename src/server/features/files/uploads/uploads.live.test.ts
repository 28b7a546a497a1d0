import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uploadsPath } from '#shared/upload-rules.ts';
import { aCourse, aNumber, type MadeCourse } from '../../../testing/course.ts';
import { aLiveServer, aWebBrowser, type LiveServer } from '../../../testing/live-server.ts';
import { anS3Server } from '../../../testing/s3-server.ts';
import { type TusClient, tusClient } from '../../../testing/tus.ts';
import { aModerator, aSchool, aStudent, type School, type Student } from '../../../testing/world.ts';

/** Begins like a film and goes on with noise. */
function aFilm(bytes: number): Buffer {
  const begin = Buffer.from('0000001c667479706d703432000000006d70343269736f6d61766331', 'hex');
  return Buffer.concat([begin, randomBytes(bytes - begin.length)]);
}

const longTask = { spec: { kind: 'long' as const, criteria: [{ id: 'K1', title: 'Верно', max: 2 }] } };

const stores: Record<string, () => Promise<{ env: Record<string, string>; close(): Promise<void> }>> = {
  'a folder': async () => ({ env: {}, close: async () => {} }),
  'a bucket': () => anS3Server(),
};

describe.each(Object.entries(stores))('into %s', (_, open) => {
  let close: () => Promise<void>;
  let school: School;
  let site: LiveServer;
  let course: MadeCourse;
  let moderator: Student;
  let tus: TusClient;
  let subject: string;
  beforeAll(async () => {
    const store = await open();
    school = await aSchool({ env: store.env });
    site = await aLiveServer(school.app);
    course = await aCourse(school.app, { topics: [{ tasks: [longTask] }] });
    moderator = await aModerator(school.app);
    tus = tusClient(aWebBrowser(site.url, moderator.cookie), site.url);
    subject = course.topic(0).id;
    close = async () => {
      await site.close();
      await school.close();
      await store.close();
    };
  });
  afterAll(() => close());

  const stored = (id: string) => buffer(school.app.storage.read(`uploads/${id}`));

  test('a film arrives in pieces, is judged with the last one, and lies in the store as it is', async () => {
    const film = aFilm(13_000_000);
    const path = await tus.begin({ purpose: 'topic', subject, name: 'Разбор.mp4', size: film.length });
    expect(path).toMatch(new RegExp(`^${uploadsPath}/[0-9a-f-]{36}$`));
    const first = await tus.patch(path, 0, new Uint8Array(film.subarray(0, 8_000_000)));
    expect([first.status, first.headers.get('upload-offset')]).toEqual([204, '8000000']);
    expect(await tus.offset(path)).toBe(8_000_000);
    const last = await tus.patch(path, 8_000_000, new Uint8Array(film.subarray(8_000_000)));
    const id = path.slice(uploadsPath.length + 1);
    const dto = {
      id,
      purpose: 'topic',
      name: 'Разбор.mp4',
      size: film.length,
      state: 'ready',
      refusal: null,
      mime: 'video/mp4',
      width: null,
      height: null,
    };
    expect([last.status, await last.json()]).toEqual([200, dto]);
    expect((await stored(id)).equals(film)).toBe(true);
    // Asked once more, where the answer was lost.
    expect(await tus.offset(path)).toBe(film.length);
    expect(await aWebBrowser(site.url, moderator.cookie).rpc.files.upload.query({ id })).toEqual(dto);
  });

  test('a connection that breaks off loses what was under way, and the rest goes on from there', async () => {
    const film = aFilm(9_000_000);
    const path = await tus.begin({ purpose: 'topic', subject, name: 'a.mp4', size: film.length });
    const half = new ReadableStream({
      start: (body) => body.enqueue(new Uint8Array(film.subarray(0, 6_000_000))),
      // Nothing more comes until the connection ends.
      pull: () => new Promise(() => {}),
    });
    const cut = new AbortController();
    const going = tus.patch(path, 0, half, { signal: cut.signal, duplex: 'half' } as RequestInit).catch((error: Error) => error.name);
    await arrivedInPart();
    cut.abort();
    expect(await going).toBe('AbortError');
    const offset = await tus.offset(path);
    expect(offset).toBeGreaterThanOrEqual(0);
    expect(offset).toBeLessThanOrEqual(6_000_000);
    expect(await tus.goOn(path, film)).toMatchObject({ state: 'ready' });
    expect((await stored(path.slice(uploadsPath.length + 1))).equals(film)).toBe(true);
  });

  /** Until somebody writes. */
  const arrivedInPart = () =>
    expect
      .poll(
        async () =>
          (
            await school.app.db.$queryRaw<
              { n: number }[]
            >`SELECT count(*)::int AS n FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1`
          )[0]?.n,
      )
      .toBeGreaterThan(0);

  test('what is given up is forgotten, with its bytes', async () => {
    const path = await tus.begin({ purpose: 'topic', subject, name: 'a.mp4', size: 1000 });
    await tus.patch(path, 0, new Uint8Array(aFilm(500)));
    expect((await tus.remove(path)).status).toBe(204);
    expect([(await tus.head(path)).status, (await tus.remove(path)).status]).toEqual([404, 404]);
    expect(await school.app.storage.find(path.replace(uploadsPath, 'uploads'))).toBeNull();
  });

  test('what is refused when it is whole is told in the last answer, and its bytes are gone', async () => {
    const exe = Buffer.concat([Buffer.from('MZ\x90\x00'), randomBytes(2000)]);
    const refused = await tus.send({ purpose: 'topic', subject, name: 'Фото.jpg' }, exe);
    expect(refused).toMatchObject({ state: 'refused', refusal: 'content', mime: null });
    expect(await school.app.storage.find(`uploads/${refused.id}`)).toBeNull();
  });

  test('the server that died between the last byte and its verdict gives it when it is asked where to go on', async () => {
    const photo = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'red' } })
      .jpeg()
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const { id } = await tus.send({ purpose: 'topic', subject, name: 'a.jpg' }, photo);
    await school.app.db.upload.update({ where: { id }, data: { state: 'receiving', mime: null, width: null, height: null } });
    const answer = await tus.head(`${uploadsPath}/${id}`);
    expect([answer.status, answer.headers.get('upload-offset')]).toEqual([200, String(photo.length)]);
    // Held upright: as high as the camera says it is wide.
    expect(await school.app.db.upload.findUnique({ where: { id } })).toMatchObject({
      state: 'ready',
      mime: 'image/jpeg',
      width: 30,
      height: 40,
    });
  });

  test('where the store refuses that verdict, it is asked for again', async () => {
    const { id } = await tus.send({ purpose: 'topic', subject, name: 'a.mp4' }, aFilm(1000));
    await school.app.db.upload.update({ where: { id }, data: { state: 'receiving', mime: null } });
    const { storage } = school.app;
    const { find } = storage;
    storage.find = () => Promise.reject(Object.assign(new Error('NoSuchUpload'), { $metadata: {} }));
    expect((await tus.head(`${uploadsPath}/${id}`)).status).toBe(503);
    storage.find = find;
    expect((await tus.head(`${uploadsPath}/${id}`)).status).toBe(200);
    expect(await school.app.db.upload.findUnique({ where: { id } })).toMatchObject({ state: 'ready', mime: 'video/mp4' });
  });
});

describe('who may send what', () => {
  let school: School;
  let site: LiveServer;
  let course: MadeCourse;
  let student: Student;
  let moderator: Student;
  beforeAll(async () => {
    school = await aSchool();
    site = await aLiveServer(school.app);
    course = await aCourse(school.app, { topics: [{ tasks: [longTask, aNumber()] }, { opensIn: 1, tasks: [longTask] }] });
    student = await aStudent(school.app);
    moderator = await aModerator(school.app);
  });
  afterAll(async () => {
    await site.close();
    await school.close();
  });
  const as = (who: Student | null) => tusClient(aWebBrowser(site.url, who?.cookie), site.url);
  const outcome = async (answer: Response) => [
    answer.status,
    answer.status === 201 ? null : ((await answer.json()) as { code: string; data: object }),
  ];

  test('films and courses are the teachers’, and a long answer is whose task is open', async () => {
    const topic = { purpose: 'topic' as const, subject: course.topic(0).id, name: 'a.mp4', size: 10 };
    const work = { purpose: 'work' as const, subject: course.task(0, 0), name: 'a.jpg', size: 10 };
    const archive = { purpose: 'import' as const, name: 'a.zip', size: 10 };
    const codes = async (who: Student | null, ...announced: Parameters<TusClient['create']>[0][]) => {
      const answers = [];
      for (const one of announced) answers.push(await outcome(await as(who).create(one)));
      return answers.map(([status, said]) => (status === 201 ? 'ok' : (said as { code: string }).code));
    };
    expect(await codes(null, topic, work, archive)).toEqual(Array(3).fill('AUTH_SESSION_REQUIRED'));
    expect(await codes(moderator, topic, archive, { ...topic, subject: course.id })).toEqual(['ok', 'ok', 'TOPICS_NOT_FOUND']);
    expect(await codes(student, topic, archive, work)).toEqual(['AUTH_FORBIDDEN', 'AUTH_FORBIDDEN', 'ok']);
    const elsewhere = [course.task(1, 0), course.task(0, 1), crypto.randomUUID()].map((subject) => ({ ...work, subject }));
    expect(await codes(student, ...elsewhere)).toEqual(['TOPICS_NOT_OPEN', 'TASKS_NOT_FOUND', 'TASKS_NOT_FOUND']);
  });

  test.each([
    [{ name: 'a.exe' }, 'type'],
    [{ name: 'a.html' }, 'type'],
    [{ name: 'a' }, 'type'],
    [{ name: 'a.svg' }, 'type'],
    [{ name: 'IMG_1.HEIC' }, 'heic'],
    [{ size: 0 }, 'empty'],
    [{ size: 20_000_001 }, 'too-large'],
  ])('%j is refused before a byte comes', async (odd, refusal) => {
    const answer = await as(student).create({ purpose: 'work', subject: course.task(0, 0), name: 'a.jpg', size: 10, ...odd });
    expect(await outcome(answer)).toEqual([400, { code: 'FILES_REFUSED', data: { refusal } }]);
  });

  test('two gigabytes and not a byte more', async () => {
    const film = { purpose: 'topic' as const, subject: course.topic(0).id, name: 'a.mp4' };
    expect((await as(moderator).create({ ...film, size: 2_000_000_000 })).status).toBe(201);
    expect(await outcome(await as(moderator).create({ ...film, size: 2_000_000_001 }))).toMatchObject([
      400,
      { data: { refusal: 'too-large' } },
    ]);
  });

  test('what belongs to nothing has no place', async () => {
    const teacher = tusClient(aWebBrowser(site.url, (await aModerator(school.app)).cookie), site.url);
    for (const purpose of ['work', 'topic'] as const) {
      expect((await teacher.create({ purpose, name: 'a.png', size: 10 })).status, purpose).toBe(404);
    }
  });

  test('nonsense is refused as such', async () => {
    const announced = { purpose: 'topic' as const, subject: course.topic(0).id, name: 'a.mp4', size: 10 };
    const odd: Record<string, string>[] = [
      { 'upload-metadata': 'purpose' },
      { 'upload-metadata': '%%%' },
      { 'upload-metadata': '' },
      { 'upload-length': '-1' },
      { 'upload-length': '1e9' },
    ];
    for (const headers of odd) expect((await as(moderator).create(announced, headers)).status).toBe(400);
    const browser = aWebBrowser(site.url, moderator.cookie);
    for (const path of ['', '/x', `/${crypto.randomUUID()}`, '/../files']) {
      expect((await browser.fetch(uploadsPath + path, { headers: { 'tus-resumable': '1.0.0' } })).status).toBe(404);
    }
  });

  test('it is only its sender’s, and only from our own page', async () => {
    const path = await as(student).begin({ purpose: 'work', subject: course.task(0, 0), name: 'a.jpg', size: 10 });
    const other = await aStudent(school.app);
    for (const who of [other, moderator]) {
      const answers = await Promise.all([as(who).head(path), as(who).patch(path, 0, '0123456789'), as(who).remove(path)]);
      expect(answers.map((answer) => answer.status)).toEqual([404, 404, 404]);
    }
    const fromElsewhere = tusClient(aWebBrowser(site.url, student.cookie), 'https://evil.example');
    for (const answer of [await fromElsewhere.patch(path, 0, '0123456789'), await fromElsewhere.remove(path)]) {
      expect(await outcome(answer)).toMatchObject([403, { code: 'AUTH_BAD_ORIGIN' }]);
    }
    const evil = await fromElsewhere.create({ purpose: 'work', subject: course.task(0, 0), name: 'a.jpg', size: 10 });
    expect([evil.status, evil.headers.get('access-control-allow-origin')]).toEqual([403, null]);
    expect(await as(student).offset(path)).toBe(0);
  });

  test('a piece in the wrong place is refused, and so is more than was announced', async () => {
    const path = await as(student).begin({ purpose: 'work', subject: course.task(0, 0), name: 'a.jpg', size: 10 });
    expect((await as(student).patch(path, 5, '01234')).status).toBe(409);
    expect((await as(student).patch(path, 0, '0123456789+')).status).toBe(413);
    expect(await as(student).offset(path)).toBe(0);
  });

  test('so many without a place, and so much in a day', async () => {
    const busy = await aStudent(school.app);
    const photo = { purpose: 'work' as const, subject: course.task(0, 0), name: 'a.jpg', size: 10 };
    // All at once, as a page that drops a whole folder would.
    const answers = await Promise.all(Array.from({ length: 45 }, () => as(busy).create(photo)));
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(40);
    expect(await outcome(await as(busy).create(photo))).toEqual([400, { code: 'FILES_REFUSED', data: { refusal: 'too-many' } }]);
    school.clock.forward(24 * 3_600_000 + 1);
    expect((await as(busy).create(photo)).status).toBe(201);
    const greedy = await aStudent(school.app);
    for (let n = 0; n < 39; n += 1) await school.app.limits.take('upload.student', greedy.actor.id, 25);
    expect((await as(greedy).create({ ...photo, size: 20_000_000 })).status).toBe(201);
    expect(await outcome(await as(greedy).create({ ...photo, size: 20_000_000 }))).toMatchObject([
      400,
      { data: { refusal: 'too-much-today' } },
    ]);
    expect(await school.app.db.upload.count({ where: { personId: greedy.actor.id } })).toBe(1);
  });
});
