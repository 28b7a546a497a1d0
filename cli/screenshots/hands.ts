/** What has to be done by somebody's hands before a picture of it can be taken. */
import type { Browser, Page } from 'playwright-core';
import { catalogue as text } from '#shared/i18n/ru/all.ts';
import { officeCatalogue } from '#shared/i18n/ru/office/all.ts';
import { paymentsCatalogue } from '#shared/i18n/ru/payments/all.ts';
import type { DemoSchool } from './school.ts';
import { signedInContext } from './walk.ts';

const { checkout } = paymentsCatalogue;
const { payments, news } = officeCatalogue;

interface Sale {
  plan: 'once' | 'month';
  bank: 'tbank' | 'cloudpayments';
  /** A card of the bank that stands in for both: one that pays, or one without money. */
  card: 'ok' | 'funds';
}

const sales: Sale[] = [
  { plan: 'once', bank: 'tbank', card: 'ok' },
  { plan: 'month', bank: 'cloudpayments', card: 'ok' },
  { plan: 'once', bank: 'tbank', card: 'funds' },
  { plan: 'month', bank: 'tbank', card: 'ok' },
  { plan: 'once', bank: 'cloudpayments', card: 'ok' },
  { plan: 'month', bank: 'cloudpayments', card: 'ok' },
];

/** Students buy the course that is sold, one after another. */
export async function sellCourse(browser: Browser, school: DemoSchool): Promise<void> {
  for (const [at, { plan, bank, card }] of sales.entries()) {
    const buyer = school.students[at];
    if (!buyer) throw new Error('the demo school has fewer students than buy');
    const context = await signedInContext(browser, school, buyer, 'ru', false);
    const page = await context.newPage();
    await page.goto(`/pay/${school.ids.paid}`);
    await page.getByRole('radio', { name: checkout.plans[plan].name }).check();
    await page.getByRole('radio', { name: checkout.providers.names[bank] }).check();
    if (plan === 'month') await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: /^Оплатить/ }).click();
    await page.locator(`input[name=card][value=${card}]`).check();
    await page.getByRole('button', { name: /^Оплатить/ }).click();
    await page.waitForURL(/\/payments\//);
    await page.locator('h1').waitFor();
    await context.close();
  }
}

/** A part of what somebody paid is about to be given back. */
export async function beginRefund(page: Page): Promise<void> {
  const { refund } = payments.card;
  await page.locator('main li, main tr').filter({ hasText: payments.view.paid }).getByRole('link').first().click();
  await page.getByRole('button', { name: refund.act }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(refund.part).check();
  await dialog.getByLabel(refund.sum('RUB')).fill('1450');
  await dialog.getByLabel(refund.reason).fill('Ученик переходит в группу с другим расписанием');
}

/** The task that a guest may try, written otherwise than its key. */
export async function tryTask(page: Page): Promise<void> {
  await page.getByLabel(text.tasks.answer.label).fill('12.50');
  await page.keyboard.press('Enter');
  await page.locator('main [role=status]').filter({ hasText: /\S/ }).first().waitFor();
  await page.locator('h1').click();
}

/** The talk under a task, from the task on. */
export async function openTalk(page: Page): Promise<void> {
  const task = page.locator(new URL(page.url()).hash);
  const log = task.getByRole('log');
  if (!(await log.isVisible())) await task.getByRole('button', { name: text.tasks.chat.title }).click();
  await log.getByRole('listitem').last().waitFor();
  await task.evaluate((element) => element.scrollIntoView());
}

/** A letter to everybody, as it is written. */
export async function writeLetter(page: Page): Promise<void> {
  await page.getByRole('link', { name: news.list.add }).click();
  await page.getByLabel(news.editor.heading, { exact: true }).fill('Разбор ноябрьского пробника');
  await page
    .getByLabel(news.editor.text, { exact: true })
    .fill('Выложили запись на 40 минут и файл с решениями **всех 19 заданий**.\n\nНачните с задания 13: в нём ошиблись 6 человек из 10.');
  await page.getByLabel(news.editor.buttonLabel, { exact: true }).fill('Смотреть разбор');
  await page.getByLabel(news.editor.buttonUrl, { exact: true }).fill('/courses');
  await page.getByText(news.editor.saved).waitFor();
}
