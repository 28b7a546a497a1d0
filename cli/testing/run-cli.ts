import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import type { School } from '#server/testing/world.ts';

interface Run {
  school: School;
  /** What is piped in. */
  input?: string | undefined;
  env?: Record<string, string>;
}

/** Starts a command of cli/ in a process of its own, over the database and the files of a test school. */
export function startCli(file: string, args: string[], { school, env = {} }: Omit<Run, 'input'>) {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  return spawn(process.execPath, [new URL(`../${file}`, import.meta.url).pathname, ...args], {
    env: {
      PATH,
      NODE_COMPILE_CACHE,
      DATABASE_URL: school.databaseUrl,
      SECRET: 'a secret of the tests, 32 letters',
      DATA_DIR: school.dataDir,
      LOG_LEVEL: 'silent',
      ...env,
    },
  });
}

export async function runCli(file: string, args: string[], { input = '', ...where }: Run) {
  const child = startCli(file, args, where);
  // A command that is refused before it reads ends its input.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const [out, err, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.on('close', resolve)),
  ]);
  return { code, out, err };
}
