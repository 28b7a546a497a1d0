/** The command line cannot be followed: exit code 2. */
export class UsageError extends Error {}
/** Refused or failed for a reason the person at the keyboard understands: exit code 1 and this message, no more. */
export class CommandError extends Error {}
/** The person pressed Ctrl-C or Ctrl-D instead of answering: exit code 130. */
export class Cancelled extends Error {}

/**
 * Runs one command of `npm run …` and turns its end into an exit code.
 * @param work false: it was refused, and has said so
 */
export async function runCommand(usage: string, work: () => Promise<boolean>): Promise<void> {
  try {
    process.exitCode = (await work()) ? 0 : 1;
  } catch (error) {
    if (error instanceof Cancelled) {
      process.exitCode = 130;
      process.stderr.write('Cancelled. Nothing was changed.\n');
    } else if (error instanceof UsageError) {
      process.exitCode = 2;
      process.stderr.write(`${error.message}\n\n${usage}`);
    } else {
      process.exitCode = 1;
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
}
