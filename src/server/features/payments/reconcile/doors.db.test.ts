/** Who may look at the books, where the school takes payments. */
import { randomUUID } from 'node:crypto';
import { TRPCError } from '@trpc/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '../../../platform/app.ts';
import { aBrowser, type Browser } from '../../../testing/browser.ts';
import { aPayingSchool, type PayingSchool } from '../../../testing/payments.ts';
import { aModerator, aStudent } from '../../../testing/world.ts';
import { wireError } from '../../../trpc/init.ts';
import { raiseIssue } from '../issues/steps.ts';

let school: PayingSchool;
let app: App;
let browsers: Record<'guest' | 'student' | 'moderator', Browser>;
beforeAll(async () => {
  school = await aPayingSchool();
  app = school.app;
  browsers = {
    guest: aBrowser(app),
    student: aBrowser(app, { cookie: (await aStudent(app)).cookie }),
    moderator: aBrowser(app, { cookie: (await aModerator(app)).cookie }),
  };
});
afterAll(() => school.close());

async function anIssue(): Promise<string> {
  const key = randomUUID();
  await app.db.$transaction((tx) => raiseIssue(app, tx, { kind: 'unknown-payment', key, provider: 'tbank' }));
  return (await app.db.paymentIssue.findFirstOrThrow({ where: { key }, select: { id: true } })).id;
}

type Office = Browser['call']['payments']['office'];
const content = Buffer.from('не реестр').toString('base64');
const doors: [string, string, (office: Office) => Promise<unknown>][] = [
  ['issues', 'ok', (office) => office.issues({ open: true })],
  ['resolveIssue', 'ok', async (office) => office.resolveIssue({ id: await anIssue(), note: 'Проверено' })],
  ['resolveIssue of none', 'PAYMENTS_NOT_FOUND', (office) => office.resolveIssue({ id: randomUUID(), note: 'Проверено' })],
  ['resolveIssue without a word', 'INPUT_INVALID', async (office) => office.resolveIssue({ id: await anIssue(), note: '  ' })],
  ['checks', 'ok', (office) => office.checks()],
  ['runCheck', 'ok', (office) => office.runCheck({ kind: 'week' })],
  ['importRegistry', 'ok', (office) => office.importRegistry({ content })],
  ['importRegistry of no base64', 'INPUT_INVALID', (office) => office.importRegistry({ content: '§' })],
  ['stop', 'ok', (office) => office.stop({ provider: 'tbank' })],
  ['start', 'ok', (office) => office.start({ provider: 'tbank' })],
];

async function knock(browser: Browser, call: (office: Office) => Promise<unknown>): Promise<string> {
  try {
    await call(browser.call.payments.office);
    return 'ok';
  } catch (error) {
    return error instanceof TRPCError ? wireError(error, '').code : String(error);
  }
}

test.each(doors)('%s', async (_, moderator, call) => {
  expect(await knock(browsers.guest, call)).toBe('AUTH_SESSION_REQUIRED');
  expect(await knock(browsers.student, call)).toBe('AUTH_FORBIDDEN');
  expect(await knock(browsers.moderator, call)).toBe(moderator);
});
