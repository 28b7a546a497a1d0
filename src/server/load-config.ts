import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Config, readConfig } from './platform/config.ts';

/**
 * The configuration of this process: .env beside package.json, overruled by the environment. Called by main and by the commands of cli/, nowhere else.
 * @throws ConfigError
 */
export function loadConfig(): Config {
  const file = join(fileURLToPath(new URL('../..', import.meta.url)), '.env');
  if (existsSync(file)) process.loadEnvFile(file);
  return readConfig(process.env);
}
