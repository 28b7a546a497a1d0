/** Who may do what with subscriptions, cards and refunds where the school takes payments, through the doors that browsers use. */
import { randomUUID } from 'node:crypto';
import { TRPCError } from '@trpc/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aBrowser, type Browser } from '../../../testing/browser.ts';
import { aPayingSchool, type PayingSchool } from '../../../testing/payments.ts';
import { aSubscription, type MadeSubscription } from '../../../testing/subscriptions.ts';
import { aModerator, aStudent, type Student } from '../../../testing/world.ts';
import { wireError } from '../../../trpc/init.ts';

let school: PayingSchool;
let made: MadeSubscription;
let people: Record<'guest' | 'stranger' | 'owner' | 'moderator', Student | null>;
beforeAll(async () => {
  school = await aPayingSchool();
  made = await aSubscription(school);
  people = { guest: null, stranger: await aStudent(school.app), owner: made.student, moderator: await aModerator(school.app) };
});
afterAll(() => school.close());

const session = 'AUTH_SESSION_REQUIRED';
const forbidden = 'AUTH_FORBIDDEN';
const mine = (owner: string) => ({ guest: session, stranger: 'PAYMENTS_NOT_FOUND', owner, moderator: 'PAYMENTS_NOT_FOUND' });
const office = (moderator: string) => ({ guest: session, stranger: forbidden, owner: forbidden, moderator });
const refund = () => ({ attemptId: made.order.attemptId, clientId: randomUUID(), amountMinor: 100, reason: 'проверка', endsAccess: false });
const methodId = async () => (await school.app.db.paymentMethod.findFirstOrThrow({ where: { personId: made.student.actor.id } })).id;

type Door = [string, (browser: Browser) => Promise<unknown>, Record<keyof typeof people, string>];
test.each<Door>([
  ['mine', ({ call }) => call.payments.mine(), { guest: session, stranger: 'ok', owner: 'ok', moderator: 'ok' }],
  ['cancelSubscription', ({ call }) => call.payments.cancelSubscription({ id: made.id }), mine('ok')],
  ['resumeSubscription', ({ call }) => call.payments.resumeSubscription({ id: made.id }), mine('ok')],
  [
    'payPeriod',
    ({ call }) => call.payments.payPeriod({ clientId: randomUUID(), id: made.id, provider: 'tbank', locale: 'ru' }),
    mine('PAYMENTS_STATE'),
  ],
  ['forgetMethod', async ({ call }) => call.payments.forgetMethod({ id: await methodId() }), mine('PAYMENTS_METHOD_IN_USE')],
  ['office.refund', ({ call }) => call.payments.office.refund(refund()), office('ok')],
  ['office.recordRefund', ({ call }) => call.payments.office.recordRefund(refund()), office('ok')],
  [
    'office.settleHeld',
    ({ call }) => call.payments.office.settleHeld({ attemptId: made.order.attemptId, accept: true, reason: 'проверка' }),
    office('PAYMENTS_STATE'),
  ],
  [
    'office.closeAccess',
    ({ call }) => call.payments.office.closeAccess({ id: made.order.id, reason: 'проверка' }),
    office('PAYMENTS_STATE'),
  ],
  ['office.endSubscription', ({ call }) => call.payments.office.endSubscription({ id: made.id, reason: 'проверка' }), office('ok')],
])('%s', async (_, knock, answers) => {
  const heard: Record<string, string> = {};
  for (const [who, person] of Object.entries(people)) {
    const browser = aBrowser(school.app, person ? { cookie: person.cookie } : {});
    heard[who] = await knock(browser).then(
      () => 'ok',
      (error: unknown) => (error instanceof TRPCError ? wireError(error, '').code : String(error)),
    );
  }
  expect(heard).toEqual(answers);
});

test('nothing that leaves the server has a token of a card in it', async () => {
  const [owner, moderator] = [
    aBrowser(school.app, { cookie: made.student.cookie }),
    aBrowser(school.app, { cookie: people.moderator?.cookie ?? '' }),
  ];
  const { token, tokenHash } = await school.app.db.paymentMethod.findFirstOrThrow({ where: { personId: made.student.actor.id } });
  const told = [
    await owner.call.payments.mine(),
    await owner.call.payments.history({}),
    await moderator.call.payments.office.get({ id: made.order.id }),
    await moderator.call.payments.office.subscriptions({ filter: 'active', search: '' }),
    await school.app.db.auditEntry.findMany({ select: { before: true, after: true, label: true } }),
  ];
  for (const secret of [token, tokenHash]) expect(JSON.stringify(told)).not.toContain(secret);
});
