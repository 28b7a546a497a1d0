import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createFormat } from '#shared/i18n/format.ts';
import { officeCatalogue } from '#shared/i18n/ru/office/all.ts';
import { paymentsCatalogue } from '#shared/i18n/ru/payments/all.ts';
import { startAcquirer } from '../server/acquirer/server.ts';
import type { Acquirer } from '../server/acquirer/types.ts';
import { aWebBrowser, type WebBrowser } from '../server/testing/live-server.ts';
import { expectAccessible, expectAccessibleAtBothWidths, launchBrowser } from './browser.ts';
import { aNewStudent, aSignedInTeacher, password, teachers } from './people.ts';
import { type Site, startSite } from './site.ts';
import { text } from './words.ts';

const { checkout, order, mine } = paymentsCatalogue;
const { payments: money } = officeCatalogue;
const { card: office } = money;
const words = text.courses.course;
const { price } = createFormat('ru', { schoolZone: 'Europe/Moscow', personZone: 'Europe/Moscow' });
const rub = (minor: number) => price(minor, 'RUB');
const sold = { once: 1_990_000, month: 290_000 };

let site: Site;
let browser: Browser;
let acquirer: Acquirer;
let course: { slug: string; title: string };

beforeAll(async () => {
  const webhook = (path: string) => (site ? `${site.url}/api/payments/${path}` : null);
  acquirer = await startAcquirer({ webhooks: { cloudpayments: (type) => webhook(`cloudpayments/${type}`) } });
  [site, browser] = await Promise.all([startSite(acquirer.env), launchBrowser()]);
  const [row] = await site.sql(
    `UPDATE course SET price_minor = $1, monthly_minor = $2 WHERE id = (SELECT id FROM course WHERE published_at IS NOT NULL ORDER BY slug LIMIT 1)
      RETURNING slug, title`,
    [sold.once, sold.month],
  );
  course = { slug: String(row?.slug), title: String(row?.title) };
}, 180_000);

beforeEach(async () => {
  acquirer.setFaults({});
  await site.sql('UPDATE course SET price_minor = $1 WHERE slug = $2', [sold.once, course.slug]);
});

afterAll(async () => {
  await browser?.close();
  await site?.stop();
  await acquirer?.stop();
});

async function aTeacher(): Promise<WebBrowser['rpc']> {
  const { rpc } = aWebBrowser(site.url);
  await rpc.auth.signInModerator.mutate({ email: teachers.maria.email, password });
  return rpc;
}

async function aPromoCode(percent: number): Promise<string> {
  const { payments } = await aTeacher();
  const code = `E2E${randomUUID().slice(0, 8).toUpperCase()}`;
  const free = { courseId: null, validFrom: null, validUntil: null, limitTotal: null, perPerson: 1, note: '' };
  await payments.office.promo.create.mutate({ code, discount: { kind: 'percent', percent }, ...free });
  return code;
}

const titled = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });

/** On the bank's page: a card is chosen by what becomes of it. */
async function payAtBank(page: Page, card: string): Promise<void> {
  await page.waitForURL(`${acquirer.url}/pay/**`);
  await page.locator(`input[name=card][value=${card}]`).check();
  await page.getByRole('button', { name: /^Оплатить/ }).click();
}

/** Requests to the bank's pages are what one came for. */
const ownFaults = (faults: string[]) => faults.filter((fault) => fault !== `request to ${acquirer.url}`);

test('on a phone, by T-Bank: a promo code, a card without money, then 3-D Secure; the payment is checked, and the course opens', async () => {
  const code = await aPromoCode(20);
  const sum = rub(sold.once * 0.8);
  const { page, context, faults } = await aNewStudent(browser, site, 'phone', { at: `/courses/${course.slug}` });
  await page.getByRole('link', { name: words.buy }).click();
  await titled(page, checkout.title).waitFor();
  await expectAccessible(page);
  // Words of a code that does not fit stand at its field, and the code stays.
  await page.getByRole('button', { name: checkout.promo.open }).click();
  await page.getByLabel(checkout.promo.label).fill('нет-такого');
  await page.keyboard.press('Enter');
  await page.getByText(checkout.promo.refused.unknown).waitFor();
  await page.getByLabel(checkout.promo.label).fill(code.toLowerCase());
  await page.getByRole('button', { name: checkout.promo.apply }).click();
  await page.getByText(checkout.promo.applied(code)).waitFor();
  await page.getByRole('radio', { name: checkout.providers.names.tbank }).check();
  await page.getByRole('button', { name: checkout.order.pay(sum) }).click();

  await payAtBank(page, 'funds');
  await titled(page, order.declined.title).waitFor();
  await page.getByText(order.declined.why.funds).waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: order.declined.retry }).click();

  await payAtBank(page, 'three-ds');
  // The bank's messages get lost, and it is busy when it is asked: what is seen meanwhile is that the payment is being checked.
  acquirer.setFaults({ dropped: 1, odds: { tooMany: 1 } });
  await page.getByRole('button', { name: 'Подтвердить' }).click();
  await titled(page, order.checking.title).waitFor();
  await expectAccessible(page);
  acquirer.setFaults({});
  acquirer.redeliver();
  await titled(page, order.paid.title).waitFor();
  await expectAccessible(page);

  await page.getByRole('link', { name: order.paid.opened }).click();
  await page.getByRole('link', { name: words.start }).waitFor();
  await page.goto('/profile/payments');
  const row = page.getByRole('listitem').filter({ hasText: course.title });
  await row.getByText(order.states.paid, { exact: true }).waitFor();
  expect(await row.getByText(sum, { exact: true }).count()).toBe(1);
  await expectAccessible(page);
  expect(ownFaults(faults)).toEqual([]);
  await context.close();
});

test('at a desk, by CloudPayments: a subscription, cancelled in one click and taken back; a refund closes the course while it is looked at', async () => {
  const { page, context, faults, email } = await aNewStudent(browser, site, 'desktop', { at: `/pay/${course.slug}` });
  await page.getByRole('radio', { name: checkout.plans.month.name }).check();
  await page.getByRole('radio', { name: checkout.providers.names.cloudpayments }).check();
  const pay = page.getByRole('button', { name: checkout.order.pay(rub(sold.month)) });
  // Without the consent nothing begins, and it is said where it is missing.
  await pay.click();
  await page.getByText(checkout.consentNeed).waitFor();
  await expectAccessibleAtBothWidths(page);
  await page.getByRole('checkbox').check();
  await pay.click();
  await payAtBank(page, 'ok');
  await titled(page, order.paid.title).waitFor();
  const orderId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  await expectAccessibleAtBothWidths(page);

  await page.goto('/profile/payments');
  const card = page.getByRole('article', { name: course.title });
  await card.getByText(/•• 3055/).waitFor();
  await expectAccessibleAtBothWidths(page);
  await card.getByRole('button', { name: mine.subscriptions.cancel }).click();
  await card.getByRole('button', { name: mine.subscriptions.resume }).waitFor();
  const running = () =>
    site.sql(
      'SELECT s.cancelled_at IS NULL AS goes_on, s.next_charge_at IS NOT NULL AS charged FROM subscription s JOIN person p ON p.id = s.person_id WHERE p.email = $1',
      [email],
    );
  expect(await running()).toEqual([{ goes_on: false, charged: false }]);
  await card.getByRole('button', { name: mine.subscriptions.resume }).click();
  await card.getByRole('button', { name: mine.subscriptions.cancel }).waitFor();
  expect(await running()).toEqual([{ goes_on: true, charged: true }]);

  await page.goto(`/courses/${course.slug}`);
  await page.getByRole('link', { name: words.start }).waitFor();
  await page.getByRole('link', { name: mine.course.manage }).waitFor();
  const officeFaults = await refund(orderId, rub(sold.month));
  // Nobody touched this page: it heard of it.
  await page.getByRole('link', { name: words.buy }).waitFor();
  expect([...ownFaults(faults), ...officeFaults]).toEqual([]);
  await context.close();
});

/** By a moderator, in the office: all of it, and the course with it. */
async function refund(orderId: string, sum: string): Promise<string[]> {
  const { page, context, faults } = await aSignedInTeacher(browser, site, 'desktop', { at: `/admin/payments/${orderId}` });
  await page.getByRole('button', { name: office.refund.act }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(office.refund.reason).fill('Передумали учиться');
  await expectAccessibleAtBothWidths(page);
  await dialog.getByRole('button', { name: office.refund.submit(sum) }).click();
  await page.getByRole('article').getByText(office.state.refunded, { exact: true }).first().waitFor();
  await expectAccessibleAtBothWidths(page);
  await context.close();
  return faults;
}

/** An order that was paid, as it stands in the books, and an issue about it. */
async function aPaidOrderWithIssue(): Promise<{ number: number; email: string }> {
  const email = `s${randomUUID().replaceAll('-', '')}@example.ru`;
  const [row] = await site.sql(
    `WITH person AS (INSERT INTO person (role, email, first_name, last_name) VALUES ('student', $1, 'Вера', 'Долгополова') RETURNING id),
      bought AS (INSERT INTO payment_order (person_id, client_id, title, plan, list_minor, amount_minor, currency, email, state, created_at, expires_at, paid_at)
        SELECT id, gen_random_uuid(), $2, 'once', 199000, 199000, 'RUB', $1, 'paid', now(), now() + interval '1 hour', now() FROM person RETURNING id, number),
      tried AS (INSERT INTO payment_attempt (order_id, provider, provider_payment_id, kind, state, amount_minor, currency, captured_minor, created_at, captured_at, expires_at)
        SELECT id, 'tbank', $1, 'page', 'captured', 199000, 'RUB', 199000, now(), now(), now() FROM bought RETURNING id),
      booked AS (INSERT INTO payment_ledger (at, attempt_id, kind, amount_minor, currency) SELECT now(), id, 'payment', 199000, 'RUB' FROM tried),
      found AS (INSERT INTO payment_issue (kind, key, provider, attempt_id, first_seen_at, last_seen_at) SELECT 'receipt-missing', $1, 'tbank', id, now(), now() FROM tried)
      SELECT number FROM bought`,
    [email, course.title],
  );
  return { number: Number(row?.number), email };
}

test('in the office: a price, a promo code with what it makes of it, an order that wants a look, an issue dealt with, a bank stopped', async () => {
  const { number, email } = await aPaidOrderWithIssue();
  const { page, context, faults } = await aSignedInTeacher(browser, site, 'desktop', { at: `/admin/courses/${course.slug}/settings` });
  const prices = page.getByRole('region', { name: money.prices.title });
  await prices.getByLabel(money.prices.once('RUB')).fill('дорого');
  await prices.getByRole('button').click();
  await prices.getByText(money.prices.wrong).waitFor();
  await prices.getByLabel(money.prices.once('RUB')).fill('19 900,50');
  await prices.getByRole('button').click();
  await prices.getByText(money.prices.saved).waitFor();
  expect(await site.sql('SELECT price_minor FROM course WHERE slug = $1', [course.slug])).toEqual([{ price_minor: 1_990_050 }]);

  const code = `OFF${randomUUID().slice(0, 6).toUpperCase()}`;
  await page.goto('/admin/payments/promo');
  await page.getByRole('button', { name: money.promo.add }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(money.promo.dialog.code, { exact: true }).fill(code.toLowerCase());
  await dialog.getByLabel(money.promo.dialog.percentLabel).fill('50');
  await dialog.getByText(rub(995_025)).waitFor();
  await expectAccessibleAtBothWidths(page);
  await dialog.getByRole('button', { name: money.promo.dialog.create }).dblclick();
  await page.getByRole('button', { name: money.promo.disableOf(code) }).click();
  await page.getByRole('button', { name: money.promo.enableOf(code) }).waitFor();

  await page.goto('/admin/payments?filter=attention');
  await page.getByLabel(money.list.search).fill(email);
  await page.getByRole('link', { name: money.list.spoken(number, 'Долгополова Вера') }).waitFor();
  await expectAccessibleAtBothWidths(page);
  await page.getByRole('link', { name: money.list.spoken(number, 'Долгополова Вера') }).click();
  await page.getByRole('button', { name: office.refund.act }).click();
  await dialog.getByLabel(office.refund.part).check();
  await dialog.getByLabel(office.refund.sum('RUB')).fill('1990,01');
  await dialog.getByRole('button', { name: office.refund.submitBare }).click();
  await dialog.getByText(office.refund.reasonNeeded).waitFor();
  await page.keyboard.press('Escape');

  const { issues } = money;
  await page.goto('/admin/payments/issues?kind=receipt-missing');
  const row = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: issues.order(number) }) });
  await row.getByRole('button', { name: issues.resolve }).click();
  await dialog.getByLabel(issues.note).fill('Чек пробит в кабинете');
  await dialog.getByRole('button', { name: issues.resolve }).click();
  await row.waitFor({ state: 'detached' });
  await expectAccessibleAtBothWidths(page);
  await page.getByLabel(issues.show).selectOption('resolved');
  await row.getByText('Чек пробит в кабинете').waitFor();

  await page.goto('/admin/payments/providers');
  await page.getByRole('button', { name: money.providers.stopOf(money.provider.tbank) }).click();
  await page.getByRole('button', { name: money.providers.startOf(money.provider.tbank) }).click();
  await page.getByRole('button', { name: money.providers.stopOf(money.provider.tbank) }).waitFor();
  await expectAccessibleAtBothWidths(page);
  await page.goto('/admin/payments/subscriptions?filter=ended');
  await titled(page, money.title).waitFor();
  expect(faults).toEqual([]);
  await context.close();
});
