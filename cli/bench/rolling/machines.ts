import { setTimeout as pause } from 'node:timers/promises';
import { aSchoolProcess, type OpenSchoolProcess } from '#server/testing/school-process.ts';
import { familyOf } from '../processes.ts';

/** One of the machines behind nginx: the school at a port of its own, in several processes. */
export interface Machine {
  port: number;
  /** Puts a new process in the place of each (SIGHUP). */
  renew(): Promise<void>;
  /** Stops the school and starts it again. */
  restart(): Promise<void>;
  /** The processes that serve. */
  workers(): Promise<number[]>;
  signal(name: NodeJS.Signals): void;
  /** What was printed, of all its lives. */
  output(): string;
  ended(): Promise<number | null>;
}

const renewPatienceMs = 110_000;
const renewed = 'All processes of the school are new.';

export async function startMachine(port: number, env: Record<string, string>): Promise<Machine> {
  const start = () => aSchoolProcess({ ...env, PORT: String(port) });
  let school: OpenSchoolProcess = await start();
  let before = '';
  const times = () => school.output().split(renewed).length;
  return {
    port,
    async renew() {
      const seen = times();
      school.signal('SIGHUP');
      const deadline = performance.now() + renewPatienceMs;
      while (times() === seen) {
        if (performance.now() > deadline) throw new Error(`the processes were not renewed:\n${school.output().slice(-2000)}`);
        await pause(20);
      }
    },
    async restart() {
      school.signal('SIGTERM');
      await school.ended;
      before += school.output();
      school = await start();
    },
    workers: async () => (await familyOf(school.pid)).slice(1),
    signal: (name) => school.signal(name),
    output: () => before + school.output(),
    ended: () => school.ended,
  };
}
