import { RateLimiterCluster, RateLimiterClusterMaster, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** Counts one use of a key; rejects with `RateLimiterRes` when it is one too many. */
export type Brake = (key: string) => Promise<void>;

/** The process that counts answers in a fraction of a millisecond, or it is in trouble: then each counts for itself. */
const patienceMs = 1_000;

/**
 * A limit that must not cost a statement, counted in memory.
 * @param worker counted by the process that started this one, for all that it has started (`countForWorkers`)
 */
export function createBrake(name: string, { points, seconds }: { points: number; seconds: number }, worker: boolean): Brake {
  const own = new RateLimiterMemory({ keyPrefix: name, points, duration: seconds });
  if (!worker) return async (key) => void (await own.consume(key));
  // With the number in its name: the one that counts keeps the first rule it hears under a name, and a worker may come back with another.
  const common = new RateLimiterCluster({ keyPrefix: `${name} ${points}/${seconds}`, points, duration: seconds, timeoutMs: patienceMs });
  return async (key) => {
    try {
      await common.consume(key);
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) throw refusal;
      await own.consume(key);
    }
  };
}

/** Called once by the process that starts workers: from now on it counts for them what they ask it. */
export function countForWorkers(): void {
  new RateLimiterClusterMaster();
}
