import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { CommandError } from '../run-command.ts';

const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'];

/** The Chromium of the machine, or the one that CHROMIUM_PATH names. */
export function findChromium(): string {
  const executablePath = process.env.CHROMIUM_PATH ?? candidates.find((path) => existsSync(path));
  if (!executablePath)
    throw new CommandError('There is no Chromium here. Install it (apt-get install chromium), or name one in CHROMIUM_PATH.');
  return executablePath;
}

export async function openBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  return chromium.launch({ executablePath, args, env: { ...process.env, LC_ALL: 'C.UTF-8' } });
}
