import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { type Config, readConfig } from './platform/config.ts';

/**
 * The configuration of this process: .env beside package.json, overruled by the environment. Called by main and by the commands of cli/, nowhere else.
 * The environment itself stays as it was: a process that is started by this one reads .env anew, with what has changed there since.
 * @throws ConfigError
 */
export function loadConfig(): Config {
  const file = join(fileURLToPath(new URL('../..', import.meta.url)), '.env');
  return readConfig({ ...(existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}), ...process.env });
}
