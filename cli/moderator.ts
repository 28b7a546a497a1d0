import {
  addModerator,
  blockModerator,
  type ModeratorRefusal,
  removeModerator,
  setModeratorPassword,
  turnOffSecondStep,
  unblockModerator,
} from '#server/features/people/moderators.ts';
import { listModerators, type ModeratorRow } from '#server/features/people/moderators-list.ts';
import { type PasswordProblem, passwordLimits, passwordProblem } from '#server/features/people/passwords.ts';
import type { App } from '#server/platform/app.ts';
import { type ModeratorCommand, moderatorUsage, readModeratorArguments } from './moderator-arguments.ts';
import { readNewPassword } from './password-input.ts';
import { CommandError, runCommand } from './run-command.ts';

type Asked = Exclude<ModeratorCommand, { command: 'help' }>;
/** What to say, and whether it was done. */
type Answer = { done: boolean; text: string };

const cli = { kind: 'cli' } as const;

const passwordProblems: Record<PasswordProblem, string> = {
  'too-short': `The password is too short: at least ${passwordLimits.min} characters.`,
  'too-long': `The password is too long: at most ${passwordLimits.max} characters.`,
  common: 'The password is one of those that are tried first. Take a phrase of several words.',
  'same-as-email': 'The password is the e-mail address.',
};

await runCommand(moderatorUsage, async () => {
  const asked = readModeratorArguments(process.argv.slice(2));
  if (asked.command === 'help') {
    process.stdout.write(moderatorUsage);
    return true;
  }
  // Before the database is opened: nothing is held while a person thinks of a password.
  const password = asked.command === 'add' || asked.command === 'password' ? await newPassword(asked.email) : '';
  // Loads the whole server, a second's work: not for help or for an answer that needs no database.
  const { openCliApp } = await import('#server/open-app.ts');
  const { app, close } = await openCliApp();
  try {
    const { done, text } = await follow(app, asked, password);
    (done ? process.stdout : process.stderr).write(`${text}\n`);
    return done;
  } finally {
    await close();
  }
});

async function newPassword(email: string): Promise<string> {
  const password = await readNewPassword({ input: process.stdin, output: process.stderr });
  const problem = passwordProblem(password, email);
  if (problem) throw new CommandError(passwordProblems[problem]);
  return password;
}

async function follow(app: App, asked: Asked, password: string): Promise<Answer> {
  if (asked.command === 'list') return { done: true, text: table(await listModerators(app, cli)) };
  const { email } = asked;
  switch (asked.command) {
    case 'add': {
      const result = await addModerator(app, cli, { email, firstName: asked.firstName, lastName: asked.lastName, password });
      if (result.outcome === 'added') return { done: true, text: `Added ${email}. Sign in at ${app.config.publicUrl}/admin` };
      if (result.outcome === 'is-moderator')
        return { done: false, text: `${email} is a moderator already. To change the password: password ${email}` };
      return refusal(email, result);
    }
    case 'password': {
      const result = await setModeratorPassword(app, cli, { email, password });
      return result.outcome === 'set'
        ? { done: true, text: `New password for ${email}. ${sessions(result.sessionsEnded)}` }
        : refusal(email, result);
    }
    case 'block': {
      const result = await blockModerator(app, cli, { email });
      if (result.outcome === 'already-blocked') return { done: true, text: `${email} was blocked already.` };
      if (result.outcome !== 'blocked') return refusal(email, result);
      const alone = result.activeLeft === 0 ? ' Nobody can enter the office now: add or unblock somebody.' : '';
      return { done: true, text: `Blocked ${email}. ${sessions(result.sessionsEnded)}${alone}` };
    }
    case 'unblock': {
      const result = await unblockModerator(app, cli, { email });
      if (result.outcome === 'not-blocked') return { done: true, text: `${email} was not blocked.` };
      return result.outcome === 'unblocked' ? { done: true, text: `Unblocked ${email}.` } : refusal(email, result);
    }
    case 'totp-off': {
      const result = await turnOffSecondStep(app, cli, { email });
      if (result.outcome === 'was-off') return { done: true, text: `${email} signs in with the password alone.` };
      if (result.outcome !== 'off') return refusal(email, result);
      return { done: true, text: `${email} signs in with the password alone from now on. ${sessions(result.sessionsEnded)}` };
    }
    case 'remove': {
      const result = await removeModerator(app, cli, { email });
      if (result.outcome === 'removed') return { done: true, text: `Removed ${email}. The audit keeps what the account did.` };
      if (result.outcome === 'last-moderator') {
        return { done: false, text: `${email} is the last moderator. Add another one first; to keep this one out now: block ${email}` };
      }
      return refusal(email, result);
    }
  }
}

function refusal(email: string, result: ModeratorRefusal | { outcome: 'password-refused'; problem: PasswordProblem }): Answer {
  switch (result.outcome) {
    case 'unknown':
      return { done: false, text: `No moderator has the address ${email}. Those there are: list` };
    case 'is-student':
      return { done: false, text: `${email} belongs to a student. A moderator needs an address of their own.` };
    case 'password-refused':
      return { done: false, text: passwordProblems[result.problem] };
  }
}

function sessions(ended: number): string {
  return ended === 0 ? 'They were signed in nowhere.' : `Signed out everywhere (${ended}).`;
}

function table(rows: ModeratorRow[]): string {
  if (rows.length === 0) return 'No moderators yet. The first one: npm run moderator -- add <email>';
  const lines = rows.map(({ email, firstName, lastName, addedAt, blockedAt, secondStep }) => [
    email,
    `${firstName} ${lastName}`.trim(),
    addedAt.toISOString().slice(0, 10),
    secondStep ? 'on' : 'off',
    blockedAt ? `blocked since ${blockedAt.toISOString().slice(0, 10)}` : 'active',
  ]);
  const all = [['E-mail', 'Name', 'Added', 'TOTP', 'State'], ...lines];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((line) => (line[column] ?? '').length)));
  return all
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
