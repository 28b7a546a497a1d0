import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { standInToken } from '#bot/stand-in/server.ts';
import type { Faults, NextFault, PersonState, Statistics } from '#bot/stand-in/types.ts';
import type { ChildOptions } from './telegram-child.ts';

/** The id of the first person of a new stand-in; those of the others follow. */
export const firstPersonId = 7_000_000_001;

export interface TelegramAt {
  /** What a server process needs to speak to it. */
  env: Record<string, string>;
  statistics(): Promise<Statistics>;
  /** Who is there, by id. */
  people(): Promise<Map<number, PersonState>>;
  setFaults(faults: Faults): Promise<void>;
  failNext(fault: NextFault): Promise<void>;
}

/** A stand-in that runs elsewhere. */
export function telegramAt(url: string, perSecond: number): TelegramAt {
  const ask = async (path: string, body?: object) => {
    const init = body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const answer = await fetch(`${url}/stand-in/${path}`, init);
    if (!answer.ok) throw new Error(`the stand-in refused ${path}: ${await answer.text()}`);
    return answer.json();
  };
  return {
    env: {
      TELEGRAM_TOKEN: standInToken,
      TELEGRAM_API_ROOT: url,
      TELEGRAM_LINK_ROOT: url,
      TELEGRAM_MESSAGES_PER_SECOND: String(perSecond),
    },
    statistics: () => ask('statistics'),
    async people() {
      const people: { id: number; state: PersonState }[] = await ask('people');
      return new Map(people.map(({ id, state }) => [id, state]));
    },
    setFaults: (faults) => ask('faults', faults),
    failNext: (fault) => ask('fail-next', fault),
  };
}

export interface TelegramProcess extends TelegramAt {
  stop(): Promise<void>;
}

/** A stand-in whose work takes no time of this process. */
export async function aTelegramProcess(options: ChildOptions): Promise<TelegramProcess> {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  const child = spawn(process.execPath, [fileURLToPath(new URL('telegram-child.ts', import.meta.url))], {
    env: { PATH, NODE_COMPILE_CACHE, STAND_IN: JSON.stringify(options) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  let output = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    output += chunk;
    const url = / is open: (\S+)\n/.exec(output)?.[1];
    if (!url) continue;
    return {
      ...telegramAt(url, options.perSecond),
      async stop() {
        child.kill();
        await ended;
      },
    };
  }
  throw new Error('the stand-in did not open');
}
