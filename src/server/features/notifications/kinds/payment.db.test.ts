/** What students and moderators read of money: every text once, as things stand, and nothing that is no longer so. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Prisma } from '#prisma/generated/client.ts';
import { defaultMode } from '#shared/notification-rules.ts';
import { issueKinds } from '#shared/payments.ts';
import type { App } from '../../../platform/app.ts';
import { aBrowser } from '../../../testing/browser.ts';
import { aCourse, type MadeCourse } from '../../../testing/course.ts';
import { aPump, linkTelegram } from '../../../testing/deliveries.ts';
import { aModerator, aSchool, aStudent, type School, type Student } from '../../../testing/world.ts';
import { raiseIssue, settleIssue } from '../../payments/issues/steps.ts';
import { addNotice } from '../enqueue.ts';
import type { NoticeData, NoticeMessage, Recipient } from '../message.ts';
import { alert } from './alert.ts';
import { payment } from './payment.ts';

const day = 86_400_000;
let school: School;
let app: App;
let student: Student;
let course: MadeCourse;
const title = 'Русский язык: 80+';

beforeAll(async () => {
  school = await aSchool({
    env: {
      TELEGRAM_TOKEN: '7000000000:stand-in-for-tests',
      PAYMENTS_TBANK_TERMINAL: 'Test',
      PAYMENTS_TBANK_PASSWORD: 'secret',
      PAYMENTS_TAXATION: 'usn_income',
      PAYMENTS_VAT: 'none',
    },
  });
  ({ app } = school);
  student = await aStudent(app);
  course = await aCourse(app, { priceMinor: 199_000 });
});
afterAll(() => school.close());

const at = (days: number) => new Date(app.clock.now().getTime() + days * day);

type OrderPlan = Partial<Prisma.PaymentOrderUncheckedCreateInput> & { attempt?: Partial<Prisma.PaymentAttemptUncheckedCreateInput> };

async function anOrder({ attempt, ...over }: OrderPlan = {}) {
  const now = app.clock.now();
  const order = await app.db.paymentOrder.create({
    data: {
      ...{ personId: student.actor.id, courseId: course.id, clientId: randomUUID(), title, plan: 'once', currency: 'RUB' },
      ...{
        listMinor: 199_000,
        amountMinor: 199_000,
        email: 'mama@example.ru',
        state: 'paid',
        createdAt: now,
        paidAt: now,
        expiresAt: at(1),
      },
      ...over,
    },
    select: { id: true, number: true },
  });
  const { id } = await app.db.paymentAttempt.create({
    data: {
      ...{ orderId: order.id, provider: 'tbank', kind: 'page', state: 'captured', amountMinor: 199_000, capturedMinor: 199_000 },
      ...{ currency: 'RUB', createdAt: now, capturedAt: now, expiresAt: at(1), ...attempt },
    },
    select: { id: true },
  });
  return { ...order, attemptId: id };
}

async function aRefund(over: Partial<Prisma.PaymentRefundUncheckedCreateInput> = {}) {
  const order = await anOrder();
  const { id } = await app.db.paymentRefund.create({
    data: {
      ...{ attemptId: order.attemptId, amountMinor: 50_050, cause: 'moderator', reason: 'Для себя', state: 'done' },
      ...{ createdAt: app.clock.now(), ...over },
    },
    select: { id: true },
  });
  return { id, order };
}

async function aSubscription(over: Partial<Prisma.SubscriptionUncheckedCreateInput> = {}, of: Student = student) {
  const method = await app.db.paymentMethod.create({
    data: {
      ...{ personId: of.actor.id, provider: 'tbank', token: 'sealed', tokenHash: randomUUID(), mask: '•• 4242' },
      createdAt: app.clock.now(),
    },
    select: { id: true },
  });
  const { id } = await app.db.subscription.create({
    data: {
      ...{ personId: of.actor.id, courseId: course.id, provider: 'tbank', methodId: method.id, amountMinor: 69_000, currency: 'RUB' },
      ...{ state: 'ended', anchorAt: at(-27), periods: 1, paidUntil: at(3), nextChargeAt: at(3), createdAt: at(-27), ...over },
    },
    select: { id: true },
  });
  return id;
}

const recipient = (over: Partial<Recipient> = {}): Recipient => ({
  ...{ id: student.actor.id, role: 'student', firstName: 'Илья', locale: 'ru', timeZone: 'Europe/Moscow' },
  ...over,
});

async function said(data: NoticeData['payment'], to: Recipient = recipient()): Promise<NoticeMessage | null> {
  const parsed = payment.parse(JSON.parse(JSON.stringify(data)));
  if (!parsed) throw new Error('not understood');
  const notice = { id: 'n', kind: 'payment' as const, data: parsed, createdAt: app.clock.now() };
  const message = await payment.message(app, notice, to);
  const line = (await payment.lines(app, [notice], to)).get('n');
  // The bell says the same, or nothing.
  expect(line?.title).toBe(message?.title);
  return message;
}

const paid = (id: string) => ({ order: { id, event: 'paid' as const } });
const news = (id: string, event: 'charge-soon' | 'charge-failed' | 'ended') => ({ subscription: { id, event, at: at(3).toISOString() } });
const plain = (text: string | undefined) => text?.replaceAll('\u00a0', ' ').replaceAll('\u202f', ' ');
const read = async (data: NoticeData['payment'], to?: Recipient) => {
  const message = await said(data, to);
  return message && [plain(message.title), plain(message.body), message.button?.label, message.button?.url];
};

describe('paid', () => {
  test('once', async () => {
    const order = await anOrder();
    expect(await read(paid(order.id))).toEqual([
      'Оплата получена: 1 990 ₽',
      `Курс «${title}» открыт для вас насовсем.\n\n- Заказ № ${order.number} от 24 ноября\n- Сумма: 1 990 ₽\n\nКассовый чек придёт отдельным письмом на почту, указанную в заказе.`,
      'Открыть курс',
      `/courses/${course.slug}`,
    ]);
    expect(await read(paid(order.id), recipient({ locale: 'en' }))).toMatchObject([
      'Payment received: ₽1,990',
      expect.stringContaining(`Order no. ${order.number} of 24 November`),
      'Open the course',
      `/courses/${course.slug}`,
    ]);
  });

  test('a month, with what comes next; by a promo code; a test; a course that is gone', async () => {
    const subscriptionId = await aSubscription({ state: 'active', paidUntil: at(30), nextChargeAt: at(30) }, await aStudent(app));
    const order = await anOrder({
      plan: 'month',
      subscriptionId,
      periodStart: at(0),
      periodEnd: at(30),
      amountMinor: 59_000,
      listMinor: 69_000,
    });
    expect(await read(paid(order.id))).toMatchObject([
      'Оплата получена: 590 ₽',
      `Курс «${title}» оплачен до 24 декабря.\n\n- Заказ № ${order.number} от 24 ноября\n- Сумма: 590 ₽\n- По промокоду, без него 690 ₽\n\nСледующее списание – 24 декабря, 690 ₽. Отменить подписку можно в любой день одной кнопкой.\n\nКассовый чек придёт отдельным письмом на почту, указанную в заказе.`,
      'Открыть курс',
      expect.any(String),
    ]);
    await app.db.subscription.update({ where: { id: subscriptionId }, data: { cancelledAt: app.clock.now() } });
    expect((await read(paid(order.id)))?.[1]).not.toContain('Следующее списание');

    const free = await anOrder({ amountMinor: 0 });
    expect(await read(paid(free.id))).toMatchObject([
      `Курс «${title}» открыт`,
      `Курс «${title}» открыт для вас насовсем.\n\n- Заказ № ${free.number} от 24 ноября\n- По промокоду бесплатно`,
      'Открыть курс',
      expect.any(String),
    ]);
    const probe = await anOrder({ courseId: null, attempt: { test: true } });
    expect(await read(paid(probe.id))).toMatchObject([
      'Оплата получена: 1 990 ₽',
      expect.stringMatching(/Это пробный платёж: деньги не списаны\.$/),
      'Посмотреть заказ',
      `/payments/${probe.id}`,
    ]);
  });

  test('not paid, and of somebody else: nothing to tell', async () => {
    const [open, other] = [await anOrder({ state: 'open', paidAt: null }), await anOrder()];
    expect(await said(paid(open.id))).toBeNull();
    expect(await said(paid(other.id), recipient({ id: randomUUID() }))).toBeNull();
  });
});

describe('given back', () => {
  test('a part; all with the course; the second of two payments', async () => {
    const part = await aRefund();
    const order = `заказ № ${part.order.number}`;
    const when = 'Когда деньги появятся на счёте, зависит от вашего банка: обычно это несколько дней.';
    expect(await read({ refund: { id: part.id } })).toEqual([
      'Возврат: 500,50 ₽',
      `Мы вернули 500,50 ₽ за курс «${title}», ${order}.\n\n${when}`,
      'Посмотреть заказ',
      `/payments/${part.order.id}`,
    ]);
    const whole = await aRefund({ endsAccess: true });
    expect((await read({ refund: { id: whole.id } }))?.[1]).toContain('Курс закрыт. Всё, что вы решили, сохранено.');
    // Open by something else: a month that is paid, or a moderator's hand.
    const enrolment = { personId: student.actor.id, courseId: course.id };
    await app.db.enrolment.create({
      data: { ...enrolment, how: 'paid', enrolledAt: app.clock.now(), endsAt: new Date(app.clock.now().getTime() + day) },
    });
    expect((await read({ refund: { id: whole.id } }))?.[1]).toContain('Курс остаётся открытым.');
    await app.db.enrolment.deleteMany({ where: enrolment });
    const double = await aRefund({ cause: 'double' });
    expect((await read({ refund: { id: double.id } }))?.[1]).toContain('Заказ был оплачен дважды, поэтому второй платёж вернулся.');
    // What a moderator wrote is between moderators.
    for (const { id } of [part, whole, double]) expect((await said({ refund: { id } }))?.body).not.toContain('Для себя');
  });

  test.each(['waiting', 'sent', 'failed'] as const)('one that is %s is not told', async (state) => {
    const { id } = await aRefund({ state });
    expect(await said({ refund: { id } })).toBeNull();
  });
});

describe('subscriptions', () => {
  test('a charge that comes', async () => {
    const of = await aStudent(app);
    const id = await aSubscription({ state: 'active' }, of);
    const to = recipient({ id: of.actor.id });
    expect(await read(news(id, 'charge-soon'), to)).toEqual([
      '27 ноября спишем 690 ₽',
      `27 ноября мы спишем 690 ₽ с карты •• 4242 за следующий месяц курса «Курс ${course.slug}».\n\nЕсли продолжать не нужно, отмените подписку раньше: курс останется открытым до конца оплаченного месяца.`,
      'Управлять подпиской',
      '/profile/payments',
    ]);
    await app.db.subscription.update({ where: { id }, data: { cancelledAt: app.clock.now() } });
    expect(await said(news(id, 'charge-soon'), to)).toBeNull();
  });

  test('a charge that was declined, tried again and not', async () => {
    const of = await aStudent(app);
    const id = await aSubscription({ state: 'past_due', paidUntil: at(0), nextChargeAt: at(1) }, of);
    await anOrder({
      ...{ personId: of.actor.id, plan: 'month', subscriptionId: id, periodStart: at(0), periodEnd: at(30), state: 'closed', paidAt: null },
      attempt: { state: 'failed', capturedMinor: 0, capturedAt: null, declineClass: 'funds' },
    });
    const to = recipient({ id: of.actor.id });
    expect(await read(news(id, 'charge-failed'), to)).toEqual([
      'Не удалось списать 690 ₽',
      `За следующий месяц курса «Курс ${course.slug}» не удалось списать 690 ₽ с карты •• 4242. На карте не хватило денег.\n\nПопробуем ещё раз 25 ноября. Если ждать не хочется, оплатите месяц другой картой.\n\nКурс открыт до 28 ноября, 15:00.`,
      'Оплатить другой картой',
      '/profile/payments',
    ]);
    await app.db.subscription.update({ where: { id }, data: { nextChargeAt: null } });
    expect((await read(news(id, 'charge-failed'), to))?.[1]).toContain('С этой карты мы больше ничего не спишем.');
    await app.db.subscription.update({ where: { id }, data: { state: 'active' } });
    expect(await said(news(id, 'charge-failed'), to)).toBeNull();
  });

  test.each([
    [
      'unpaid',
      -1,
      'Следующий месяц не оплачен, поэтому подписка закончилась.\n\nКурс закрыт. Всё, что вы решили, сохранено: вернуться можно в любой день.',
    ],
    ['cancelled', 3, 'Подписка отменена, больше ничего не спишем.\n\nКурс открыт до 27 ноября.'],
    ['no-card', 3, 'Банк не сохранил карту, с которой можно списывать, поэтому подписка не продолжится.\n\nКурс открыт до 27 ноября.'],
    ['replaced', 3, 'Курс теперь ваш насовсем, подписка больше не нужна: ничего не спишем.'],
    ['refunded', 3, 'Деньги возвращены, курс закрыт. Всё, что вы решили, сохранено.'],
    ['course-gone', 3, 'Курс больше не продаётся по месяцам, поэтому ничего не спишем.\n\nКурс открыт до 27 ноября.'],
    ['constructor', 3, 'Курс открыт до 27 ноября.'],
  ])('ended: %s', async (endReason, days, body) => {
    const id = await aSubscription({ endReason, paidUntil: at(days), nextChargeAt: null });
    const message = await read(news(id, 'ended'));
    expect(message?.slice(0, 2)).toEqual([`Подписка на курс «Курс ${course.slug}» закончилась`, body]);
  });

  test('ended, and the account of the course is gone too', async () => {
    const id = await aSubscription({ courseId: null, endReason: 'course-gone', nextChargeAt: null });
    await anOrder({ plan: 'month', subscriptionId: id, periodStart: at(-27), periodEnd: at(3) });
    expect(await read(news(id, 'ended'))).toMatchObject([
      `Подписка на курс «${title}» закончилась`,
      expect.any(String),
      'Мои платежи',
      '/profile/payments',
    ]);
  });
});

test.each([
  null,
  {},
  { order: { id: 'x', event: 'paid' } },
  { order: { id: randomUUID(), event: 'lost' } },
  { subscription: { id: randomUUID() } },
])('what is not understood is nothing to tell: %j', (data) => expect(payment.parse(data)).toBeNull());

test('the bell: a page of all sorts takes one statement for each', async () => {
  const orders = [await anOrder(), await anOrder({ state: 'open' }), await anOrder()];
  const { id } = await aRefund();
  const subscription = await aSubscription({ endReason: 'unpaid' });
  const data = [...orders.map((order) => paid(order.id)), { refund: { id } }, news(subscription, 'ended')];
  const notices = data.map((one, index) => ({ id: `n${index}`, kind: 'payment' as const, data: one, createdAt: app.clock.now() }));
  const lines = await payment.lines(app, notices, recipient());
  expect([...lines.keys()].sort()).toEqual(['n0', 'n2', 'n3', 'n4']);
});

test('a receipt comes by mail also where Telegram is linked, and can be switched off', async () => {
  expect(defaultMode('payment', 'email')).toBe('always');
  const [both, less] = [await aStudent(app), await aStudent(app)];
  for (const { actor } of [both, less]) await linkTelegram(app, actor.id);
  await aBrowser(app, { cookie: less.cookie }).call.notifications.setMode({ kind: 'payment', channel: 'email', mode: 'instead' });
  for (const { actor } of [both, less]) {
    const order = await anOrder({ personId: actor.id });
    const people = Prisma.sql`SELECT ${actor.id}::uuid AS person_id`;
    await app.db.$transaction((tx) => addNotice(app, tx, { kind: 'payment', about: order.id, data: paid(order.id) }, people));
  }
  const channels = async ({ actor }: Student) =>
    (await app.db.delivery.findMany({ where: { personId: actor.id }, orderBy: { channel: 'asc' } })).map(({ channel }) => channel);
  expect([await channels(both), await channels(less)]).toEqual([
    ['site', 'telegram', 'email'],
    ['site', 'telegram'],
  ]);
  await aPump(app).run();
  const [letter] = school.letters.filter(({ to }) => to === both.email);
  expect(plain(letter?.subject)).toBe('Оплата получена: 1 990 ₽');
  for (const part of [letter?.text, letter?.html]) {
    expect(plain(part)).toContain('Сумма: 1 990 ₽');
    expect(part).toContain(`/courses/${course.slug}`);
    expect(plain(part)).toContain('вы платите за курс на сайте школы');
  }
});

test('where payments are taken their kinds are chosen like the others', async () => {
  const kinds = async ({ cookie }: Student) => (await aBrowser(app, { cookie }).call.notifications.settings()).kinds;
  expect(await kinds(student)).toContainEqual({ kind: 'payment', site: 'on', telegram: 'on', email: 'always' });
  const teacher = await aModerator(app);
  expect(await kinds(teacher)).toContainEqual({ kind: 'alert', site: 'on', telegram: 'on', email: 'instead' });
});

describe('alerts', () => {
  test('every kind has its words, leads to the order, and names nobody', async () => {
    const teacher = await aModerator(app);
    const order = await anOrder();
    for (const locale of ['ru', 'en'] as const)
      for (const kind of issueKinds) {
        const key = `${kind} ${locale}`;
        const issue = {
          kind,
          key,
          provider: 'tbank' as const,
          attemptId: order.attemptId,
          expectedMinor: 199_000,
          foundMinor: 100,
          currency: 'RUB',
        };
        await app.db.$transaction((tx) => raiseIssue(app, tx, issue));
        const row = await app.db.paymentIssue.findUniqueOrThrow({ where: { kind_key: { kind, key } } });
        const notice = { id: 'n', kind: 'alert' as const, data: { issueId: row.id }, createdAt: app.clock.now() };
        const to = recipient({ id: teacher.actor.id, role: 'moderator', locale });
        const message = await alert.message(app, notice, to);
        expect(message).toMatchObject({ title: expect.stringMatching(/.{8,}/), button: { url: `/admin/payments/${order.id}` } });
        expect(plain(message?.body)).toContain(
          locale === 'ru'
            ? `Заказ № ${order.number}, Т-Банк. Ожидали 1 990 ₽, у банка 1 ₽.`
            : `Order no. ${order.number}, T-Bank. Expected ₽1,990, the bank has ₽1.`,
        );
        expect(`${message?.title} ${message?.body}`).not.toMatch(/Соколов|example\.ru/);
        expect((await alert.lines(app, [notice], to)).get('n')).toMatchObject({
          title: message?.title,
          href: `/admin/payments/${order.id}`,
        });
        // Students are not told, whatever stands in the table.
        expect(await alert.message(app, notice, recipient())).toBeNull();
        expect((await alert.lines(app, [notice], recipient())).size).toBe(0);
        await app.db.$transaction((tx) => settleIssue(app, tx, kind, key));
        expect(await alert.message(app, notice, to)).toBeNull();
      }
  });

  test('one without an order leads to the list', async () => {
    const key = randomUUID();
    await app.db.$transaction((tx) => raiseIssue(app, tx, { kind: 'provider-trouble', key, provider: 'cloudpayments' }));
    const { id } = await app.db.paymentIssue.findUniqueOrThrow({ where: { kind_key: { kind: 'provider-trouble', key } } });
    const notice = { id: 'n', kind: 'alert' as const, data: { issueId: id }, createdAt: app.clock.now() };
    expect(await alert.message(app, notice, recipient({ role: 'moderator' }))).toMatchObject({
      title: 'Приём оплаты не работает',
      body: expect.stringMatching(/кабинет\.\n\nCloudPayments\.$/),
      button: { label: 'Разобраться', url: '/admin/payments/issues' },
    });
  });
});
