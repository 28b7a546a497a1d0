import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase } from './testing/database.ts';
import { aSchoolProcess, type SchoolProcess, startSchoolProcess } from './testing/school-process.ts';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let env: Record<string, string>;
let dataDir: string;
const running = new Set<SchoolProcess>();
beforeAll(async () => {
  database = await createTestDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'otlichno-data-'));
  env = { DATABASE_URL: database.url, SECRET: 'a secret of the tests, 32 letters', DATA_DIR: dataDir, PORT: '0' };
});
afterEach(async () => {
  for (const school of running) school.signal('SIGKILL');
  await Promise.all([...running].map((school) => school.ended));
  running.clear();
});
afterAll(async () => {
  await database.drop();
  await rm(dataDir, { recursive: true });
});

async function open(over: Record<string, string> = {}) {
  const school = await aSchoolProcess({ ...env, ...over });
  running.add(school);
  return school;
}

describe('what keeps the school from starting is told in one line', () => {
  async function taken(work: (port: number) => Promise<void>) {
    const other: Server = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    await work((other.address() as AddressInfo).port);
    await new Promise((resolve) => other.close(resolve));
  }

  test('a port that is taken', async () => {
    await taken(async (port) => {
      const school = startSchoolProcess({ ...env, PORT: String(port) });
      expect(await school.ended).toBe(1);
      expect(school.output()).toBe(`Port ${port} is taken by another program. Stop it, or choose another port: PORT=3001 npm start\n`);
    });
  });

  test.each([
    ['a wrong value', { PORT: 'http' }, /^Configuration: PORT .*\n$/],
    ['a half-set database', { SECRET: '' }, /^Configuration: SECRET is needed beside DATABASE_URL.*\n$/],
    ['an address that is not of this machine', { HOST: '192.0.2.1' }, /^HOST 192\.0\.2\.1 is no address of this machine\.\n$/],
  ])('%s', async (_, over, line) => {
    const school = startSchoolProcess({ ...env, ...over });
    expect(await school.ended).toBe(1);
    expect(school.output()).toMatch(line);
  });
});

describe('a graceful stop', () => {
  test('lets the running request finish, takes no new one, and ends by itself', async () => {
    const school = await open();
    // A request that has begun and is not complete: the stop comes between its two halves.
    const body = JSON.stringify({ email: 'anna@example.ru', locale: 'ru' });
    const socket = connect(Number(new URL(school.url).port), '127.0.0.1');
    let received = '';
    socket.setEncoding('utf8').on('data', (text: string) => {
      received += text;
    });
    const closed = new Promise((resolve) => socket.on('close', resolve));
    socket.write(
      `POST /trpc/auth.requestCode HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nExpect: 100-continue\r\n\r\n`,
    );
    await expect.poll(() => received).toContain('100 Continue');
    school.signal('SIGTERM');
    await expect
      .poll(() =>
        fetch(`${school.url}/healthz`).then(
          () => 'open',
          () => 'closed',
        ),
      )
      .toBe('closed');
    socket.write(body);
    await expect.poll(() => received, { timeout: 8000 }).toContain('"attemptsLeft":5');
    expect(received).toContain('HTTP/1.1 200 OK');
    // The connection was to be kept alive for 65 seconds; nobody waits for that.
    await closed;
    expect(await school.ended).toBe(0);
    expect(school.output()).toContain('Stopping …');
    expect(school.output()).not.toContain('cut off');
  });

  test('closes idle connections at once', async () => {
    const school = await open();
    const socket = connect(Number(new URL(school.url).port), '127.0.0.1');
    const closed = new Promise((resolve) => socket.on('close', resolve));
    await new Promise((resolve) => {
      socket.once('data', resolve);
      socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
    });
    school.signal('SIGINT');
    await closed;
    expect(await school.ended).toBe(0);
    expect(school.output()).not.toContain('cut off');
  });

  test('asked twice stops at once', async () => {
    const school = await open();
    const socket = connect(Number(new URL(school.url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write('POST /trpc/auth.requestCode HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\nExpect: 100-continue\r\n\r\n');
    await new Promise((resolve) => socket.once('data', resolve));
    school.signal('SIGTERM');
    await expect.poll(() => school.output()).toContain('Stopping …');
    school.signal('SIGTERM');
    expect(await school.ended).toBe(1);
  });
});
