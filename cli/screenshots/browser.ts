import type { Browser } from 'playwright-core';
import { chromiumPath, launchChromium } from '#server/testing/chromium.ts';
import { CommandError } from '../run-command.ts';

/** The Chromium of the machine, or the one that CHROMIUM_PATH names. */
export function findChromium(): string {
  const path = chromiumPath();
  if (!path) throw new CommandError('There is no Chromium here. Install it (apt-get install chromium), or name one in CHROMIUM_PATH.');
  return path;
}

export const openBrowser = (): Promise<Browser> => launchChromium(findChromium());
