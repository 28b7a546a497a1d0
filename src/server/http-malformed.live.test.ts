import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aLiveServer, aWebBrowser, type LiveServer } from './testing/live-server.ts';
import { aSchool, aStudent, type School } from './testing/world.ts';

let school: School;
let site: LiveServer;
beforeAll(async () => {
  school = await aSchool();
  site = await aLiveServer(school.app);
});
afterAll(async () => {
  await site.close();
  await school.close();
});

const json = { 'content-type': 'application/json' };

describe('what is malformed is refused cleanly', () => {
  const post = (path: string, body: string, headers: Record<string, string> = {}) => ({
    path,
    init: { method: 'POST', body, headers: { ...json, origin: 'own', ...headers } },
  });
  const inputOf = (path: string, input: string) => ({ path: `${path}?input=${encodeURIComponent(input)}`, init: {} });
  const batch = (size: number) => `${Array(size).fill('auth.me').join(',')}?batch=1`;
  const nested = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
  test.each<[string, { path: string; init: RequestInit & { headers?: Record<string, string> } }, number[], string]>([
    ['broken JSON', post('auth.requestCode', '{"email":'), [400], 'INPUT_INVALID'],
    [
      'no JSON at all',
      post('auth.requestCode', 'email=a', { 'content-type': 'application/x-www-form-urlencoded' }),
      [415],
      'INPUT_INVALID',
    ],
    ['an unknown kind of body', post('auth.requestCode', '<a/>', { 'content-type': 'text/xml' }), [415], 'INPUT_INVALID'],
    ['nothing', post('auth.requestCode', ''), [400], 'INPUT_INVALID'],
    ['null', post('auth.requestCode', 'null'), [400], 'INPUT_INVALID'],
    ['a list for an object', post('auth.requestCode', '[]'), [400], 'INPUT_INVALID'],
    ['a number for a text', post('auth.requestCode', '{"email":5,"locale":"ru"}'), [400], 'INPUT_INVALID'],
    ['a prototype', post('auth.requestCode', '{"__proto__":{"email":"a@b.ru"},"locale":"ru"}'), [400], 'INPUT_INVALID'],
    ['deep nesting', post('auth.requestCode', nested), [400], 'INPUT_INVALID'],
    ['bytes that are no text', post('auth.requestCode', '\u0000\uffff'), [400], 'INPUT_INVALID'],
    ['a query with broken input', inputOf('courses.get', '{'), [400], 'INPUT_INVALID'],
    ['a query without input', { path: 'courses.get', init: {} }, [400], 'INPUT_INVALID'],
    ['an id with a zero byte', inputOf('courses.get', '{"course":"a\\u0000"}'), [400], 'INPUT_INVALID'],
    ['a batch of twenty-one', { path: batch(21), init: {} }, [400], 'INPUT_INVALID'],
    ['a batch of a thousand', { path: batch(1000), init: {} }, [400], 'INPUT_INVALID'],
    [
      'a batch with broken input',
      { path: `courses.get,courses.get?batch=1&input=${encodeURIComponent('[1')}`, init: {} },
      [400],
      'INPUT_INVALID',
    ],
    ['an unknown procedure', { path: 'auth.becomeModerator', init: {} }, [404], 'NOT_FOUND'],
    ['an unknown router', { path: 'no.such.thing', init: {} }, [404], 'NOT_FOUND'],
    ['a name out of the prototype', { path: 'constructor', init: {} }, [404], 'NOT_FOUND'],
    ['a path of nothing', { path: '', init: {} }, [404], 'NOT_FOUND'],
    ['a query by POST', post('courses.list', '{}'), [405], 'NOT_FOUND'],
    ['PATCH', { path: 'auth.me', init: { method: 'PATCH' } }, [415], 'INPUT_INVALID'],
  ])('%s', async (_, { path, init }, statuses, code) => {
    const headers = init.headers?.origin === 'own' ? { ...init.headers, origin: site.url } : init.headers;
    const answer = await fetch(`${site.url}/trpc/${path}`, { ...init, headers });
    const text = await answer.text();
    const parsed: unknown = JSON.parse(text);
    expect([answer.status, [parsed].flat()[0]]).toMatchObject([expect.toBeOneOf(statuses), { error: { data: { app: { code } } } }]);
    expect(text).not.toMatch(/stack|node_modules|\.ts:/);
  });

  test('an answer of two megabytes', async () => {
    const student = aWebBrowser(site.url, (await aStudent(school.app)).cookie);
    const body = JSON.stringify({ taskId: crypto.randomUUID(), clientId: crypto.randomUUID(), value: '1'.repeat(2_000_000) });
    const answer = await student.fetch('/trpc/tasks.submit', { method: 'POST', body, headers: json });
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({
      error: { message: 'INPUT_INVALID', data: { app: { code: 'INPUT_INVALID', issues: [] } } },
    });
    const smaller = await student.fetch('/trpc/tasks.submit', { method: 'POST', body: body.replace(/1{1200000}/, ''), headers: json });
    expect(smaller.status).toBe(400);
  });

  test('the site lives on', async () => {
    expect(await (await fetch(`${site.url}/healthz`)).text()).toBe('ok');
  });
});
