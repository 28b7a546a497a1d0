import { existsSync } from 'node:fs';
import axe from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';

const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'];

/** The Chromium of the machine; `npm test` has found or installed one and names it in CHROMIUM_PATH. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH ?? candidates.find((path) => existsSync(path));
  return chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    // Without a locale of UTF-8 it finds no file with a Russian name.
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export const screens = { phone: { width: 360, height: 740 }, desktop: { width: 1280, height: 800 } } as const;
export type Screen = keyof typeof screens;

export interface Visitor {
  page: Page;
  context: BrowserContext;
  /** What went wrong in the page so far: console errors, exceptions, requests to other hosts. */
  faults: string[];
}

/** Somebody with a browser of their own. Errors in the console and requests to other hosts are collected as faults. */
export async function aVisitor(browser: Browser, siteUrl: string, screen: Screen): Promise<Visitor> {
  const context = await browser.newContext({
    viewport: screens[screen],
    hasTouch: screen === 'phone',
    isMobile: screen === 'phone',
    locale: 'ru-RU',
    timezoneId: 'Europe/Moscow',
    baseURL: siteUrl,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => faults.push(`exception: ${error.message}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.origin !== siteUrl) faults.push(`request to ${url.origin}`);
  });
  return { page, context, faults };
}

/** No rule of WCAG 2.2 AA that a machine can check is broken, and nothing sticks out sideways. */
export async function expectAccessible(page: Page): Promise<void> {
  // What the bar at the foot of a phone covers can be scrolled from under it: the checker takes it for too small a target.
  await page.addStyleTag({ content: 'nav { position: static !important; }' });
  // Evaluated, not added as a script: the site's policy forbids foreign scripts.
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as { axe: typeof axe };
    return (await checker.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })).violations;
  });
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
  expect(found, `accessibility of ${page.url()}`).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow, `sideways scroll at ${page.url()}`).toBeLessThanOrEqual(0);
}
