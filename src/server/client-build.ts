import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { glob, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packFiles } from './page/built-files.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
export const clientDirectory = join(root, '.build/client');
const stampFile = join(clientDirectory, '.stamp');

/**
 * Builds the client when its sources are not those of the last build. The new build takes the place of the old one whole, so that a process which
 * serves the old one meanwhile is not disturbed.
 */
export async function ensureClientBuilt(say: (line: string) => void): Promise<void> {
  const stamp = await sourceStamp();
  if ((await readFile(stampFile, 'utf8').catch(() => '')) === stamp) return;
  say('Building the pages, once after each change …');
  const draft = join(root, '.build', `client-${process.pid}`);
  await mkdir(join(root, '.build'), { recursive: true });
  await viteBuild(draft);
  await packFiles(draft);
  await writeFile(join(draft, '.stamp'), stamp);
  await rm(clientDirectory, { recursive: true, force: true });
  await rename(draft, clientDirectory).catch(async (error: NodeJS.ErrnoException) => {
    // Another process built the same sources and was first.
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    await rm(draft, { recursive: true, force: true });
  });
}

async function sourceStamp(): Promise<string> {
  const hash = createHash('sha256');
  const files: string[] = ['package-lock.json', 'vite.config.ts', 'cli/client-chunks.ts', 'src/server/page/routes.ts'];
  for await (const file of glob(['src/client/**/*.*', 'src/shared/**/*.ts'], { cwd: root })) files.push(file);
  for (const file of files.sort())
    hash
      .update(file)
      .update('\0')
      .update(await readFile(join(root, file)))
      .update('\0');
  return hash.digest('hex');
}

// In a process of its own: the bundler's memory goes away with it.
function viteBuild(outDir: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const args = [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--outDir', outDir, '--emptyOutDir', '--logLevel', 'warn'];
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1' },
    });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`The pages could not be built:\n${output}`))));
  });
}
