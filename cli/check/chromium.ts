/** A browser for the journeys of src/e2e: the one of the machine, or one that is installed now. */
import { spawnSync } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const elsewhere = ['/usr/bin', '/Applications/Google Chrome.app/Contents/MacOS'];

/** The path of a browser that can be started, or null. */
export async function findChromium(env: NodeJS.ProcessEnv): Promise<string | null> {
  // Named by hand, it is that one or none: another browser would answer another question.
  if (env.CHROMIUM_PATH) return (await isProgram(env.CHROMIUM_PATH)) ? env.CHROMIUM_PATH : null;
  const folders = [...(env.PATH ?? '').split(delimiter).filter(Boolean), ...elsewhere];
  const candidates = [
    ...folders.flatMap((folder) => [...names, 'Google Chrome'].map((name) => join(folder, name))),
    chromium.executablePath(),
  ];
  for (const candidate of candidates) if (await isProgram(candidate)) return candidate;
  return null;
}

/** Installs one where that needs no password: as root from the system's packages, else into Playwright's own folder. */
export async function installChromium(root: string, env: NodeJS.ProcessEnv): Promise<string | null> {
  const run = (program: string, args: string[]) =>
    spawnSync(program, args, { cwd: root, env: { ...env, DEBIAN_FRONTEND: 'noninteractive' }, stdio: ['ignore', 'inherit', 'inherit'] })
      .status === 0;
  if (process.getuid?.() === 0 && spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0) {
    run('apt-get', ['update', '-q']);
    run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium']);
    const found = await findChromium(env);
    if (found) return found;
  }
  run(process.execPath, [join(root, 'node_modules/playwright-core/cli.js'), 'install', 'chromium']);
  return findChromium(env);
}

function isProgram(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
