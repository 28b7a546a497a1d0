import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ensureClientBuilt } from '../client-build.ts';
import { configNames } from '../platform/config.ts';

// A process whose pages are old builds them first: half a minute on a busy machine, which is not taken from the time of a test.
await ensureClientBuilt(() => {});

/** A .env beside package.json, if there is one, is for the developer's own school: what is set here, were it to nothing, overrules it. */
const nothingSet = Object.fromEntries(configNames.map((name) => [name, '']));

const main = fileURLToPath(new URL('../main.ts', import.meta.url));

export interface SchoolProcess {
  pid: number;
  /** All that it printed so far, both streams. */
  output(): string;
  /** Sends a signal; «SIGKILL» leaves it no time for anything. */
  signal(name: NodeJS.Signals): void;
  /** The exit code once it has ended; null after a deadly signal. */
  ended: Promise<number | null>;
}

export interface OpenSchoolProcess extends SchoolProcess {
  url: string;
}

/** `node src/server/main.ts` as an admin starts it, with nothing of this process's environment but paths. */
export function startSchoolProcess(env: Record<string, string>): SchoolProcess {
  const { PATH, HOME, NODE_COMPILE_CACHE } = process.env;
  const child: ChildProcess = spawn(process.execPath, [main], {
    env: { PATH, HOME, NODE_COMPILE_CACHE, ...nothingSet, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  // «close» and not «exit»: by then all that it printed is here.
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return { pid: child.pid ?? 0, output: () => output, signal: (name) => child.kill(name), ended };
}

/** The same, once it is open, on a free port. */
export async function aSchoolProcess(env: Record<string, string>): Promise<OpenSchoolProcess> {
  const school = startSchoolProcess({ PORT: '0', HOST: '127.0.0.1', ...env });
  let over = false;
  void school.ended.then(() => {
    over = true;
  });
  for (;;) {
    const port = /Otlichno is open: http:\/\/localhost:(\d+)/.exec(school.output())?.[1];
    if (port) return { ...school, url: `http://127.0.0.1:${port}` };
    if (over) throw new Error(`the school did not open:\n${school.output()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
