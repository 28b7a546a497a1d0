import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Milliseconds after the opening: what is loaded late (jobs, the first letters) has come by then. */
const settled = 8000;

/**
 * What the start has left behind is a quarter of what the server holds in memory, and an engine with nothing to do sees no reason to look for it.
 * Once, it is asked to: some tenth of a second, soon after the opening. The memory itself goes back to the system within the half minute after.
 */
export function collectAfterStart(): void {
  const timer = setTimeout(() => {
    setFlagsFromString('--expose-gc');
    const collect: unknown = runInNewContext('gc');
    if (typeof collect === 'function') collect();
  }, settled);
  timer.unref();
}
