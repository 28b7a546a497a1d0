/** Listening that survives: a process that dies, a wrong token, a Telegram that is away. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lead } from '#server/platform/leader.ts';
import { aLiveServer, aWebBrowser } from '#server/testing/live-server.ts';
import { aSchoolProcess } from '#server/testing/school-process.ts';
import { aTelegramOf, aTelegramSchool, hear, type TelegramSchool } from '#server/testing/telegram-school.ts';
import { aSchool, aStudent, type Student } from '#server/testing/world.ts';
import { hearTelegram } from './hear.ts';
import { botDuty } from './run.ts';
import { standInToken } from './stand-in/server.ts';

let school: TelegramSchool;
let student: Student;
beforeAll(async () => {
  school = await aTelegramSchool();
  student = await aStudent(school.app);
});
afterAll(() => school.close());

const stateOf = (app = school.app) => app.db.telegramState.findFirst({ select: { trouble: true, details: true, mode: true } });

test('the process that listens is killed in the middle of an update: the next one listens, and finishes it', async () => {
  const person = await aTelegramOf(school, student);
  const { url, token } = school.telegram;
  const process = await aSchoolProcess({
    DATABASE_URL: school.databaseUrl,
    SECRET: 'a secret of the tests, 32 letters',
    DATA_DIR: school.dataDir,
    TELEGRAM_TOKEN: token,
    TELEGRAM_API_ROOT: url,
    TELEGRAM_LINK_ROOT: url,
  });
  const first = person.say('/help');
  await person.waitFor(() => true, { after: first });
  // Its answer to the next one never gets through.
  school.telegram.failNext({ kind: 'silentBefore', chatId: person.id });
  const second = person.say('/courses');
  await expect.poll(() => school.telegram.statistics().faults.silentBefore).toBe(1);
  const duty = botDuty(school.app);
  const next = lead({ databaseUrl: school.databaseUrl, name: 'telegram', log: school.app.log, duties: duty ? [duty] : [], tryMs: 200 });
  process.signal('SIGKILL');
  await process.ended;
  await person.waitFor(() => true, { after: second });
  const third = person.say('/help');
  await person.waitFor(() => true, { after: third });
  expect(person.received()).toHaveLength(3);
  await next.stop();
});

test('while Telegram is silent the site answers as before, and says so in the office; then all goes on by itself', async () => {
  const site = await aLiveServer(school.app);
  const browser = aWebBrowser(site.url, student.cookie);
  const person = school.telegram.people.make();
  const stop = hear(school.app);
  person.start();
  await person.waitFor(() => true);
  school.telegram.setFaults({ outage: 'cut' });
  person.say('/help');
  await expect.poll(() => stateOf()).toMatchObject({ trouble: 'network' });
  expect(JSON.stringify(await stateOf())).not.toContain(standInToken.split(':')[1]);
  school.telegram.setFaults({ outage: 'silent' });
  const startedAt = performance.now();
  const { url } = await browser.rpc.notifications.telegram.start.mutate();
  expect(url).toContain(school.telegram.username);
  expect((await browser.rpc.progress.mine.query()).courses).toEqual([]);
  expect(performance.now() - startedAt).toBeLessThan(5_000);
  // Whoever stops meanwhile does not wait for Telegram either.
  await stop();
  school.telegram.setFaults({});
  const stopAgain = hear(school.app);
  await expect.poll(() => stateOf()).toMatchObject({ trouble: null, details: null });
  await expect.poll(() => person.received().length).toBe(2);
  await stopAgain();
  await site.close();
});

test('who stops in the middle of an answer that Telegram does not take cuts it, begins nothing else, and loses nothing', async () => {
  const { app, telegram } = school;
  if (!app.telegram || !app.config.telegram) throw new Error('the school has no bot');
  const person = await aTelegramOf(school, await aStudent(app));
  const { silentBefore = 0 } = telegram.statistics().faults;
  telegram.failNext({ kind: 'silentBefore', chatId: person.id });
  for (const said of ['/help', '/courses', '/stop']) person.say(said);
  const ending = new AbortController();
  const done = hearTelegram(app, app.config.telegram, app.telegram, ending.signal, { lookMs: 60_000, leaveMs: 50 });
  await expect.poll(() => telegram.statistics().faults.silentBefore).toBe(silentBefore + 1);
  const stoppedAt = performance.now();
  ending.abort();
  await done;
  // An answer is waited for for twenty seconds, three times.
  expect(performance.now() - stoppedAt).toBeLessThan(10_000);
  expect(person.received()).toEqual([]);
  const stop = hear(app);
  await expect.poll(() => person.received().length).toBe(3);
  await stop();
});

test('somebody else who asks for the same bot’s updates is shown, and waited out', async () => {
  const stop = hear(school.app);
  // Whichever of the two has its question open when the other asks loses it.
  const conflict = async () => {
    await fetch(`${school.telegram.url}/bot${standInToken}/getUpdates?timeout=0`);
    return stateOf();
  };
  await expect.poll(conflict).toMatchObject({ trouble: 'conflict', details: expect.stringContaining('terminated by other getUpdates') });
  await expect.poll(() => stateOf(), { timeout: 10_000 }).toMatchObject({ trouble: null });
  await stop();
});

test('a wrong token is told to the office, and to nobody in the log', async () => {
  const lines: string[] = [];
  const { telegram } = school;
  const wrong = '7000000000:a-token-that-was-revoked-long-ago';
  const other = await aSchool({ env: { TELEGRAM_TOKEN: wrong, TELEGRAM_API_ROOT: telegram.url, TELEGRAM_LINK_ROOT: telegram.url } });
  const log = Object.assign(Object.create(other.app.log), {
    warn: (...parts: unknown[]) => lines.push(JSON.stringify(parts)),
    error: (...parts: unknown[]) => lines.push(JSON.stringify(parts)),
  });
  const stop = hear({ ...other.app, log });
  await expect.poll(() => stateOf(other.app)).toMatchObject({ trouble: 'token', mode: 'polling' });
  await stop();
  expect(lines).toHaveLength(1);
  expect(lines.join()).not.toContain('revoked');
  const browserless = await aLiveServer(other.app);
  const browser = aWebBrowser(browserless.url, (await aStudent(other.app)).cookie);
  // Who the bot is was never heard, so there is nowhere to lead.
  await expect(browser.rpc.notifications.telegram.start.mutate()).rejects.toThrow('TELEGRAM_OFF');
  await browserless.close();
  await other.close();
});
