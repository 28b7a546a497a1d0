import { parseArgs } from 'node:util';
import { emailProblem, nameProblem, normalizeEmail, normalizeName } from '#shared/values.ts';
import { UsageError } from './run-command.ts';

export const moderatorUsage = `Who may enter the moderators' office.

  npm run moderator -- add <email> [--name "First Last"]
  npm run moderator -- list
  npm run moderator -- password <email>
  npm run moderator -- block <email>
  npm run moderator -- unblock <email>
  npm run moderator -- totp-off <email>
  npm run moderator -- remove <email>

The password for add and password is asked for twice and does not show. In a script, pipe it in as one line
(--password-stdin says so explicitly). It is never an argument: those show in the list of processes.

Exit codes: 0 done, 1 refused or failed, 2 wrong use, 130 cancelled.
Details: docs/moderators-cli.md
`;

export type ModeratorCommand =
  | { command: 'help' }
  | { command: 'list' }
  | { command: 'add'; email: string; firstName: string; lastName: string }
  | { command: 'password' | 'block' | 'unblock' | 'totp-off' | 'remove'; email: string };

const withEmail = ['add', 'password', 'block', 'unblock', 'totp-off', 'remove'] as const;
const noPasswordHere = 'Passwords are never taken from the command line: they are asked for, or read from standard input.';

/**
 * The messages repeat no argument: somebody may have typed a password there.
 * @throws UsageError
 */
export function readModeratorArguments(argv: string[]): ModeratorCommand {
  const { positionals, name, passwordStdin, help } = parsed(argv);
  const [command, address, ...rest] = positionals;
  if (help || command === 'help' || argv.length === 0) return { command: 'help' };
  if (rest.length > 0) throw new UsageError(`Too many arguments. ${noPasswordHere} A name in two words goes in quotes, after --name.`);
  if (command === 'list') {
    if (address !== undefined) throw new UsageError('list takes no further argument.');
    return { command };
  }
  const known = withEmail.find((candidate) => candidate === command);
  if (!known) throw new UsageError('Unknown command.');
  if (name !== undefined && known !== 'add') throw new UsageError('--name goes with add only.');
  if (passwordStdin && known !== 'add' && known !== 'password') throw new UsageError('--password-stdin goes with add and password only.');
  const email = readEmail(known, address);
  return known === 'add' ? { command: known, email, ...readName(name) } : { command: known, email };
}

function parsed(argv: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: { name: { type: 'string' }, 'password-stdin': { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    });
    return { positionals, name: values.name, passwordStdin: values['password-stdin'] ?? false, help: values.help ?? false };
  } catch {
    throw new UsageError(`Unknown or incomplete option. ${noPasswordHere}`);
  }
}

function readEmail(command: string, typed: string | undefined): string {
  if (typed === undefined) throw new UsageError(`${command} needs an e-mail address.`);
  const problem = emailProblem(typed);
  if (problem === 'email-mixed-script')
    throw new UsageError('The e-mail address holds letters that are not Latin, perhaps ones that only look so.');
  if (problem) throw new UsageError('That is no e-mail address.');
  return normalizeEmail(typed);
}

/** The first word is the first name. Without --name students see «Модератор», until the moderator says otherwise in the profile. */
function readName(typed: string | undefined): { firstName: string; lastName: string } {
  if (typed === undefined) return { firstName: 'Модератор', lastName: '' };
  const [firstName = '', ...rest] = normalizeName(typed).split(' ');
  const lastName = rest.join(' ');
  if (nameProblem(firstName) || (lastName !== '' && nameProblem(lastName))) throw new UsageError('That is no name.');
  return { firstName, lastName };
}
