import type { App } from '../../../platform/app.ts';
import { pause } from '../../../platform/waiting.ts';
import { type Result, writeResults } from './results.ts';

const mostTries = 20;

/**
 * Writes results as they come. Those that come while a statement is under way go together in the next, so that many a second cost few statements and
 * none waits longer than one.
 * @returns settled when the result is in the journal
 */
export function createWriter(app: App): (results: readonly Result[]) => Promise<void> {
  let waiting: { results: readonly Result[]; resolve: () => void; reject: (error: unknown) => void }[] = [];
  let writing = false;

  async function write(): Promise<void> {
    writing = true;
    while (waiting.length > 0) {
      const now = waiting;
      waiting = [];
      try {
        await insist(now.flatMap(({ results }) => results));
        for (const { resolve } of now) resolve();
      } catch (error) {
        for (const { reject } of now) reject(error);
      }
    }
    writing = false;
  }

  /** What was sent and is not written down is sent again: a database that is away for some seconds is waited for. */
  async function insist(results: readonly Result[]): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await writeResults(app, results);
      } catch (error) {
        if (tries === mostTries) throw error;
        if (tries === 1) app.log.warn({ err: error }, 'results of deliveries could not be written down, trying again');
        await pause(Math.min(1_000, 50 * 2 ** tries), new AbortController().signal);
      }
    }
  }

  return (results) =>
    new Promise((resolve, reject) => {
      waiting.push({ results, resolve, reject });
      if (!writing) void write();
    });
}
