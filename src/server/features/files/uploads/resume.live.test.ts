/** Two processes, one upload; a server that is killed, and one that is stopped. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uploadsPath } from '#shared/upload-rules.ts';
import { aCourse } from '../../../testing/course.ts';
import { createTestDatabase } from '../../../testing/database.ts';
import { aLiveServer, aWebBrowser, type LiveServer } from '../../../testing/live-server.ts';
import { aSchoolProcess, type OpenSchoolProcess } from '../../../testing/school-process.ts';
import { tusClient } from '../../../testing/tus.ts';
import { aModerator, aSchool, type School, type Student } from '../../../testing/world.ts';

const film = Buffer.concat([Buffer.from('0000001c667479706d703432000000006d70343269736f6d61766331', 'hex'), randomBytes(3_000_000)]);
const piece = (from: number, to = film.length) => new Uint8Array(film.subarray(from, to));

/** A body that comes as far as `bytes` and then says nothing more. */
const stuckAfter = (bytes: number) => ({
  body: new ReadableStream({ start: (body) => body.enqueue(piece(0, bytes)), pull: () => new Promise(() => {}) }),
  options: { duplex: 'half' } as RequestInit,
});

describe('two processes of one school', () => {
  let first: School;
  let second: School;
  let sites: LiveServer[];
  let moderator: Student;
  let subject: string;
  beforeAll(async () => {
    first = await aSchool();
    second = await aSchool({ databaseUrl: first.databaseUrl, env: { DATA_DIR: first.dataDir } });
    sites = [await aLiveServer(first.app), await aLiveServer(second.app)];
    moderator = await aModerator(first.app);
    subject = (await aCourse(first.app)).topic(0).id;
  });
  afterAll(async () => {
    for (const site of sites) await site.close();
    await second.close();
    await first.close();
  });
  const at = (index: number) => {
    const url = sites[index]?.url ?? '';
    return tusClient(aWebBrowser(url, moderator.cookie), url);
  };

  test.each([
    ['the same', 0],
    ['the other', 1],
  ])('a connection that fell silent gives way to the next one at %s, and nothing is written twice', async (_, next) => {
    const path = await at(0).begin({ purpose: 'topic', subject, name: 'a.mp4', size: film.length });
    const file = join(first.dataDir, 'files', path.replace(uploadsPath, 'uploads'));
    const { body, options } = stuckAfter(1_000_000);
    const silent = at(0).patch(path, 0, body, options);
    await expect.poll(async () => (await readFile(file)).length).toBe(1_000_000);
    // The lock is held: whoever asks waits until the silent one has been put away.
    expect(await at(next).offset(path)).toBe(1_000_000);
    expect((await silent).headers.get('upload-offset')).toBe('1000000');
    const last = await at(next).patch(path, 1_000_000, piece(1_000_000));
    expect(await last.json()).toMatchObject({ state: 'ready' });
    expect((await readFile(file)).equals(film)).toBe(true);
  });

  test('two that send the same piece at once: one does it, the other is told that it is there', async () => {
    const path = await at(0).begin({ purpose: 'topic', subject, name: 'a.mp4', size: film.length });
    const answers = await Promise.all([at(0).patch(path, 0, piece(0)), at(1).patch(path, 0, piece(0))]);
    // Whoever was first may have been asked to give way in the middle: then the rest is left to send.
    for (const answer of answers) expect([200, 204, 409, 423]).toContain(answer.status);
    expect(answers.filter((answer) => answer.status === 200).length).toBeLessThanOrEqual(1);
    if ((await at(1).offset(path)) < film.length) await at(1).goOn(path, film);
    expect((await readFile(join(first.dataDir, 'files', path.replace(uploadsPath, 'uploads')))).equals(film)).toBe(true);
  });

  test('no connection is kept when nobody uploads', async () => {
    await expect.poll(() => first.app.pool.totalCount - first.app.pool.idleCount).toBe(0);
  });
});

describe('a server of its own', () => {
  let dataDir: string;
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  let school: School;
  let moderator: Student;
  let subject: string;
  beforeAll(async () => {
    database = await createTestDatabase();
    dataDir = await mkdtemp(join(tmpdir(), 'otlichno-'));
    school = await aSchool({ databaseUrl: database.url, env: { DATA_DIR: dataDir } });
    school.clock.set(new Date());
    moderator = await aModerator(school.app);
    subject = (await aCourse(school.app)).topic(0).id;
  });
  afterAll(async () => {
    await school.close();
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
  });

  const start = () =>
    aSchoolProcess({ DATABASE_URL: database.url, SECRET: 'a secret of the tests, 32 letters', DATA_DIR: dataDir, LOG_LEVEL: 'error' });
  const at = ({ url }: OpenSchoolProcess) => tusClient(aWebBrowser(url, moderator.cookie), url);
  const fileOf = (path: string) => join(dataDir, 'files', path.replace(uploadsPath, 'uploads'));

  test('that is killed in the middle, and started again, goes on where it was', async () => {
    const before = await start();
    const path = await at(before).begin({ purpose: 'topic', subject, name: 'a.mp4', size: film.length });
    const { body, options } = stuckAfter(1_500_000);
    const cut = at(before)
      .patch(path, 0, body, options)
      .then(
        () => 'answered',
        () => 'cut off',
      );
    await expect.poll(async () => (await readFile(fileOf(path))).length).toBe(1_500_000);
    before.signal('SIGKILL');
    await before.ended;
    expect(await cut).toBe('cut off');
    const after = await start();
    expect(await at(after).offset(path)).toBe(1_500_000);
    const last = await at(after).patch(path, 1_500_000, piece(1_500_000));
    expect(await last.json()).toMatchObject({ state: 'ready', mime: 'video/mp4' });
    expect((await readFile(fileOf(path))).equals(film)).toBe(true);
    after.signal('SIGTERM');
    expect(await after.ended).toBe(0);
  });

  test('that is stopped does not wait for a film: what came is kept and told', async () => {
    const before = await start();
    const path = await at(before).begin({ purpose: 'topic', subject, name: 'a.mp4', size: film.length });
    const { body, options } = stuckAfter(2_000_000);
    const running = at(before).patch(path, 0, body, options);
    await expect.poll(async () => (await readFile(fileOf(path))).length).toBe(2_000_000);
    const stoppedAt = performance.now();
    before.signal('SIGTERM');
    expect((await running).headers.get('upload-offset')).toBe('2000000');
    expect(await before.ended).toBe(0);
    // Running requests get ten seconds.
    expect(performance.now() - stoppedAt).toBeLessThan(8000);
    const after = await start();
    expect(await (await at(after).patch(path, 2_000_000, piece(2_000_000))).json()).toMatchObject({ state: 'ready' });
    after.signal('SIGTERM');
    await after.ended;
  });
});
