import { loadConfig } from './load-config.ts';
import { ConfigError } from './platform/config.ts';
import { StartError } from './platform/start-error.ts';
import { serve } from './serve.ts';

function say(line: string) {
  process.stdout.write(`${line}\n`);
}

async function main() {
  const config = loadConfig();
  const dev = process.argv.includes('--dev');
  const server = await serve({ config, say, dev });
  const url = config.port === 0 ? `http://localhost:${server.port}` : config.publicUrl;
  say(`\nOtlichno is open: ${url}`);
  if (config.mail.kind === 'folder') say(`Letters are not sent but shown here and at ${url}/dev/mail`);
  if (dev && config.telegram === null) say(`There is no token of a bot, so Telegram is played at ${server.app.config.telegram?.linkRoot}`);
  const played = dev && config.payments === null ? server.app.config.payments?.tbank : null;
  if (played) say(`There are no keys of an acquirer, so T-Bank and CloudPayments are played at ${new URL(played.apiRoot).origin}`);
  if (config.database.kind === 'embedded') say('Make yourself a teacher: npm run moderator -- add you@example.ru');
  say('Stop with Ctrl-C.\n');

  let asked = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (asked) process.exit(1);
      asked = true;
      say('Stopping …');
      void server.stop().then(() => process.exit(0));
    });
  }
}

try {
  await main();
} catch (error) {
  const expected = error instanceof ConfigError || error instanceof StartError;
  process.stderr.write(`${expected ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
}
