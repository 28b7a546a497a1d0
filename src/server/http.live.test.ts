/** What every answer of the server has, whatever it answers: one file, because its cases share their servers. */
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { safeNext } from '#client/features/auth/next.ts';
import { uploadsPath } from '#shared/upload-rules.ts';
import { createLog } from './platform/log.ts';
import { aCourse, aNumber } from './testing/course.ts';
import { anExam } from './testing/exam.ts';
import { aLiveServer, aWebBrowser, type LiveServer } from './testing/live-server.ts';
import { aModerator, anEmail, aRegistration, aSchool, aStudent, codeFor, limitsElapse, type School } from './testing/world.ts';

let school: School;
let site: LiveServer;
let secureSchool: School;
let secureSite: LiveServer;
beforeAll(async () => {
  school = await aSchool();
  site = await aLiveServer(school.app);
  secureSchool = await aSchool({ databaseUrl: school.databaseUrl, env: { PUBLIC_URL: 'https://school.example.ru' } });
  secureSite = await aLiveServer(secureSchool.app);
});
afterAll(async () => {
  await Promise.all([site.close(), secureSite.close()]);
  await secureSchool.close();
  await school.close();
});

const json = { 'content-type': 'application/json' };
const requestCode = (init: RequestInit & { headers?: Record<string, string> } = {}) =>
  fetch(`${site.url}/trpc/auth.requestCode`, {
    method: 'POST',
    body: JSON.stringify({ email: anEmail(), locale: 'ru' }),
    ...init,
    headers: { ...json, ...init.headers },
  });

test('from registration to signing out, over HTTP', async () => {
  const browser = aWebBrowser(site.url);
  expect(await browser.rpc.auth.me.query()).toBeNull();
  const form = aRegistration();
  await browser.rpc.auth.register.mutate(form);
  const code = await codeFor(school.app, form.email);
  expect(await browser.rpc.auth.verifyCode.mutate({ code })).toMatchObject({ outcome: 'signed-in' });
  expect(await browser.rpc.auth.me.query()).toMatchObject({ email: form.email });
  await browser.rpc.auth.signOut.mutate();
  expect(await browser.rpc.auth.me.query()).toBeNull();
});

describe('cookies are for this site and no script', () => {
  async function cookiesOf(url: string) {
    const browser = aWebBrowser(url);
    const form = aRegistration();
    const lines: string[] = [];
    const post = async (path: string, input: object) => {
      // Behind https the page is: that it ends at a proxy in front of the server is nothing the page knows of.
      const origin = url === secureSite.url ? url.replace('http:', 'https:') : url;
      const answer = await browser.fetch(`/trpc/${path}`, { method: 'POST', body: JSON.stringify(input), headers: { ...json, origin } });
      lines.push(...answer.headers.getSetCookie());
    };
    await post('auth.register', form);
    await post('auth.verifyCode', { code: await codeFor(school.app, form.email) });
    await limitsElapse(school.app, 61);
    return lines;
  }

  test('over http', async () => {
    const lines = await cookiesOf(site.url);
    expect(lines.map((line) => line.split('=')[0])).toEqual(['otlichno-code', 'otlichno-code', 'otlichno']);
    for (const line of lines) expect(line).toMatch(/^(?=.*; HttpOnly)(?=.*; SameSite=Lax)(?=.*; Path=\/)(?!.*; Secure)(?!.*Domain)/i);
  });

  test('behind https only there', async () => {
    const lines = await cookiesOf(secureSite.url);
    expect(lines.map((line) => line.split('=')[0])).toEqual(['__Host-otlichno-code', '__Host-otlichno-code', '__Host-otlichno']);
    for (const line of lines) expect(line).toMatch(/^(?=.*; HttpOnly)(?=.*; SameSite=Lax)(?=.*; Path=\/)(?=.*; Secure)(?!.*Domain)/i);
  });
});

describe('a request that changes something comes from our own page', () => {
  const origins: [string, Record<string, string>, number][] = [
    ['our own', { origin: 'own' }, 200],
    ['our own, with cookies', { origin: 'own', cookie: 'otlichno=x' }, 200],
    ['none, from a program without cookies', {}, 200],
    ['none, with cookies', { cookie: 'otlichno=x' }, 403],
    ['another site', { origin: 'https://evil.example' }, 403],
    ['another port of this machine', { origin: 'http://127.0.0.1:1' }, 403],
    ['a name that begins like ours', { origin: 'http://127.0.0.1.evil.example' }, 403],
    ['a sandboxed frame', { origin: 'null' }, 403],
    ['nonsense', { origin: 'http://' }, 403],
  ];
  test.each(origins)('origin: %s', async (_, headers, status) => {
    const answer = await requestCode({ headers: { ...headers, ...(headers.origin === 'own' ? { origin: site.url } : {}) } });
    expect(answer.status).toBe(status);
    if (status === 403)
      expect(await answer.json()).toMatchObject({
        error: { message: 'AUTH_BAD_ORIGIN', data: { app: { code: 'AUTH_BAD_ORIGIN', data: {} } } },
      });
  });

  test('and is no GET', async () => {
    const answer = await fetch(`${site.url}/trpc/auth.signOut?input=%7B%7D`);
    expect(answer.status).toBe(405);
    expect(await answer.json()).toMatchObject({ error: { data: { app: { code: 'NOT_FOUND' } } } });
  });

  test('nor a GET among others in a batch: whoever was signed in still is', async () => {
    const { cookie } = await aStudent(school.app);
    const answer = await fetch(`${site.url}/trpc/auth.me,auth.signOut?batch=1&input=%7B%7D`, { headers: { cookie } });
    expect(answer.status).toBe(400);
    expect(await aWebBrowser(site.url, cookie).rpc.auth.me.query()).not.toBeNull();
  });

  test.each([
    ['http://127.0.0.1', 403],
    ['https://127.0.0.1', 200],
  ])('behind https %s is %i: what came in the open anybody on the way may have written', async (page, status) => {
    const answer = await fetch(`${secureSite.url}/trpc/auth.requestCode`, {
      method: 'POST',
      body: JSON.stringify({ email: anEmail(), locale: 'ru' }),
      headers: { ...json, origin: `${page}:${new URL(secureSite.url).port}` },
    });
    expect(answer.status).toBe(status);
  });

  test.each([undefined, 'null', 'https://evil.example', 'http://127.0.0.1:1'])('an upload whose page is %s is none', async (origin) => {
    const { cookie } = await aStudent(school.app);
    const answer = await fetch(`${site.url}${uploadsPath}`, {
      method: 'POST',
      headers: { cookie, 'tus-resumable': '1.0.0', 'upload-length': '1', ...(origin && { origin }) },
    });
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('AUTH_BAD_ORIGIN')]);
  });
});

test.each(['/', '/courses/math-60', '/trpc/auth.me', '/healthz', '/no/such/page', '/assets/app-1a2b3c.js', '/api/nothing'])(
  '%s is sent with the headers of a careful site',
  async (path) => {
    const { headers } = await fetch(site.url + path);
    const policy = headers.get('content-security-policy') ?? '';
    for (const part of [
      "default-src 'self'",
      "script-src 'self'",
      "style-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ]) {
      expect(policy).toContain(part);
    }
    expect(policy).not.toMatch(/unsafe|\*/);
    expect(policy.match(/'nonce-/g)?.length ?? 0).toBe(headers.get('content-type')?.includes('html') ? 1 : 0);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('strict-origin');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('permissions-policy')).toMatch(/camera=\(\).*microphone=\(\)/);
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('strict-transport-security')).toBeNull();
    expect((await fetch(secureSite.url + path)).headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains');
  },
);

test('each answer with a page has a nonce of its own, in the policy and in the page, and no tag by which an old page could be kept', async () => {
  const nonces = await Promise.all(
    ['/', '/', '/login'].map(async (path) => {
      const answer = await fetch(site.url + path, { headers: { 'if-none-match': '*' } });
      expect([answer.status, answer.headers.get('etag'), answer.headers.get('last-modified')]).toEqual([200, null, null]);
      const nonce = /'nonce-([\w-]{27})'/.exec(answer.headers.get('content-security-policy') ?? '')?.[1] ?? 'none';
      expect(await answer.text()).toContain(`nonce="${nonce}"`);
      return nonce;
    }),
  );
  expect(new Set(nonces).size).toBe(3);
});

/** As it stands: what sends requests for programs would tidy it up. */
async function rawGet(path: string, headers: Record<string, string> = {}) {
  const asked = request({ host: '127.0.0.1', port: new URL(site.url).port, path, headers }).end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  answer.resume();
  return answer;
}

test.each([
  '//evil.example',
  '//evil.example/%2e%2e',
  '//evil.example/%2f..',
  '/%5Cevil.example',
  '/\\evil.example/',
  '///evil.example//',
  '/assets//evil.example/%2f..',
  '/assets/..//evil.example',
  '/assets',
  '/files//evil.example/x',
  '/api/courses/%2F%2Fevil.example.zip',
  '/api/courses/x%0d%0aSet-Cookie:%20otlichno=x.zip',
  '/api/exams/%5C%5Cevil.example/results.xlsx',
  '/login?next=//evil.example',
  '/admin/login?next=https://evil.example',
])('%s leads nowhere but to this site', async (path) => {
  for (const host of [new URL(site.url).host, 'evil.example']) {
    const { headers } = await rawGet(path, { host, 'x-forwarded-host': 'evil.example' });
    expect(headers['set-cookie']).toBeUndefined();
    const { location } = headers;
    if (location === undefined) continue;
    expect(location).toMatch(/^\/(?![/\\])/);
    expect(new URL(location, site.url).origin).toBe(site.url);
    const next = new URL(location, site.url).searchParams.get('next');
    const followed = next === null ? null : safeNext(`?next=${encodeURIComponent(next)}`, site.url);
    if (followed !== null) expect(followed).toMatch(/^\/admin\//);
  }
});

describe('what is somebody’s own stays in no cache', () => {
  test.each([
    ['/trpc/auth.me', 200],
    ['/trpc/progress.home', 200],
    ['/trpc/nothing', 404],
    ['/api/registry.xlsx', 200],
    ['/api/students.xlsx', 200],
    ['/api/tasks-template.xlsx', 200],
    ['/api/courses/nothing.zip', 404],
    [`/files/${crypto.randomUUID()}/a.txt`, 404],
    [`/exams/${crypto.randomUUID()}/files.zip`, 404],
  ])('%s %i', async (path, status) => {
    const answer = await aWebBrowser(site.url, (await aModerator(school.app)).cookie).fetch(path);
    await answer.arrayBuffer();
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([status, expect.stringContaining('no-store')]);
  });

  test('nor what is asked without the right to it', async () => {
    for (const path of ['/api/registry.xlsx', `/files/work/${crypto.randomUUID()}/a.txt`]) {
      expect((await fetch(site.url + path, { redirect: 'manual' })).headers.get('cache-control')).toBe('no-store');
    }
  });
});

describe('pages and their parts', () => {
  test.each([
    ['/', 200, 'text/html', 'no-store'],
    ['/courses/math-60/powers', 200, 'text/html', 'no-store'],
    ['/admin', 200, 'text/html', 'no-store'],
    ['/courses/%D1%82%D0%B5%D0%BC%D0%B0', 200, 'text/html', 'no-store'],
    ['/assets/app-1a2b3c.js', 200, 'text/javascript', 'immutable'],
    ['/assets/gone-9f8e7d.js', 404, 'text/plain', null],
    ['/favicon.svg', 200, 'image/svg+xml', 'max-age=3600'],
    ['/trpc/auth.me', 200, 'application/json', 'no-store'],
    ['/healthz', 200, 'text/plain', null],
    ['/api/nothing', 404, 'text/plain', null],
    ['/files', 404, 'text/plain', null],
    ['/dev/nothing', 404, 'text/plain', null],
    ['/%E0%A4%A', 400, 'text/plain', null],
    ['/assets/..%2f..%2f..%2fetc%2fpasswd', 404, 'text/plain', null],
    ['/..%2f..%2fetc%2fpasswd', 200, 'text/html', 'no-store'],
    ['/.env', 200, 'text/html', 'no-store'],
  ])('%s: %s %s %s', async (path, status, type, cache) => {
    const answer = await fetch(site.url + path);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, expect.stringContaining(type)]);
    if (cache) expect(answer.headers.get('cache-control')).toContain(cache);
    if (type === 'text/html') expect(await answer.text()).toContain('<title>Отлично');
  });

  test.each(['POST', 'PUT', 'DELETE'])('%s on a page is no page', async (method) => {
    expect((await fetch(`${site.url}/courses`, { method, headers: { origin: site.url } })).status).toBe(404);
  });
});

describe('over a direct call', () => {
  test('a locked topic tells its date and nothing of its content', async () => {
    const secret = 'теория 61728';
    const task = { ...aNumber('73519'), statement: secret, hint: secret, solution: secret, solutionRule: 'always' as const };
    const course = await aCourse(school.app, {
      topics: [{ opensIn: 1, theory: secret, tasks: [task], files: [{ name: 'x.svg', mime: 'image/svg+xml', body: secret }] }],
    });
    const student = aWebBrowser(site.url, (await aStudent(school.app)).cookie);
    const input = (value: object) => `input=${encodeURIComponent(JSON.stringify(value))}`;
    const answers = await Promise.all([
      student.fetch(`/trpc/courses.topic?${input({ course: course.slug, topic: 'topic-1' })}`),
      student.fetch(`/trpc/tasks.solution?${input({ taskId: course.task(0, 0) })}`),
      student.fetch('/trpc/tasks.submit', {
        method: 'POST',
        headers: json,
        body: JSON.stringify({ taskId: course.task(0, 0), clientId: crypto.randomUUID(), value: '73519' }),
      }),
    ]);
    for (const answer of answers) {
      const text = await answer.text();
      expect([answer.status, JSON.parse(text).error.data.app]).toEqual([
        403,
        {
          code: 'TOPICS_NOT_OPEN',
          data: {
            courseSlug: course.slug,
            courseTitle: `Курс ${course.slug}`,
            topicTitle: 'Тема 1',
            opensAt: course.topic(0).opensAt.toISOString(),
          },
        },
      ]);
      expect(text).not.toMatch(/61728|73519/);
    }
    const page = await student.fetch(`/trpc/courses.get?${input({ course: course.slug })}`);
    expect(await page.text()).not.toMatch(/61728|73519/);
    expect((await student.fetch(`/files/${course.topic(0).files[0]}/x.svg`)).status).toBe(404);
  });

  test('the cookie of one browser is one person: a stored id, a changed or an ended one is nobody', async () => {
    const student = await aStudent(school.app);
    const [stored] = await school.app.sessions.list(student.actor.id);
    for (const cookie of [
      `otlichno=${stored?.id}`,
      `${student.cookie}x`,
      student.cookie.slice(0, -1),
      'otlichno=',
      `otlichno=${'a'.repeat(8000)}`,
    ]) {
      expect(await aWebBrowser(site.url, cookie).rpc.auth.me.query()).toBeNull();
    }
    await aWebBrowser(site.url, student.cookie).rpc.auth.signOut.mutate();
    expect(await aWebBrowser(site.url, student.cookie).rpc.auth.me.query()).toBeNull();
  });

  test('the Excel table is for moderators, others are shown to their door', async () => {
    const path = '/api/registry.xlsx';
    for (const cookie of [undefined, (await aStudent(school.app)).cookie]) {
      const answer = await aWebBrowser(site.url, cookie).fetch(path);
      expect([answer.status, answer.headers.get('location')]).toEqual([303, '/admin/login?next=%2Fadmin']);
    }
    const answer = await aWebBrowser(site.url, (await aModerator(school.app)).cookie).fetch(path);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringContaining('spreadsheetml')]);
  });
});

test('tables and courses are not taken out of the school without end', async () => {
  const { actor, cookie } = await aModerator(school.app);
  const course = await aCourse(school.app, { topics: [{}] });
  const moderator = aWebBrowser(site.url, cookie);
  await school.app.limits.take('download.person', actor.id, 115);
  const paths = [
    '/api/registry.xlsx',
    '/api/students.xlsx',
    `/api/courses/${course.slug}.zip`,
    `/api/courses/${course.slug}/statistics.xlsx`,
    `/api/exams/${(await anExam(school.app, course)).id}/results.xlsx`,
  ];
  for (const status of [200, 429]) {
    for (const path of paths) {
      const answer = await moderator.fetch(path);
      await answer.arrayBuffer();
      expect([path, answer.status]).toEqual([path, status]);
    }
  }
});

test('the log of requests keeps neither what opens a file nor what its owner called it', async () => {
  const lines = new PassThrough();
  const logged = await aLiveServer({ ...school.app, log: createLog('info', lines) });
  try {
    const { cookie } = await aStudent(school.app);
    for (const folder of ['/files', '/files/work']) {
      await aWebBrowser(logged.url, cookie).fetch(
        `${folder}/${crypto.randomUUID()}/${encodeURIComponent('Паспорт.jpg')}?e=82371&s=c2VjcmV0`,
      );
    }
  } finally {
    await logged.close();
  }
  const text = decodeURIComponent(String(lines.read()));
  expect(text.match(/"path":"\/files\/(?:work\/)?[0-9a-f-]{36}\/…"/g)).toHaveLength(2);
  expect(text).not.toMatch(/Паспорт|82371|c2VjcmV0/);
});

test('a session that is renewed gets its cookie again, wherever it was noticed', async () => {
  const course = await aCourse(school.app, { topics: [{ files: [{ name: 'a.txt', mime: 'text/plain', body: 'a' }] }] });
  for (const path of ['/trpc/auth.me', `/files/${course.topic(0).files[0]}/a.txt`]) {
    const { cookie, actor } = await aStudent(school.app);
    await school.app.pool.query(`UPDATE session SET expires_at = now() + interval '3 days' WHERE person_id = $1`, [actor.id]);
    const answer = await aWebBrowser(site.url, cookie).fetch(path);
    expect([path, answer.headers.getSetCookie()]).toEqual([path, [expect.stringContaining(cookie)]]);
  }
});
