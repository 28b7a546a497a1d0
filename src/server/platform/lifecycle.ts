import type { Log } from './log.ts';

/**
 * What was started is stopped in reverse order, each step once, whatever an earlier step threw. One that waits for what does not come (a database that is
 * away answers no goodbye) is left behind after a while, so that a process that is told to stop does end.
 */
export interface Lifecycle {
  onStop(name: string, stop: () => Promise<void>): void;
  stop(): Promise<void>;
}

/** Running requests have ten seconds, running jobs twenty; the admin guide gives the whole ninety. */
const stepMs = 25_000;

export function createLifecycle(log: Log, withinMs = stepMs): Lifecycle {
  const steps: { name: string; stop: () => Promise<void> }[] = [];
  let stopping: Promise<void> | undefined;
  async function stopAll() {
    for (let step = steps.pop(); step; step = steps.pop()) {
      try {
        await within(withinMs, step.stop());
      } catch (error) {
        log.error({ step: step.name, err: error }, 'a part did not stop cleanly');
      }
    }
  }
  return {
    onStop(name, stop) {
      steps.push({ name, stop });
    },
    stop() {
      stopping ??= stopAll();
      return stopping;
    },
  };
}

async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it was not over after ${ms / 1000} s`)), ms);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
