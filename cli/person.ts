import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { App } from '#server/platform/app.ts';
import { type Asked, readArguments, usage } from './person-arguments.ts';
import { CommandError, runCommand } from './run-command.ts';

const cli = { kind: 'cli' } as const;

await runCommand(usage, async () => {
  const asked = readArguments(process.argv.slice(2));
  if (asked.command === 'help') {
    process.stdout.write(usage);
    return true;
  }
  // Loads the whole server, a second's work: not for help or for an answer that needs no database.
  const { openCliApp } = await import('#server/open-app.ts');
  const { app, close } = await openCliApp();
  try {
    process.stdout.write(`${asked.command === 'export' ? await exportPerson(app, asked) : await erasePerson(app, asked)}\n`);
    return true;
  } finally {
    await close();
  }
});

async function exportPerson(app: App, { email, to = '' }: Asked): Promise<string> {
  const [{ notePersonExport }, { personalArchive }] = await Promise.all([
    import('#server/features/people/personal-data/export/actions.ts'),
    import('#server/features/people/personal-data/export/archive.ts'),
  ]);
  const person = await app.db.person.findUnique({ where: { email }, select: { id: true } });
  if (!person) throw new CommandError(`Nobody has the address ${email}.`);
  // Opened first: where it cannot be written, nothing is noted. A file that is there is never overwritten.
  const file = createWriteStream(to, { flags: 'wx', mode: 0o600 });
  await new Promise((resolve, reject) => file.once('open', resolve).once('error', reject)).catch((error: NodeJS.ErrnoException) => {
    throw new CommandError(
      error.code === 'EEXIST' ? `${to} is there already: name another file.` : `${to} cannot be written: ${error.code}.`,
    );
  });
  try {
    await notePersonExport(app, cli, person.id);
    await pipeline(await personalArchive(app, person.id), file);
  } catch (error) {
    await rm(to, { force: true });
    throw error;
  }
  return `Wrote ${to}. It holds personal data: hand it to this person only, and delete it then.`;
}

async function erasePerson(app: App, { email, now }: Asked): Promise<string> {
  const { eraseStudent, findStudentByEmail, scheduleErasure } = await import('#server/features/people/personal-data/erasing/actions.ts');
  const found = await findStudentByEmail(app, cli, email);
  if (found.outcome === 'unknown') throw new CommandError(`Nobody has the address ${email}. If it was erased before, that is done.`);
  if (found.outcome === 'erased') return `${email} was erased on ${found.on}.`;
  if (found.outcome === 'is-moderator') throw new CommandError(`${email} is a moderator: npm run moderator -- remove ${email}`);
  if (!now) {
    const eraseAt = await scheduleErasure(app, cli, found.id);
    return `Closed ${email}: signed out everywhere, no more letters. Erased on ${eraseAt.toISOString().slice(0, 10)}; until then the student may sign in and take it back. At once: --now`;
  }
  let counts: Record<string, number> | null;
  try {
    counts = await eraseStudent(app, cli, { personId: found.id, by: 'cli' });
  } catch (error) {
    app.log.error({ err: error }, 'erasing broke off');
    throw new CommandError(
      `${email} is closed, but not everything is erased yet. The school goes on with it every hour; or run this again.`,
    );
  }
  const rows = Object.entries(counts ?? {}).map(([table, count]) => `  ${table}: ${count}`);
  return [`Erased ${email}. Orders are kept without name and address. What went:`, ...rows].join('\n');
}
