import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase } from './testing/database.ts';
import { aSchoolProcess, type OpenSchoolProcess, type SchoolProcess, startSchoolProcess } from './testing/school-process.ts';

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

/** A connection that keeps what it hears. */
function aConnection(school: OpenSchoolProcess) {
  const socket = connect(Number(new URL(school.url).port), '127.0.0.1');
  let received = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    received += text;
  });
  socket.on('error', () => undefined);
  return {
    write: (text: string) => socket.write(text),
    received: () => received,
    closed: new Promise((resolve) => socket.on('close', resolve)),
  };
}

/** The first half of a request: the server waits for its body. */
const body = JSON.stringify({ email: 'anna@example.ru', locale: 'ru' });
const head = [
  'POST /trpc/auth.requestCode HTTP/1.1',
  'Host: x',
  'Content-Type: application/json',
  `Content-Length: ${body.length}`,
  'Expect: 100-continue',
];
async function aHalfRequest(school: OpenSchoolProcess) {
  const connection = aConnection(school);
  connection.write(`${head.join('\r\n')}\r\n\r\n`);
  await expect.poll(connection.received).toContain('100 Continue');
  return connection;
}

describe('a stop', () => {
  test('closes idle connections, takes no new request, lets the running one finish, and ends by itself', async () => {
    const school = await open();
    const idle = aConnection(school);
    idle.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
    await expect.poll(idle.received).toContain('200 OK');
    const running = await aHalfRequest(school);
    // What `systemctl reload` sends ends no school of one process.
    school.signal('SIGHUP');
    await expect.poll(school.output).toContain('(WORKERS=1)');
    school.signal('SIGTERM');
    await idle.closed;
    await expect(fetch(`${school.url}/healthz`)).rejects.toThrow();
    running.write(body);
    await expect.poll(running.received, { timeout: 8000 }).toContain('"attemptsLeft":5');
    expect(running.received()).toContain('HTTP/1.1 200 OK');
    // Its connection was to be kept for 65 seconds; nobody waits for that.
    await running.closed;
    expect(await school.ended).toBe(0);
    expect(school.output()).toContain('Stopping …');
    expect(school.output()).not.toContain('cut off');
  });

  test('asked for twice comes at once', async () => {
    const school = await open();
    await aHalfRequest(school);
    school.signal('SIGINT');
    await expect.poll(school.output).toContain('Stopping …');
    school.signal('SIGINT');
    expect(await school.ended).toBe(1);
  });
});
