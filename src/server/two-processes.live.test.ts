/** Two processes side by side on one database, as behind a balancer. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { MineHint } from '#shared/live.ts';
import { liveClose } from '#shared/live-rules.ts';
import { createScratchDatabase, type ScratchDatabase, withClient } from './platform/database-admin.ts';
import { listLetters } from './platform/mail/folder.ts';
import { aLiveClient, collect } from './testing/live-client.ts';
import { aWebBrowser, type WebBrowser } from './testing/live-server.ts';
import { aSchoolProcess, type OpenSchoolProcess } from './testing/school-process.ts';
import { anEmail, aRegistration, limitsElapse } from './testing/world.ts';

let database: ScratchDatabase;
let dataDir: string;
let left: OpenSchoolProcess;
let right: OpenSchoolProcess;
beforeAll(async () => {
  // Empty: both find the schema missing at the same moment.
  database = await createScratchDatabase(inject('testServer').adminUrl);
  dataDir = await mkdtemp(join(tmpdir(), 'otlichno-data-'));
  const env = { DATABASE_URL: database.url, SECRET: 'a secret of the tests, 32 letters', DATA_DIR: dataDir };
  [left, right] = await Promise.all([aSchoolProcess(env), aSchoolProcess(env)]);
}, 120_000);
afterAll(async () => {
  for (const school of [left, right]) school?.signal('SIGTERM');
  await Promise.all([left?.ended, right?.ended]);
  await database.drop();
  await rm(dataDir, { recursive: true });
});

/** The same browser at the other process: the balancer sent it there. */
const at = (school: OpenSchoolProcess, browser: WebBrowser) => {
  const other = aWebBrowser(school.url);
  for (const [name, value] of browser.cookies) other.cookies.set(name, value);
  return other;
};
const lettersTo = async (email: string) => (await listLetters(dataDir)).filter((letter) => letter.to === email);
/** The code of the newest letter, once there are so many. */
async function codeFrom(email: string, letters = 1): Promise<string> {
  await expect.poll(() => lettersTo(email), { timeout: 10_000, interval: 20 }).toHaveLength(letters);
  return (await lettersTo(email))[0]?.subject.slice(0, 6) ?? '';
}
async function aRegistered() {
  const form = aRegistration();
  const browser = aWebBrowser(left.url);
  await browser.rpc.auth.register.mutate(form);
  return { browser, email: form.email, code: await codeFrom(form.email) };
}
const outcomes = async (tries: Promise<{ outcome: string }>[]) =>
  Object.entries(Object.groupBy(await Promise.all(tries), (result) => result.outcome)).map(([outcome, all]) => [outcome, all?.length]);

test('registered at one, signed in at the other, known to both; one letter went out', async () => {
  const { browser, email, code } = await aRegistered();
  const there = at(right, browser);
  expect(await there.rpc.auth.verifyCode.mutate({ code })).toMatchObject({ outcome: 'signed-in' });
  expect(await at(left, there).rpc.auth.me.query()).toMatchObject({ email });
  expect(await lettersTo(email)).toHaveLength(1);
});

test('limits are counted together', async () => {
  const email = anEmail();
  await aWebBrowser(left.url).rpc.auth.requestCode.mutate({ email, locale: 'ru' });
  await expect(aWebBrowser(right.url).rpc.auth.requestCode.mutate({ email, locale: 'ru' })).rejects.toMatchObject({
    data: { httpStatus: 429, app: { code: 'AUTH_RATE_LIMITED', data: { retryAfterSeconds: expect.any(Number) } } },
  });
});

test('twenty right tries at both at once are one session, twenty wrong ones are five', async () => {
  const [lucky, guesser] = [await aRegistered(), await aRegistered()];
  const both = (browser: WebBrowser, code: string) =>
    Array.from({ length: 20 }, (_, attempt) => at(attempt % 2 ? left : right, browser).rpc.auth.verifyCode.mutate({ code }));
  expect(await outcomes(both(lucky.browser, lucky.code))).toContainEqual(['signed-in', 1]);
  const wrong = guesser.code === '000000' ? '000001' : '000000';
  expect((await outcomes(both(guesser.browser, wrong))).toSorted()).toEqual([
    ['burnt', 16],
    ['wrong', 4],
  ]);
});

test('whoever ends all other sessions at one is signed out at both', async () => {
  const { browser, email, code } = await aRegistered();
  await browser.rpc.auth.verifyCode.mutate({ code });
  await withClient(database.url, (client) => limitsElapse({ pool: client }, 61));
  const phone = aWebBrowser(right.url);
  await phone.rpc.auth.requestCode.mutate({ email, locale: 'ru' });
  await phone.rpc.auth.verifyCode.mutate({ code: await codeFrom(email, 2) });
  expect(await at(left, phone).rpc.auth.me.query()).toMatchObject({ email });

  expect(await at(right, browser).rpc.auth.endOtherSessions.mutate()).toEqual({ ended: 1 });
  expect([await phone.rpc.auth.me.query(), await at(left, phone).rpc.auth.me.query()]).toEqual([null, null]);
  expect(await browser.rpc.auth.me.query()).toMatchObject({ email });
});

/** A tab of this browser at a process, listening. */
async function aTab(school: OpenSchoolProcess, browser: WebBrowser) {
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const { client, close, closeCode } = aLiveClient(school.url, cookie);
  await collect<MineHint>((to) => client.live.mine.subscribe(undefined, to)).started;
  return { close, closeCode };
}

test('whoever signs out at one loses the sockets of that session at both', async () => {
  const { browser, code } = await aRegistered();
  await browser.rpc.auth.verifyCode.mutate({ code });
  const tabs = await Promise.all([left, right].map((school) => aTab(school, browser)));
  await at(right, browser).rpc.auth.signOut.mutate();
  expect(await Promise.all(tabs.map(({ closeCode }) => closeCode()))).toEqual([liveClose.session, liveClose.session]);
  await Promise.all(tabs.map(({ close }) => close()));
});

test('one that stops tells its sockets to come again, is not held by them, and the other takes them', async () => {
  const { browser, code } = await aRegistered();
  await browser.rpc.auth.verifyCode.mutate({ code });
  const tab = await aTab(right, browser);
  right.signal('SIGTERM');
  expect(await tab.closeCode()).toBe(liveClose.stopping);
  expect(await right.ended).toBe(0);
  expect(right.output()).not.toContain('cut off');
  const again = await aTab(left, browser);
  await Promise.all([tab, again].map(({ close }) => close()));
});
