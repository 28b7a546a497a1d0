import { randomUUID } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { consentVersion } from '#server/features/people/consent.ts';
import { aWebBrowser, type WebBrowser } from '../server/testing/live-server.ts';
import { aVisitor, type Screen, type Visitor } from './browser.ts';
import type { Site } from './site.ts';

/** The password of every moderator of the journeys. */
export const password = 'correct horse battery';

/** The moderators that every school of the journeys has. */
export const teachers = {
  maria: { email: 'maria.kovaleva@example.ru', firstName: 'Мария', lastName: 'Ковалёва', name: 'Мария Ковалёва' },
  olga: { email: 'olga.gromova@example.ru', firstName: 'Ольга', lastName: 'Громова', name: 'Ольга Громова' },
};

/** An address of nobody yet: a journey that is gone through once more meets nothing of its first time. */
export const anEmail = () => `s${randomUUID().replaceAll('-', '')}@example.ru`;

/**
 * Somebody who has just registered, at the home or elsewhere (`at`; null: with a page that has been nowhere yet). The forms of registration and of
 * sign-in have journeys of their own: here the server hears what they would send.
 */
export async function aNewStudent(
  browser: Browser,
  site: Site,
  screen: Screen,
  { email = anEmail(), lastName = 'Соколов', at = '/' }: { email?: string; lastName?: string; at?: string | null } = {},
): Promise<Visitor & { email: string }> {
  const door = aWebBrowser(site.url);
  const person = { email, firstName: 'Илья', lastName, phone: '', consentVersion, timeZone: 'Europe/Moscow', locale: 'ru' as const };
  await door.rpc.auth.register.mutate(person);
  const { subject } = await site.letterTo(email);
  const { outcome } = await door.rpc.auth.verifyCode.mutate({ code: subject.slice(0, 6) });
  if (outcome !== 'signed-in') throw new Error(`${email} could not sign in: ${outcome}`);
  const visitor = await withCookiesOf(door, browser, site, screen);
  if (at !== null) await visitor.page.goto(at);
  return { ...visitor, email };
}

/** A moderator at a page of the office, signed in by the password. */
export async function aSignedInTeacher(
  browser: Browser,
  site: Site,
  screen: Screen,
  { email = teachers.maria.email, at = '/admin' }: { email?: string; at?: string } = {},
): Promise<Visitor> {
  const door = aWebBrowser(site.url);
  const { outcome } = await door.rpc.auth.signInModerator.mutate({ email, password });
  if (outcome !== 'signed-in') throw new Error(`${email} could not sign in: ${outcome}`);
  const visitor = await withCookiesOf(door, browser, site, screen);
  await visitor.page.goto(at);
  return visitor;
}

async function withCookiesOf({ cookies }: WebBrowser, browser: Browser, site: Site, screen: Screen): Promise<Visitor> {
  const visitor = await aVisitor(browser, site.url, screen);
  await visitor.context.addCookies([...cookies].map(([name, value]) => ({ name, value, url: site.url })));
  return visitor;
}
