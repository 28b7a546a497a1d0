import { parseArgs } from 'node:util';
import { eraseAfterDays } from '#shared/personal-data-rules.ts';
import { emailProblem, normalizeEmail } from '#shared/values.ts';
import { UsageError } from './run-command.ts';

export const usage = `Requests of a person about their data (docs/privacy.md).

  npm run person -- export <email> --to <file.zip>   everything the school has about them, as one archive
  npm run person -- erase <email>                    closes the account of a student now, erases it in ${eraseAfterDays} days
  npm run person -- erase <email> --now              erases it at once; cannot be taken back

Exit codes: 0 done, 1 refused or failed, 2 wrong use.
`;

export interface Asked {
  command: 'help' | 'export' | 'erase';
  email: string;
  to: string | undefined;
  now: boolean;
}

/** @throws UsageError */
export function readArguments(args: string[]): Asked {
  let parsed: { positionals: string[]; values: { help?: boolean; to?: string; now?: boolean } };
  try {
    const options = { help: { type: 'boolean', short: 'h' }, to: { type: 'string' }, now: { type: 'boolean' } } as const;
    parsed = parseArgs({ args, allowPositionals: true, options });
  } catch {
    throw new UsageError('Unknown option, or one without its value.');
  }
  const { positionals, values } = parsed;
  const [command, typed = '', ...rest] = positionals;
  if (values.help || command === undefined || command === 'help') return { command: 'help', email: '', to: undefined, now: false };
  if (command !== 'export' && command !== 'erase') throw new UsageError('Unknown command.');
  if (rest.length > 0 || emailProblem(typed)) throw new UsageError('One e-mail address is needed.');
  if (command === 'export' && !values.to) throw new UsageError('Where to? --to <file.zip>');
  return { command, email: normalizeEmail(typed), to: values.to, now: values.now === true };
}
