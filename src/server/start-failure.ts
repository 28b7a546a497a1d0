import { ConfigError } from './platform/config.ts';
import { StartError } from './platform/start-error.ts';

/** For the person who started the school: one line where it is known what to do, else all there is. */
export function describeFailure(error: unknown): string {
  if (error instanceof ConfigError || error instanceof StartError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
