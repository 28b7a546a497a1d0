/**
 * PostgreSQL refuses to run as root. Started by root it runs under the account that owns its files: at first the system user `postgres`,
 * which is made where it is missing. Any other user runs it under the own account.
 */
import { spawnSync } from 'node:child_process';
import { chmod, mkdir, stat } from 'node:fs/promises';
import { StartError } from '../start-error.ts';

/** In the shape of spawn's options; empty: the account of this process. */
export type Account = { uid?: number; gid?: number };

const userName = 'postgres';
/** Where root's files go that `postgres` has to reach: it cannot enter /root, for one. */
const systemFolder = '/var/lib/otlichno';

export const isRoot = () => process.getuid?.() === 0;

/** The account for a new cluster. */
export function accountForNew(): Account {
  if (!isRoot()) return {};
  const known = lookUp();
  if (known) return known;
  // Services and cron often do without the administrator's folders.
  const useradd = `PATH="$PATH:/usr/sbin:/sbin" exec useradd --system --user-group --no-create-home --shell /usr/sbin/nologin ${userName}`;
  const made = spawnSync('/bin/sh', ['-c', useradd], { encoding: 'utf8' });
  // Looked up whatever useradd says: another start may have been faster.
  const account = lookUp();
  if (account) return account;
  const reason = made.error?.message ?? made.stderr.trim();
  throw new StartError(
    `PostgreSQL does not run as root, and its user «${userName}» could not be made (${reason}). Start as an ordinary user.`,
  );
}

/** The account that owns an existing cluster. */
export async function accountOf(clusterDir: string): Promise<Account> {
  const { uid, gid } = await stat(clusterDir);
  if (isRoot()) return { uid, gid };
  if (process.getuid && uid !== process.getuid()) {
    throw new StartError(`The database in ${clusterDir} belongs to another user (uid ${uid}). Start as that user or as root.`);
  }
  return {};
}

/** Asks the system itself, as access lists and mounts have a say too. */
export function canEnter(account: Account, dir: string): boolean {
  if (account.uid === undefined) return true;
  return spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', dir], { ...account, cwd: '/', stdio: 'ignore' }).status === 0;
}

/** `dir` itself where the account can enter it, else a folder of the system. */
export async function reachable(account: Account, dir: string): Promise<string> {
  if (canEnter(account, dir)) return dir;
  await mkdir(systemFolder, { recursive: true });
  await chmod(systemFolder, 0o755);
  if (canEnter(account, systemFolder)) return systemFolder;
  throw new StartError(`The user «${userName}» can enter neither ${dir} nor ${systemFolder}. Start as an ordinary user.`);
}

function lookUp(): Account | null {
  const [uid, gid] = ['-u', '-g'].map((what) => spawnSync('id', [what, userName], { encoding: 'utf8' }));
  return uid?.status === 0 && gid?.status === 0 ? { uid: Number(uid.stdout), gid: Number(gid.stdout) } : null;
}
