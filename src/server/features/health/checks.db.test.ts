import { randomUUID } from 'node:crypto';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CheckName, checkNames } from '#shared/health.ts';
import { createBackup } from '../../platform/backup/create.ts';
import { openPost } from '../../testing/mail-server.ts';
import { aPayingSchool } from '../../testing/payments.ts';
import { aTelegramSchool } from '../../testing/telegram-school.ts';
import { aSchool, type School } from '../../testing/world.ts';
import type { HealthParts, Look } from './check.ts';
import { judgeDisk } from './checks/files.ts';
import { looks, runChecks, tellCheck } from './run-checks.ts';

let school: School;
beforeAll(async () => {
  school = await aSchool();
});
afterAll(() => school.close());

type Config = HealthParts['config'];
const withConfig = (over: Partial<Config>, of: HealthParts = school.app): HealthParts => ({ ...of, config: { ...of.config, ...over } });

async function look(name: Exclude<CheckName, 'server'>, parts: HealthParts = school.app) {
  const [found] = await runChecks(parts, { [name]: looks[name] });
  if (!found) throw new Error(`no ${name}`);
  const { state, detail, advice } = tellCheck(found, 'en');
  return { state, detail, advice };
}

test('everything is looked at, in order and in both languages, and nothing of a healthy school has failed', async () => {
  const found = await runChecks(school.app);
  expect(found.map(({ name }) => name)).toEqual(checkNames.filter((name) => name !== 'server'));
  expect(found.filter(({ state }) => state === 'failed')).toEqual([]);
  for (const locale of ['ru', 'en'] as const) {
    for (const check of found.map((one) => tellCheck(one, locale))) {
      expect(check.detail).toMatch(/^.+[.\d»]$/);
      // What is wrong has an advice, what is well needs none.
      expect(check.advice !== null).toBe(check.state === 'warning' || check.state === 'failed');
    }
  }
});

test('one that hangs and one that breaks hold up nobody, and are failures', async () => {
  const hanging: Look = () => new Promise(() => {});
  const breaking: Look = () => Promise.reject(new Error('the sky fell on postgres://u:pass-of-it@host'));
  const found = await runChecks(school.app, { mail: hanging, telegram: breaking, demo: looks.demo }, 50);
  expect(found.map((one) => tellCheck(one, 'en')).map(({ name, state, detail }) => [name, state, detail])).toEqual([
    ['mail', 'failed', 'No answer in 0\u00a0seconds.'],
    ['telegram', 'failed', 'the sky fell on postgres://u:[hidden]@host'],
    ['demo', 'off', 'Off.'],
  ]);
});

describe('the database', () => {
  test('migrations: one that is missing, one that the code does not know, one that broke', async () => {
    const { pool } = school.app;
    const { rows } = await pool.query<{ name: string }>('SELECT migration_name AS name FROM _prisma_migrations ORDER BY 1 DESC LIMIT 1');
    const newest = rows[0]?.name ?? '';
    await pool.query('UPDATE _prisma_migrations SET rolled_back_at = now() WHERE migration_name = $1', [newest]);
    expect(await look('migrations')).toMatchObject({ state: 'failed', detail: `Not applied: ${newest}.` });
    await pool.query('UPDATE _prisma_migrations SET rolled_back_at = NULL, finished_at = NULL WHERE migration_name = $1', [newest]);
    expect(await look('migrations')).toMatchObject({ state: 'failed', advice: expect.stringContaining(`retry ${newest}`) });
    await pool.query('UPDATE _prisma_migrations SET finished_at = now() WHERE migration_name = $1', [newest]);
    await pool.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count) VALUES ($1, '', '99991231235959_later', now(), 1)`,
      [randomUUID()],
    );
    expect(await look('migrations')).toMatchObject({ state: 'failed', detail: expect.stringContaining('99991231235959_later') });
    await pool.query(`DELETE FROM _prisma_migrations WHERE migration_name = '99991231235959_later'`);
    expect(await look('migrations')).toMatchObject({ state: 'ok' });
  });

  test('away: its own check says why, the others that they cannot look', async () => {
    const gone = await aSchool({ databaseUrl: school.databaseUrl });
    await gone.app.pool.end();
    const parts: HealthParts = {
      ...gone.app,
      pool: Object.assign(Object.create(gone.app.pool), {
        query: () => Promise.reject(Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' })),
      }),
    };
    expect(await look('database', parts)).toMatchObject({ state: 'failed', detail: 'Does not answer: connect ECONNREFUSED 127.0.0.1:1' });
    for (const name of ['migrations', 'connections', 'clock', 'zone', 'queue', 'delivery'] as const)
      expect(await look(name, parts)).toMatchObject({ state: 'off' });
  });

  test('another clock than the server’s', async () => {
    const hasClock = (ms: number): HealthParts => ({
      ...school.app,
      pool: Object.assign(Object.create(school.app.pool), { query: async () => ({ rows: [{ now: new Date(Date.now() + ms) }] }) }),
    });
    expect(await look('clock', hasClock(0))).toMatchObject({ state: 'ok' });
    expect(await look('clock', hasClock(-10_000))).toMatchObject({ state: 'warning', detail: expect.stringContaining('10\u00a0seconds') });
    expect(await look('clock', hasClock(60_000))).toMatchObject({ state: 'failed' });
  });

  test('more connections than it has room for, and a zone that it does not know', async () => {
    expect(await look('connections', withConfig({ workers: 64 }))).toMatchObject({ state: 'warning' });
    expect(await look('zone', withConfig({ schoolTimeZone: 'Mars/Olympus' }))).toMatchObject({ state: 'failed' });
  });
});

describe('the store and the disk', () => {
  test('a probe leaves nothing behind; a store that refuses, or gives other bytes, has failed', async () => {
    const { storage } = school.app;
    expect(await look('store')).toMatchObject({ state: 'ok' });
    const left = [];
    for await (const object of storage.list('health/')) left.push(object);
    expect(left).toEqual([]);
    const full = { ...storage, put: () => Promise.reject(new Error('ENOSPC: no space left on device')) };
    expect(await look('store', { ...school.app, storage: full })).toMatchObject({
      state: 'failed',
      detail: expect.stringContaining('ENOSPC'),
    });
    const broken = { ...storage, put: (key: string) => storage.put(key, Buffer.from('something else')) };
    expect(await look('store', { ...school.app, storage: broken })).toMatchObject({
      state: 'failed',
      detail: expect.stringContaining('not what was written'),
    });
  });

  test.each([
    ['room for years', { bavail: 500e9, ffree: 1e6 }, 'ok'],
    ['two gigabytes of a small disk', { bavail: 1.9e9, ffree: 1e6 }, 'warning'],
    ['a twentieth of a large one', { bavail: 49e9, ffree: 1e6 }, 'warning'],
    ['next to nothing', { bavail: 0.19e9, ffree: 1e6 }, 'failed'],
    ['no room for names', { bavail: 500e9, ffree: 9_999 }, 'failed'],
  ])('a disk with %s', (_, facts, state) => {
    expect(judgeDisk({ bsize: 1, blocks: 1e12, files: 1e7, ...facts }).state).toBe(state);
    // Where the file system counts no names, it has room for them.
    expect(judgeDisk({ bsize: 1, blocks: 1e12, ...facts, files: 0, ffree: 0 }).state).toBe(facts.ffree < 1e6 ? 'ok' : state);
  });

  test('a disk that is not there is told, and the embedded log is measured', async () => {
    expect(await look('disk')).toMatchObject({ detail: expect.stringMatching(/GB of .+ free/) });
    expect(await look('disk', withConfig({ dataDir: '/no/such/folder' }))).toMatchObject({
      state: 'failed',
      detail: expect.stringContaining('ENOENT'),
    });
    expect(await look('log', withConfig({ database: { kind: 'embedded' } }))).toMatchObject({ state: 'ok' });
  });
});

describe('the mail server', () => {
  const at = (url: string) => withConfig({ mail: { kind: 'smtp', url, from: 'a@example.ru', dkim: null } });

  test('takes the password, refuses it, is not there, hangs', async () => {
    const post = await openPost({
      authOptional: false,
      onAuth: ({ password }, _, done) => (password === 'right' ? done(null, { user: 'school' }) : done(new Error('no: wrong-pass'))),
    });
    const { host } = new URL(post.config.url);
    expect(await look('mail', at(`smtp://school:right@${host}`))).toMatchObject({ state: 'ok' });
    expect(post.received).toEqual([]);
    const refused = await look('mail', at(`smtp://school:wrong-pass@${host}`));
    expect(refused).toMatchObject({ state: 'failed', detail: expect.stringContaining('did not take name or password') });
    expect(JSON.stringify(refused)).not.toContain('wrong-pass');
    await post.close();
    expect(await look('mail', at(`smtp://school:right@${host}`))).toMatchObject({
      state: 'failed',
      detail: expect.stringContaining('cannot be reached'),
    });
  });

  test('none is enough for a school that is being tried out, and not for one on the internet', async () => {
    expect(await look('mail')).toMatchObject({ state: 'off' });
    expect(await look('mail', withConfig({ publicUrl: 'https://school.example.ru' }))).toMatchObject({ state: 'failed' });
  });
});

test('Telegram: nobody speaks to it, somebody does, the token is wrong, it cannot be reached', async () => {
  const bot = await aTelegramSchool();
  const { app, clock, telegram } = bot;
  const config = app.config.telegram;
  if (!config) throw new Error('no bot');
  expect(await look('telegram', app)).toMatchObject({
    state: 'warning',
    detail: expect.stringContaining('no process of the school has spoken to it'),
  });
  await app.db.telegramState.create({ data: { botId: config.botId, mode: 'polling', okAt: clock.now() } });
  expect(await look('telegram', app)).toMatchObject({ state: 'ok' });
  clock.forward(10 * 60_000);
  expect(await look('telegram', app)).toMatchObject({ state: 'warning', detail: expect.stringContaining('10\u00a0minutes') });
  await app.db.telegramState.updateMany({ data: { trouble: 'conflict' } });
  expect(await look('telegram', app)).toMatchObject({ state: 'failed', detail: expect.stringContaining('Another program') });
  expect(await look('telegram', withConfig({ telegram: { ...config, token: `${config.botId}:wrong-wrong-wrong` } }, app))).toMatchObject({
    state: 'failed',
    detail: 'Telegram does not know the token.',
  });
  await telegram.stop();
  const away = await look('telegram', app);
  expect(away).toMatchObject({ state: 'failed', detail: expect.stringContaining('cannot be reached') });
  expect(away.detail).not.toContain(config.token);
  await bot.close();
});

test('money that does not agree, and a bank that does not take the keys, does not answer, or was stopped', async () => {
  const { app, bank, close } = await aPayingSchool();
  expect(await look('money', app)).toMatchObject({ state: 'ok' });
  await app.pool.query(
    `INSERT INTO payment_issue (id, kind, key, provider, first_seen_at, last_seen_at) VALUES ($1, 'unknown', 'k', 'tbank', now(), now())`,
    [randomUUID()],
  );
  expect(await look('money', app)).toMatchObject({ state: 'warning', detail: '1\u00a0discrepancy waits for a decision.' });
  expect(await look('payments', app)).toMatchObject({ state: 'ok', detail: 'T-Bank, CloudPayments: the keys fit.' });
  bank.tbank.next.ping = ['keys'];
  expect(await look('payments', app)).toMatchObject({ state: 'failed', detail: 'T-Bank: the keys do not fit.' });
  bank.cloudpayments.next.ping = ['unreachable'];
  expect(await look('payments', app)).toMatchObject({ state: 'failed', detail: expect.stringMatching(/^CloudPayments does not answer: /) });
  await app.db.paymentSwitch.create({ data: { provider: 'tbank', stoppedAt: new Date(), byId: randomUUID() } });
  expect(await look('payments', app)).toMatchObject({ state: 'warning', detail: 'T-Bank: stopped, no new payments and charges.' });
  await close();
});

describe('work', () => {
  test('a job that is due and not begun, and one that was given up', async () => {
    const { pool, db, jobs } = school.app;
    expect(await look('queue')).toMatchObject({ state: 'ok' });
    const { registryWrite } = await import('../registry/job-kinds.ts');
    await db.$transaction((tx) => jobs.enqueue(tx, registryWrite, {}));
    expect(await look('queue')).toMatchObject({ state: 'ok' });
    const age = (minutes: number) =>
      pool.query(`UPDATE pgboss.job SET start_after = now() - $1 * interval '1 minute' WHERE name = 'registry.write'`, [minutes]);
    await age(7);
    expect(await look('queue')).toMatchObject({ state: 'warning', detail: 'The job registry.write has waited for 7\u00a0minutes.' });
    await age(90);
    expect(await look('queue')).toMatchObject({ state: 'failed' });
    await pool.query(`UPDATE pgboss.job SET state = 'failed', completed_on = now() WHERE name = 'registry.write'`);
    expect(await look('queue')).toMatchObject({ state: 'warning', detail: 'Given up within a day: 1 (registry.write).' });
    await pool.query(`UPDATE pgboss.job SET completed_on = now() - interval '2 days' WHERE name = 'registry.write'`);
    expect(await look('queue')).toMatchObject({ state: 'ok' });
  });

  test('no backup is a failure of a school on the internet, and none of one that is being tried out', async () => {
    const open = { publicUrl: 'https://school.example.ru' };
    expect(await look('backup')).toMatchObject({ state: 'ok' });
    expect(await look('backup', withConfig(open))).toMatchObject({ state: 'failed' });
  });

  test('a backup that is older than a night, and one that is older than four days', async () => {
    const dir = join(school.dataDir, 'backups-of-old');
    const { app, databaseUrl, clock } = school;
    const made = { databaseUrl, storage: app.storage, store: 'disk', secret: 'x', dir, keep: 1, passphrase: null, say: () => {} } as const;
    const { manifest } = await createBackup(made);
    const before = clock.now();
    const lookLater = async (hours: number, publicUrl: string) => {
      clock.set(new Date(Date.parse(manifest.at) + hours * 3_600_000));
      return look('backup', withConfig({ publicUrl, backups: { dir, keep: 1 } }));
    };
    const open = 'https://school.example.ru';
    expect(await lookLater(29, open)).toMatchObject({ state: 'ok' });
    expect(await lookLater(31, open)).toMatchObject({ state: 'warning', detail: expect.stringContaining('31\u00a0hours') });
    expect(await lookLater(97, open)).toMatchObject({ state: 'failed', advice: expect.stringContaining('npm run backup') });
    expect(await lookLater(97, 'http://localhost:3000')).toMatchObject({ state: 'warning' });
    clock.set(before);
  });
});

describe('settings', () => {
  test('a secret that others may read', async () => {
    const dataDir = join(school.dataDir, 'embedded');
    await mkdir(dataDir);
    const parts = withConfig({ secret: null, dataDir });
    expect(await look('secret', parts)).toMatchObject({ state: 'off' });
    await mkdir(join(dataDir, 'postgres'));
    expect(await look('secret', parts)).toMatchObject({ state: 'failed' });
    await writeFile(join(dataDir, 'secret'), 'x', { mode: 0o600 });
    expect(await look('secret', parts)).toMatchObject({ state: 'ok' });
    await chmod(join(dataDir, 'secret'), 0o644);
    expect(await look('secret', parts)).toMatchObject({ state: 'warning', advice: expect.stringContaining('chmod 600') });
  });

  test.each([
    ['http://localhost:3000', 0, 'ok'],
    ['http://192.168.1.7:3000', 0, 'ok'],
    ['http://school.local', 0, 'ok'],
    ['http://school.example.ru', 1, 'failed'],
    ['https://school.example.ru', 0, 'warning'],
    ['https://school.example.ru', 1, 'ok'],
  ])('%s behind %d proxies: %s', async (publicUrl, trustProxy, state) => {
    expect(await look('address', withConfig({ publicUrl, trustProxy }))).toMatchObject({ state });
  });

  test.each([
    [false, 'https://school.example.ru', 'off'],
    [true, 'https://school.example.ru', 'warning'],
    [true, 'http://localhost:3000', 'ok'],
  ])('demo %s at %s: %s', async (demo, publicUrl, state) => {
    expect(await look('demo', withConfig({ demo, publicUrl }))).toMatchObject({ state });
  });
});
