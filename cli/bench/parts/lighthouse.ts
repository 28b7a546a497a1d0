/** What Lighthouse says of the main pages on a phone. It is fetched when it is asked for, for it is as large as all else together. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { findChromium } from '../../screenshots/browser.ts';
import type { Visitor } from '../../screenshots/pages.ts';
import { type DemoSchool, openDemoSchool } from '../../screenshots/school.ts';
import type { Row } from '../row.ts';
import type { World } from '../world.ts';

const version = '13.5.0';
const goal = 95;
/** Of one page; the middle one of three counts, because each load of a page differs. */
const rounds = 3;
const categories = { performance: 'speed', accessibility: 'access', 'best-practices': 'practices', seo: 'search' } as const;

const pages: [name: string, who: Visitor, path: (ids: Record<string, string>) => string][] = [
  ['home of a guest', 'guest', () => '/'],
  ['home of a student', 'student', () => '/'],
  ['course', 'student', ({ course }) => `/courses/${course}`],
  ['topic', 'student', ({ course, topic }) => `/courses/${course}/${topic}`],
  ['task', 'student', ({ course, topic }) => `/courses/${course}/${topic}#tasks`],
  ['profile', 'student', () => '/profile'],
  ['chat', 'student', () => '/support/chat'],
  ['office', 'teacher', () => '/admin'],
];

export async function lighthouse(world: World): Promise<Row[]> {
  const school = await openDemoSchool();
  world.afterwards(school.stop);
  const rows: Row[] = [];
  for (const [name, who, path] of pages) {
    const scores: Record<string, number>[] = [];
    for (let round = 0; round < rounds; round++) {
      scores.push(await patiently(() => scoresOf(world, school, who, path(school.ids))));
    }
    process.stderr.write(`  ${name} ${JSON.stringify(scores)}\n`);
    for (const [category, short] of Object.entries(categories)) {
      const values = scores.map((score) => score[category] ?? 0).sort((a, b) => a - b);
      const value = values[Math.floor(rounds / 2)] ?? 0;
      rows.push({ name: `${name}: ${short}`, unit: 'of 100', value, floor: goal, ratio: value / goal, n: rounds, goal: { atLeast: 1 } });
    }
  }
  return rows;
}

/** A browser that has only just started sometimes misses the beginning of the load. */
async function patiently<T>(count: () => Promise<T>, tries = 4): Promise<T> {
  return count().catch((error: unknown) => {
    if (tries <= 1) throw error;
    return patiently(count, tries - 1);
  });
}

const report = z.object({ categories: z.record(z.string(), z.object({ score: z.number().nullable() })) });

async function scoresOf(world: World, school: DemoSchool, who: Visitor, path: string): Promise<Record<string, number>> {
  const [headers, result] = [join(world.folder, 'headers.json'), join(world.folder, 'lighthouse.json')];
  // In a file: a cookie on a command line can be read by whoever lists processes.
  await writeFile(headers, JSON.stringify(who === 'guest' ? {} : { Cookie: school[who].cookie }), { mode: 0o600 });
  const chromeFlags = [
    '--headless=new',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
  ];
  const args = ['--yes', `lighthouse@${version}`, school.url + path, '--quiet', '--output=json', `--output-path=${result}`];
  args.push(`--only-categories=${Object.keys(categories).join()}`, `--extra-headers=${headers}`, `--chrome-flags=${chromeFlags.join(' ')}`);
  const child = spawn('npx', args, { env: { ...process.env, CHROME_PATH: findChromium() }, stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`lighthouse ended with ${code}:\n${errors.slice(-2000)}`);
  const { categories: found } = report.parse(JSON.parse(await readFile(result, 'utf8')));
  return Object.fromEntries(Object.entries(found).map(([category, { score }]) => [category, Math.round((score ?? 0) * 100)]));
}
