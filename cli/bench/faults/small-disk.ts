/** A disk that can be filled without harm to the machine: one of its own, in memory, which Linux gives to root only. */
import { spawnSync } from 'node:child_process';
import { chmod, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isRoot } from '#server/platform/embedded-postgres/account.ts';

export interface SmallDisk {
  /** Takes all the room that is left. */
  fill(): Promise<void>;
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** Makes the folder `place` such a disk; null, and an ordinary folder, where this user may not. */
export async function aSmallDisk(place: string, megabytes: number): Promise<SmallDisk | null> {
  await mkdir(place, { recursive: true });
  if (process.platform !== 'linux' || !isRoot()) return null;
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'otlichno-bench', place]);
  if (mounted.status !== 0) return null;
  // PostgreSQL's own user has to get in.
  await chmod(place, 0o755);
  const ballast = join(place, 'ballast');
  return {
    async fill() {
      const file = await open(ballast, 'a');
      // What is left after a large piece takes a small one.
      for (const bytes of [1 << 20, 1 << 12]) await fillWith(file, Buffer.alloc(bytes, 1));
      await file.close();
    },
    clear: () => rm(ballast, { force: true }),
    async close() {
      spawnSync('umount', ['--lazy', place]);
    },
  };
}

async function fillWith(file: Awaited<ReturnType<typeof open>>, piece: Buffer): Promise<void> {
  try {
    for (;;) await file.write(piece);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  }
}
