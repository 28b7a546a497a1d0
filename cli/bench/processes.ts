/** Programs that are measured: each in a process of its own, so that nothing shares its processor time or its memory. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { configNames } from '#server/platform/config.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface ServerProcess {
  url: string;
  pid: number;
  /** From the start of the process to the line that says it is open. */
  readyMs: number;
  /** What it has said on its error stream so far. */
  errors(): string;
  stop(): Promise<void>;
}

/** Starts a program and waits for its line «… is open: <url>». */
export async function startProcess(file: string, env: Record<string, string>): Promise<ServerProcess> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [file], { cwd: root, env: { ...cleanEnvironment(), ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  // Also one that is still on its way when the bench is interrupted.
  const kill = () => child.kill();
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const url = / is open: (\S+)/.exec(line)?.[1];
    if (!url || child.pid === undefined) continue;
    child.stdout.resume();
    return { url, pid: child.pid, readyMs: performance.now() - startedAt, errors: () => errors, stop: () => stop(child) };
  }
  throw new Error(`${file} did not open:\n${errors}`);
}

export function startSchool(env: Record<string, string>): Promise<ServerProcess> {
  return startProcess('src/server/main.ts', { PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'error', NODE_ENV: 'production', ...env });
}

/** The settings of whoever runs the bench are not those of the school that is measured; an empty value counts as none. */
function cleanEnvironment(): Record<string, string> {
  const { PATH = '', HOME = '' } = process.env;
  return { PATH, HOME, ...Object.fromEntries(configNames.map((name) => [name, ''])) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

/** The kernel counts in hundredths of a second. */
const ticksPerSecond = 100;

/** Seconds of processor time a process has used; null where the system does not tell (no /proc). */
export async function processorSeconds(pid: number): Promise<number | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields ? (Number(fields[11]) + Number(fields[12])) / ticksPerSecond : null;
}

/** Megabytes a process holds in memory; `shared` pages are counted in part, by how many processes share them. */
export async function memoryOf(pid: number): Promise<{ rss: number; proportional: number } | null> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => null);
  if (rollup === null) return null;
  const megabytes = (field: string) => Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(rollup)?.[1] ?? 0) / 1024;
  return { rss: megabytes('Rss'), proportional: megabytes('Pss') };
}

/** A process and all that it has started. */
export async function familyOf(pid: number): Promise<number[]> {
  const processes = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const parents = new Map<number, number>();
  for (const name of processes) {
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
  }
  return [pid, ...[...parents].filter(([, parent]) => parent === pid).map(([child]) => child)];
}
