/** `npm run screenshots`: pictures of all pages, and what a machine sees wrong with them. */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureClientBuilt } from '#server/client-build.ts';
import { root } from '../bench/processes.ts';
import { runCommand, UsageError } from '../run-command.ts';
import { openBrowser } from './browser.ts';
import { makeGuidePictures } from './guides.ts';
import { listVisits } from './pages.ts';
import { openDemoSchool } from './school.ts';
import { makeSheets } from './sheet.ts';
import { type Finding, walk } from './walk.ts';

const usage = `Pictures of the pages, from a school made for it: three weeks of work by eight students.

  npm run screenshots                         the pictures of the guides, into docs/screenshots
  npm run screenshots -- --walk DIR           every page at 360, 640, 768 and 1280 px in both languages into DIR, as sheets of
                                              many, with what a machine sees wrong (exit code 1 where it sees something)
  npm run screenshots -- --walk DIR --only admin/inbox     pages whose name has this in it
  npm run screenshots -- --walk DIR --locale en            in one language alone
  npm run screenshots -- --walk DIR --more 1000            with so many students more
  npm run screenshots -- --walk DIR --forced-colors        in the colours of a system that has its own

A walk through all of them takes about a quarter of an hour.
`;

await runCommand(usage, async () => {
  const { walk: folder, only, more, locale, help, 'forced-colors': forcedColors } = readArguments();
  if (help) {
    process.stdout.write(usage);
    return true;
  }
  await ensureClientBuilt((line) => process.stderr.write(`${line}\n`));
  const school = await openDemoSchool(Number(more ?? 0));
  const browser = await openBrowser();
  try {
    if (folder === undefined) {
      const made = await makeGuidePictures(browser, school, join(root, 'docs/screenshots'));
      process.stdout.write(`${made.length} pictures in docs/screenshots\n`);
      return true;
    }
    await mkdir(folder, { recursive: true });
    const visits = (await listVisits(school.ids)).filter(({ name, path }) => !only || name.includes(only) || path.includes(only));
    const axe = await readFile(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');
    const findings = await walk(browser, school, visits, {
      folder,
      axe,
      forcedColors,
      locales: locale ? [locale] : (['ru', 'en'] as const),
      say: (line) => process.stderr.write(`${line}\n`),
    });
    await makeSheets(browser, folder);
    process.stdout.write(summary(findings));
    return findings.length === 0;
  } finally {
    await browser.close();
    await school.stop();
  }
});

function readArguments() {
  try {
    const options = {
      walk: { type: 'string' },
      only: { type: 'string' },
      more: { type: 'string' },
      'forced-colors': { type: 'boolean', default: false },
      locale: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    } as const;
    const { values } = parseArgs({ options });
    if (values.more !== undefined && !/^\d{1,6}$/.test(values.more)) throw new UsageError('--more wants a number.');
    const locale: 'ru' | 'en' | undefined = values.locale === 'ru' || values.locale === 'en' ? values.locale : undefined;
    if (values.locale !== locale) throw new UsageError('--locale is ru or en.');
    return { ...values, locale };
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** Each thing once, with where it is. */
function summary(findings: Finding[]): string {
  const places = Map.groupBy(findings, ({ what }) => what);
  const lines = [...places].map(([what, where]) => `${what}\n    ${[...new Set(where.map(({ page }) => page))].slice(0, 6).join(', ')}`);
  return lines.length === 0 ? 'nothing found\n' : `${lines.join('\n')}\n${lines.length} things in ${findings.length} places\n`;
}
