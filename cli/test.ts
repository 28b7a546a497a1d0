/** `npm test`: everything that is checked before a change is taken. Every step runs, whatever the one before it said. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium, installChromium } from './check/chromium.ts';
import { findNginx, installNginx } from './check/nginx.ts';
import { countTests, describeFailures, type TestCounts, type TestReport } from './check/test-report.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'otlichno-npm-test-'));
const reportFile = join(folder, 'report.json');

// What Node has compiled once serves all processes of the run: the runner's workers, the schools' servers, the commands.
process.env.NODE_COMPILE_CACHE = join(folder, 'compiled');

/** Node's programs by their file: the shells of `node_modules/.bin` differ between systems. */
const programs = {
  prisma: 'node_modules/prisma/build/index.js',
  biome: 'node_modules/@biomejs/biome/bin/biome',
  tsc: 'node_modules/typescript/bin/tsc',
  vitest: 'node_modules/vitest/vitest.mjs',
};

interface Step {
  name: string;
  run(): boolean | Promise<boolean>;
}

const steps: Step[] = [
  // Not committed, so it can only be old where the models were edited since `npm ci`.
  { name: 'database client', run: () => node(programs.prisma, 'generate', '--config', 'prisma/prisma.config.ts', '--no-hints') },
  { name: 'types', run: () => node(programs.tsc, '-p', '.') },
  { name: 'lint', run: () => node(programs.biome, 'ci', '.') },
  { name: 'import rules', run: () => node('cli/check/imports.ts') },
  { name: 'migrations', run: () => node('cli/migrate.ts', 'check') },
  { name: 'browser', run: provideBrowser },
  { name: 'nginx', run: provideNginx },
  { name: 'tests', run: () => node(programs.vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`) },
];

const results: { name: string; ok: boolean; seconds: number }[] = [];
for (const { name, run } of steps) {
  say(`\n── ${name}`);
  const startedAt = performance.now();
  const ok = await run();
  results.push({ name, ok, seconds: (performance.now() - startedAt) / 1000 });
}

say('');
for (const { name, ok, seconds } of results) say(`${ok ? 'ok    ' : 'FAILED'}  ${name.padEnd(16)} ${seconds.toFixed(1).padStart(6)} s`);
const { failures, ...counts } = await readReport();
for (const failure of failures) say(`\nFAILED  ${failure}`);
if (counts.skipped > 0) say(`${counts.skipped} tests were skipped`);
await rm(folder, { recursive: true, force: true });
process.exitCode = counts.failed === 0 && results.every(({ ok }) => ok) ? 0 : 1;
say(`${counts.passed} passed, ${counts.failed} failed`);

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function node(file: string, ...args: string[]): boolean {
  return spawnSync(process.execPath, [join(root, file), ...args], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
}

/** For src/e2e, which reads CHROMIUM_PATH. */
async function provideBrowser(): Promise<boolean> {
  const found = (await findChromium(process.env)) ?? (await installChromium(root, process.env));
  if (found === null) {
    say('There is no Chromium, and none could be installed. Install one, or name yours: CHROMIUM_PATH=/path/to/chromium npm test');
    return false;
  }
  process.env.CHROMIUM_PATH = found;
  say(found);
  return true;
}

/** For the tests of two machines, which are skipped without it: it is nobody's fault that a machine has none. */
async function provideNginx(): Promise<boolean> {
  const found = (await findNginx(process.env)) ?? (await installNginx(process.env));
  if (found === null)
    say('There is no nginx, and none could be installed without a service being started: the tests of two machines behind it are SKIPPED.');
  else {
    process.env.NGINX_PATH = found;
    say(found);
  }
  return true;
}

/** From the runner's own report; without one the run itself has failed. */
async function readReport(): Promise<TestCounts & { failures: string[] }> {
  try {
    const report = JSON.parse(await readFile(reportFile, 'utf8')) as TestReport;
    return { ...countTests(report), failures: describeFailures(report) };
  } catch {
    return { passed: 0, failed: 1, skipped: 0, failures: [] };
  }
}
