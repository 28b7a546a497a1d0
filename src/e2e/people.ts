import type { Browser } from 'playwright-core';
import { aVisitor, type Screen, type Visitor } from './browser.ts';
import type { Site } from './site.ts';
import { text } from './words.ts';

/** The password of every moderator of the journeys. */
export const password = 'correct horse battery';

/** Somebody who has just registered, by the code of a letter, and looks at an empty home. */
export async function aNewStudent(
  browser: Browser,
  site: Site,
  screen: Screen,
  { email, lastName = 'Соколов' }: { email: string; lastName?: string },
): Promise<Visitor> {
  const visitor = await aVisitor(browser, site.url, screen);
  const { page } = visitor;
  await page.goto('/register');
  await page.getByLabel(text.auth.field.email).fill(email);
  await page.getByLabel(text.auth.field.firstName).fill('Илья');
  await page.getByLabel(text.auth.field.lastName).fill(lastName);
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: text.auth.getCode }).click();
  const { subject } = await site.letterTo(email);
  await page.getByLabel(text.auth.code.digit(1)).click();
  await page.keyboard.type(subject.slice(0, 6));
  await page.getByText(text.progress.home.newcomerTitle).waitFor();
  return visitor;
}

/** A moderator at a page of the office, by the door. */
export async function aSignedInTeacher(
  browser: Browser,
  site: Site,
  screen: Screen,
  { email = 't@example.ru', at = '/admin' }: { email?: string; at?: string } = {},
): Promise<Visitor> {
  const visitor = await aVisitor(browser, site.url, screen);
  const { page } = visitor;
  await page.goto(`/admin/login?next=${encodeURIComponent(at)}`);
  await page.getByLabel(text.auth.field.email).fill(email);
  await page.getByLabel(text.auth.field.password, { exact: true }).fill(password);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname === at);
  return visitor;
}
