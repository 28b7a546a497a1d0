import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createReadiness } from '../../platform/readiness.ts';
import { createTestDatabase } from '../../testing/database.ts';
import { aLiveServer, aWebBrowser, type LiveServer } from '../../testing/live-server.ts';
import { aWireTo, type Wire } from '../../testing/wire.ts';
import { aModerator, aRegistration, aSchool, type School, type Student } from '../../testing/world.ts';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let wire: Wire;
let school: School;
let site: LiveServer;
let moderator: Student;
beforeAll(async () => {
  database = await createTestDatabase();
  wire = await aWireTo(database.url);
  school = await aSchool({ databaseUrl: wire.url });
  // Before anything happens to the database.
  moderator = await aModerator(school.app);
  site = await aLiveServer(school.app);
});
beforeEach(() => wire.mend());
afterAll(async () => {
  await site.close();
  await school.close();
  await wire.close();
  await database.drop();
});

/** Until the first question that is answered anew: an answer is kept for a second. */
async function readiness(wanted: number): Promise<Response> {
  const ask = () => fetch(`${site.url}/readyz`);
  await expect.poll(async () => (await ask()).status).toBe(wanted);
  return ask();
}

describe('a database that is away', () => {
  test('is told in one clear error, as 503, and the same call works as soon as it is back', async () => {
    const browser = aWebBrowser(site.url);
    const call = (path: string) => browser.fetch(`/trpc/${path}`);
    expect((await call('courses.list')).status).toBe(200);
    await wire.cut();
    const cookie = 'otlichno=abcdefghijklmnopqrstuvwxyz';
    for (const answer of [await call('courses.list'), await fetch(`${site.url}/trpc/auth.me`, { headers: { cookie } })]) {
      expect(answer.status).toBe(503);
      expect(answer.headers.get('retry-after')).toBe('5');
      expect(await answer.json()).toMatchObject({
        error: { message: 'SERVICE_UNAVAILABLE', data: { app: { code: 'SERVICE_UNAVAILABLE', data: {} } } },
      });
    }
    await wire.mend();
    expect((await call('courses.list')).status).toBe(200);
  });

  test('a write through Prisma, and one of several calls', async () => {
    await wire.cut();
    await expect(aWebBrowser(site.url).rpc.auth.register.mutate(aRegistration())).rejects.toMatchObject({ message: 'SERVICE_UNAVAILABLE' });
    const mixed = await fetch(`${site.url}/trpc/settings.site,courses.list?batch=1`);
    expect(mixed.status).toBe(207);
    expect(mixed.headers.get('retry-after')).toBe('5');
    expect(await mixed.json()).toMatchObject([{ result: {} }, { error: { message: 'SERVICE_UNAVAILABLE' } }]);
  });

  test('pages load, files and tables say 503', async () => {
    await wire.cut();
    const page = await fetch(`${site.url}/courses`);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const file = await fetch(`${site.url}/api/students.xlsx`, {
      headers: { cookie: 'otlichno=abcdefghijklmnopqrstuvwxyz' },
      redirect: 'manual',
    });
    expect([file.status, file.headers.get('retry-after')]).toEqual([503, '5']);
  });

  test('the process lives, and is not ready until it is back', async () => {
    await readiness(200);
    await wire.cut();
    expect((await fetch(`${site.url}/healthz`)).status).toBe(200);
    await readiness(503);
    await wire.mend();
    await readiness(200);
  });

  test('one that swallows what is said is not waited for', async () => {
    const isReady = createReadiness(school.app.pool);
    expect(await isReady()).toBe(true);
    wire.swallow();
    const silent = createReadiness(school.app.pool);
    const startedAt = performance.now();
    expect(await silent()).toBe(false);
    expect(performance.now() - startedAt).toBeLessThan(6_000);
  });
});

test('a thousand questions are one statement, and a stop is told at once', async () => {
  const stopping = new AbortController();
  const isReady = createReadiness(school.app.pool, stopping.signal);
  const asked = () =>
    school.app.pool.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'otlichno-ready' AND datname = current_database()`,
    );
  await isReady();
  const before = (await asked()).rows[0]?.n;
  expect(new Set(await Promise.all(Array.from({ length: 1000 }, isReady)))).toEqual(new Set([true]));
  expect((await asked()).rows[0]?.n).toBe(before);
  stopping.abort();
  expect(await isReady()).toBe(false);
});

describe('/metrics', () => {
  const ask = (headers: Record<string, string> = {}) => fetch(`${site.url}/metrics`, { headers });

  test('is for this machine, and for nothing that a proxy passed on', async () => {
    expect((await ask()).status).toBe(200);
    for (const name of ['x-forwarded-for', 'x-real-ip', 'forwarded', 'via']) expect((await ask({ [name]: '127.0.0.1' })).status).toBe(404);
  });

  test('with METRICS_TOKEN for who shows it', async () => {
    const token = 'a token of the tests';
    const guarded = await aSchool({ databaseUrl: wire.url, env: { METRICS_TOKEN: token } });
    const at = await aLiveServer(guarded.app);
    const status = async (headers: Record<string, string>) => (await fetch(`${at.url}/metrics`, { headers })).status;
    expect(await status({})).toBe(404);
    expect(await status({ authorization: 'Bearer another token of it' })).toBe(404);
    expect(await status({ authorization: `Bearer ${token}`, 'x-forwarded-for': '203.0.113.7' })).toBe(200);
    await at.close();
    await guarded.close();
  });

  test('counts what was asked, by names of the code only, and what the database knows', async () => {
    await aWebBrowser(site.url, moderator.cookie).rpc.health.get.query({ locale: 'en' });
    for (const path of ['/some/page', '/trpc/no.such', `/files/${'x'.repeat(50)}/name.txt`, '/assets/nothing.js', `/${Math.random()}`])
      await fetch(site.url + path);
    await fetch(`${site.url}/healthz`, { method: 'PROPFIND' });
    const text = await (await ask()).text();
    const numberOf = (line: string) =>
      Number(
        text
          .split('\n')
          .find((each) => each.startsWith(`${line} `))
          ?.split(' ')[1],
      );
    expect(numberOf('otlichno_procedures_total{procedure="health.get",type="query",outcome="ok"}')).toBe(1);
    expect(numberOf('otlichno_procedure_seconds_count{procedure="health.get"}')).toBe(1);
    expect(numberOf('otlichno_pool_connections{state="total"}')).toBeGreaterThan(0);
    expect(numberOf('otlichno_rows_inserted{table="person"}')).toBeGreaterThanOrEqual(0);
    expect(numberOf('otlichno_jobs_due{kind="auth.send-code"}')).toBeGreaterThanOrEqual(0);
    expect(numberOf('otlichno_deliveries_day{channel="email",state="waiting"}')).toBe(0);
    const routes = new Set(
      [...text.matchAll(/otlichno_http_requests_total\{route="([^"]+)",method="([^"]+)"/g)].flatMap(([, route, method]) => [route, method]),
    );
    expect(
      routes.difference(
        new Set(['procedure', 'health', 'asset', 'file', 'upload', 'webhook', 'download', 'unsubscribe', 'page', 'GET', 'POST', 'other']),
      ),
    ).toEqual(new Set());
    expect(text).not.toContain('no.such');
  });

  test('the numbers of the database are not asked for again within seconds', async () => {
    await ask();
    const { query } = school.app.pool;
    let asked = 0;
    school.app.pool.query = ((...all: unknown[]) => {
      asked += 1;
      return Reflect.apply(query, school.app.pool, all);
    }) as typeof query;
    for (let i = 0; i < 5; i += 1) expect((await ask()).status).toBe(200);
    school.app.pool.query = query;
    expect(asked).toBe(0);
  });
});
