/** Measures two servers in turns, so that whatever else the machine does meanwhile meets both. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Round, RoundResult, Target, Work } from './load.ts';
import { processorSeconds } from './processes.ts';
import { median } from './row.ts';

export interface Side {
  target: Target;
  pid: number;
}

export interface SideResult {
  perSecond: number;
  /** Milliseconds, median over the rounds. */
  p50: number;
  /** Processor time of the server for one request, in microseconds; null where the system does not tell. */
  processorUs: number | null;
  requests: number;
}

export interface Comparison {
  a: SideResult;
  b: SideResult;
  /** Medians over the pairs of rounds, a / b. */
  ratio: { perSecond: number; p50: number; processor: number | null };
}

export interface Duel {
  a: Side;
  b: Side;
  work: Work;
  pairs: number;
}

const connections = 32;
const roundMs = 2000;
/** Counted in requests: what makes code fast is how often it has run. */
const warmUp = { requests: 6000, ms: 30_000 };

export interface Load {
  /** One round of one server, for its own sake; `fault`: what it was refused with, which ended the round. */
  play(target: Target, work: Work, round: Pick<Round, 'ms' | 'connections'>): Promise<{ requests: number; fault: string | null }>;
  compare(duel: Duel): Promise<Comparison>;
  stop(): Promise<void>;
}

export function startLoad(): Load {
  const child = fork(fileURLToPath(new URL('load.ts', import.meta.url)), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const play = async ({ target, pid }: Side, work: Work, end: Pick<Round, 'ms' | 'requests'> = { ms: roundMs }) => {
    const before = await processorSeconds(pid);
    const result = await ask(child, { target, work, connections, ...end });
    const after = await processorSeconds(pid);
    if (result.fault) throw new Error(`${target.url} refused the load: ${result.fault}`);
    return {
      perSecond: (result.requests / result.ms) * 1000,
      p50: median(result.latencies),
      processorUs: before === null || after === null ? null : ((after - before) / result.requests) * 1e6,
      requests: result.requests,
    };
  };
  return {
    play: (target, work, round) => ask(child, { target, work, ...round }),
    async compare({ a, b, work, pairs }) {
      await play(a, work, warmUp);
      await play(b, work, warmUp);
      const results: { a: SideResult; b: SideResult }[] = [];
      for (let pair = 0; pair < pairs; pair += 1) {
        // The second of a pair finds a warmer machine: each side is it in turn.
        if (pair % 2 === 0) results.push({ a: await play(a, work), b: await play(b, work) });
        else {
          const second = await play(b, work);
          results.push({ a: await play(a, work), b: second });
        }
      }
      return summary(results);
    },
    async stop() {
      const gone = once(child, 'exit');
      child.kill();
      await gone;
    },
  };
}

async function ask(child: ChildProcess, round: Round): Promise<RoundResult> {
  const answer = once(child, 'message');
  child.send(round);
  const [result] = (await answer) as [RoundResult];
  return result;
}

function summary(results: { a: SideResult; b: SideResult }[]): Comparison {
  const side = (which: 'a' | 'b'): SideResult => {
    const rounds = results.map((pair) => pair[which]);
    return {
      perSecond: median(rounds.map((round) => round.perSecond)),
      p50: median(rounds.map((round) => round.p50)),
      processorUs: medianOrNull(rounds.map((round) => round.processorUs)),
      requests: rounds.reduce((sum, round) => sum + round.requests, 0),
    };
  };
  return {
    a: side('a'),
    b: side('b'),
    ratio: {
      perSecond: median(results.map(({ a, b }) => a.perSecond / b.perSecond)),
      p50: median(results.map(({ a, b }) => a.p50 / b.p50)),
      processor: medianOrNull(
        results.map(({ a, b }) => (a.processorUs === null || b.processorUs === null ? null : a.processorUs / b.processorUs)),
      ),
    },
  };
}

function medianOrNull(values: (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === values.length ? median(known) : null;
}
