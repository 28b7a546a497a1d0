/** The command line cannot be followed: exit code 2. */
export class UsageError extends Error {}
/** Refused or failed for a reason the person at the keyboard understands: exit code 1 and this message, no more. */
export class CommandError extends Error {}
/** The person pressed Ctrl-C or Ctrl-D instead of answering: exit code 130. */
export class Cancelled extends Error {}

/**
 * Runs one command of `npm run …` and ends the process with its exit code.
 * @param work false: it was refused, and has said so
 */
export async function runCommand(usage: string, work: () => Promise<boolean>): Promise<void> {
  const code = await work().then(
    (done) => (done ? 0 : 1),
    (error: unknown) => explain(usage, error),
  );
  // Everything is closed by now, but libraries keep timers (Prisma's schema engine one of ten seconds) that would hold the terminal.
  process.stdout.write('', () => process.exit(code));
}

function explain(usage: string, error: unknown): number {
  if (error instanceof Cancelled) {
    process.stderr.write('Cancelled. Nothing was changed.\n');
    return 130;
  }
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n\n${usage}`);
    return 2;
  }
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return 1;
}
