import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Order, Report, Seat } from './sockets-child.ts';

export interface Listeners {
  /** Opens the sockets, shared out among the processes. */
  open(seats: Seat[]): Promise<void>;
  /** When the last of the sockets has a message with this text. To be asked for before it is sent. */
  seen(text: string): Promise<number>;
  close(): Promise<void>;
  stop(): Promise<void>;
}

/** Sockets in processes of their own, so that the server that is measured shares no processor time with who listens. */
export async function startListeners(processes: number): Promise<Listeners> {
  const children = Array.from({ length: processes }, () =>
    fork(fileURLToPath(new URL('sockets-child.ts', import.meta.url)), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }),
  );
  const used = new Set<ChildProcess>();
  return {
    async open(seats) {
      used.clear();
      const shares = children.map((child, index) => ({ child, seats: seats.filter((_, at) => at % children.length === index) }));
      await Promise.all(
        shares
          .filter((share) => share.seats.length > 0)
          .map(({ child, seats: own }) => {
            used.add(child);
            return ask(child, { kind: 'open', seats: own }, 'opened');
          }),
      );
    },
    async seen(text) {
      const reports = await Promise.all([...used].map((child) => ask(child, { kind: 'expect', text }, 'seen')));
      return Math.max(...reports.map((report) => (report.kind === 'seen' ? report.at : Number.NaN)));
    },
    async close() {
      await Promise.all([...used].map((child) => ask(child, { kind: 'close' }, 'closed')));
    },
    async stop() {
      await Promise.all(
        children.map(async (child) => {
          const gone = once(child, 'exit');
          child.kill();
          await gone;
        }),
      );
    },
  };
}

async function ask(child: ChildProcess, order: Order, wanted: Report['kind']): Promise<Report> {
  const answer = once(child, 'message') as Promise<[Report]>;
  child.send(order);
  const [report] = await answer;
  if (report.kind !== wanted) throw new Error(`a listener failed: ${JSON.stringify(report)}`);
  return report;
}
