import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import type { Mailer } from '../mail.ts';
import { folderMailer } from './folder.ts';
import { smtpMailer } from './smtp.ts';

/** @param print where letters are shown that are not really sent; not the log, because they hold codes */
export function createMailer(
  config: Config['mail'],
  dataDir: string,
  log: Log,
  print: (text: string) => void = (text) => process.stdout.write(`${text}\n`),
): Mailer {
  return config.kind === 'smtp' ? smtpMailer(config, log) : folderMailer(dataDir, print);
}
