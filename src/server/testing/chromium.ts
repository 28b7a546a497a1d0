import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'];

/** The Chromium of the machine, or the one that CHROMIUM_PATH names; undefined: there is none. */
export const chromiumPath = (): string | undefined => process.env.CHROMIUM_PATH ?? candidates.find((path) => existsSync(path));

/** A browser that speaks to nobody but the pages it is shown. Without a path: Playwright's own. */
export function launchChromium(executablePath: string | undefined): Promise<Browser> {
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
