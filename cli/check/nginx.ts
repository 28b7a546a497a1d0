/** The proxy of the admin guide, which the tests of several machines stand behind. */
import { spawnSync } from 'node:child_process';
import { constants, existsSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

const elsewhere = ['/usr/sbin', '/usr/local/sbin', '/opt/homebrew/bin'];

/** The path of an nginx that can be started, or null. */
export async function findNginx(env: NodeJS.ProcessEnv): Promise<string | null> {
  const candidates = env.NGINX_PATH
    ? [env.NGINX_PATH]
    : [...(env.PATH ?? '').split(delimiter).filter(Boolean), ...elsewhere].map((folder) => join(folder, 'nginx'));
  for (const candidate of candidates) if (await isProgram(candidate)) return candidate;
  return null;
}

/** Installs Debian's as root, where nothing would start it: on a machine with services the package takes port 80 at once. */
export async function installNginx(env: NodeJS.ProcessEnv): Promise<string | null> {
  const runsServices = existsSync('/run/systemd/system');
  if (process.getuid?.() !== 0 || runsServices || spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status !== 0) return null;
  const apt = (...args: string[]) =>
    spawnSync('apt-get', args, { env: { ...env, DEBIAN_FRONTEND: 'noninteractive' }, stdio: ['ignore', 'inherit', 'inherit'] }).status ===
    0;
  const install = () => apt('install', '-y', '-q', '--no-install-recommends', 'nginx');
  // The lists are there when the browser was installed a moment ago.
  if (!install() && apt('update', '-q')) install();
  return findNginx(env);
}

function isProgram(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
