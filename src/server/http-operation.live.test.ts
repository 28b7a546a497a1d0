/** What whoever runs the site relies on: faults that tell nothing to the visitor, logs without secrets, addresses behind a proxy. */
import { PassThrough } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { App } from './platform/app.ts';
import { createLog } from './platform/log.ts';
import { aCourse } from './testing/course.ts';
import { aLiveServer, aWebBrowser, type LiveServer } from './testing/live-server.ts';
import { aRegistration, aSchool, aStudent, codeFor, type School } from './testing/world.ts';

let school: School;
const open: LiveServer[] = [];
beforeAll(async () => {
  school = await aSchool();
});
afterEach(async () => {
  for (const site of open.splice(0)) await site.close();
});
afterAll(() => school.close());

/** The site of the school with something changed, and what it writes into its log. */
async function aSite(change: Partial<App> = {}) {
  const lines = new PassThrough();
  const site = await aLiveServer({ ...school.app, log: createLog('info', lines), ...change });
  open.push(site);
  return { ...site, log: () => String(lines.read() ?? '') };
}

describe('a fault of ours', () => {
  const secret = 'connect ECONNREFUSED db.internal:5432 password=hunter2';
  const broken = () => ({ pool: Object.create(school.app.pool, { query: { value: () => Promise.reject(new Error(secret)) } }) });

  test('in a procedure shows a number and nothing else; the log has the rest under it', async () => {
    const site = await aSite(broken());
    const answer = await fetch(`${site.url}/trpc/courses.list`);
    const text = await answer.text();
    const { app } = JSON.parse(text).error.data;
    expect([answer.status, app]).toEqual([500, { code: 'UNEXPECTED', data: { requestId: expect.stringMatching(/^[\da-f]{10}$/) } }]);
    expect(text).not.toMatch(/hunter2|internal|stack|\.ts/);
    const faults = site
      .log()
      .split('\n')
      .filter((line) => line.includes('procedure failed'));
    expect(faults).toHaveLength(1);
    expect(JSON.parse(faults[0] ?? '')).toMatchObject({
      id: app.data.requestId,
      path: 'courses.list',
      err: { message: secret, stack: expect.any(String) },
    });
  });

  test('elsewhere as well', async () => {
    const course = await aCourse(school.app, { topics: [{ files: [{ name: 'a.txt', mime: 'text/plain', body: 'a' }] }] });
    const site = await aSite(broken());
    const browser = aWebBrowser(site.url, (await aStudent(school.app)).cookie);
    const answer = await browser.fetch(`/files/${course.topic(0).files[0]}/a.txt`);
    const text = await answer.text();
    expect([answer.status, text]).toEqual([500, expect.stringMatching(/^500 [\da-f]{10}$/)]);
    expect(site.log()).toContain(`"id":"${text.slice(4)}"`);
  });

  test('is not what a visitor does wrong: that stands in the log as a request and no more', async () => {
    const site = await aSite();
    await fetch(`${site.url}/trpc/courses.get?input={`);
    await fetch(`${site.url}/%E0%A4%A`);
    expect(site.log()).not.toContain('"level":50');
  });
});

test('the log tells each request and none of its secrets', async () => {
  const site = await aSite();
  const browser = aWebBrowser(site.url);
  const form = aRegistration();
  await browser.rpc.auth.register.mutate(form);
  const code = await codeFor(school.app, form.email);
  await browser.rpc.auth.verifyCode.mutate({ code });
  await browser.fetch(`/trpc/courses.get?input=${encodeURIComponent('{"course":"secret-course"}')}`);
  const log = site.log();
  const [first] = log.split('\n');
  expect(JSON.parse(first ?? '')).toMatchObject({
    method: 'POST',
    path: '/trpc/auth.register',
    status: 200,
    ms: expect.any(Number),
    id: expect.any(String),
  });
  const secrets = [code, form.email, ...browser.cookies.values(), 'secret-course'];
  expect(secrets.filter((secret) => log.includes(secret))).toEqual([]);
});

describe('the address of a visitor', () => {
  async function seenAs(trustProxy: number, forwarded: string) {
    const site = await aSite({ config: { ...school.app.config, trustProxy } });
    const form = aRegistration();
    await fetch(`${site.url}/trpc/auth.register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': forwarded },
      body: JSON.stringify(form),
    });
    return (await school.app.db.consent.findFirst({ where: { person: { email: form.email } } }))?.ip;
  }

  test.each([
    ['without a proxy is that of the connection, whatever is claimed', 0, '203.0.113.7', '127.0.0.1'],
    ['behind a proxy is what that proxy says', 1, '203.0.113.7', '203.0.113.7'],
    ['behind a proxy is not what the visitor claims', 1, '198.51.100.1, 203.0.113.7', '203.0.113.7'],
    ['behind two proxies', 2, '198.51.100.1, 203.0.113.7, 192.0.2.9', '203.0.113.7'],
  ])('%s', async (_, trustProxy, forwarded, seen) => {
    expect(await seenAs(trustProxy, forwarded)).toBe(seen);
  });
});

describe('where letters may be read', () => {
  test.each([
    ['on this machine', {}, '/dev/mail'],
    ['from elsewhere, through a proxy', { 'x-forwarded-for': '203.0.113.7' }, null],
    ['from elsewhere, through another proxy', { forwarded: 'for=203.0.113.7' }, null],
  ])('%s', async (_, headers, mailPage) => {
    const site = await aSite();
    const answer = await fetch(`${site.url}/trpc/settings.site`, { headers });
    expect(await answer.json()).toMatchObject({
      result: { data: { mailPage, timeZone: 'Europe/Moscow', consentVersion: expect.any(String) } },
    });
  });
});
