import type { Log } from './log.ts';

/** What was started is stopped in reverse order, each step once, whatever an earlier step threw. */
export interface Lifecycle {
  onStop(name: string, stop: () => Promise<void>): void;
  stop(): Promise<void>;
}

export function createLifecycle(log: Log): Lifecycle {
  const steps: { name: string; stop: () => Promise<void> }[] = [];
  let stopping: Promise<void> | undefined;
  async function stopAll() {
    for (let step = steps.pop(); step; step = steps.pop()) {
      try {
        await step.stop();
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
