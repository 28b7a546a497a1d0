import { describe, expect, it } from 'vitest';
import { checkSources } from './rules.ts';
import { parseSource } from './source-tree.ts';

const aliases = ['shared', 'server', 'client', 'bot'].map((name) => ({ prefix: `#${name}/`, folder: `src/${name}/` }));
aliases.push({ prefix: '#prisma/', folder: 'prisma/' });

/** What the check says about one file. */
function messagesOn(path: string, text = ''): string[] {
  return checkSources([parseSource(path, text, aliases)]).map(({ line, message }) => `${line} ${message}`);
}

const feature = 'src/server/features/tasks';

describe('refused', () => {
  it.each([
    ['src/shared/tasks.ts', `import { now } from '#server/platform/clock.ts'`, 'hand the value in as a parameter'],
    ['src/shared/tasks.ts', `import { join } from 'node:path'`, 'a browser has no such module'],
    ['src/client/app.tsx', `import { appRouter } from '#server/router.ts'`, 'by the types of src/server/router.ts and live-router.ts only'],
    [
      'src/client/app.tsx',
      `import type { App } from '#server/platform/app.ts'`,
      'by the types of src/server/router.ts and live-router.ts only',
    ],
    ['src/client/lib/live/live-link.tsx', `import { liveRouter } from '#server/live-router.ts'`, 'router.ts and live-router.ts only'],
    ['src/server/platform/app.ts', `import { hashCode } from '../features/auth/rules.ts'`, 'the platform knows no feature'],
    ['src/server/platform/app.ts', `import type { MeDto } from '../features/auth/queries.ts'`, 'the platform knows no feature'],
    ['src/server/trpc/init.ts', `import { findMe } from '../features/auth/queries.ts'`, 'access.ts'],
    ['src/server/http.ts', `import { runCommand } from '../../cli/run-command.ts'`, 'started by commands'],
    [`${feature}/actions.ts`, `import { send } from '#bot/bot.ts'`, 'lie below the web, the bot'],
    ['src/server/acquirer/server.ts', `import { tokenOf } from '../platform/payments/tbank/token.ts'`, 'a world outside'],
    [`${feature}/actions.ts`, `import { startAcquirer } from '../../acquirer/server.ts'`, 'lie below the web'],
    [`${feature}/actions.ts`, `import { readRegistryFile } from '../../platform/payments/tbank/registry-file.ts'`, 'behind one port'],
    [`${feature}/actions.ts`, `const { router } = await import('../../trpc/procedures.ts')`, 'lie below the web'],
    [`${feature}/actions.ts`, `import { aSchool } from '../../testing/world.ts'`, 'for tests'],
    [`${feature}/actions.ts`, `import { write } from '../registry/jobs.ts'`, 'enqueue their kind'],
    [`${feature}/router.ts`, `import { authJobs } from '../auth/jobs.ts'`, 'enqueue their kind'],
    [`${feature}/router.ts`, `import type { Prisma } from '#prisma/generated/client.ts'`, 'it does not work'],
    [`${feature}/router.ts`, `import type { Tx } from '../../platform/db.ts'`, 'it does not work'],
    [`${feature}/router.ts`, `const get = ({ ctx }) => ctx.app.db.task.findMany()`, 'speaks to no database'],
    [`${feature}/rules.ts`, `const get = (app) => app.pool.query('SELECT 1')`, 'speaks to no database'],
    [`${feature}/rules.ts`, `import { accessTask } from './access.ts'`, 'pure functions'],
    [`${feature}/rules.ts`, `import { type OpenTask } from './access.ts'`, 'pure functions'],
    [`${feature}/rules.ts`, `import { createHash } from 'node:crypto'`, 'rules are pure'],
    [`${feature}/rules.ts`, `export async function late(work) { await work; }`, 'wait in the caller'],
    [`${feature}/queries.ts`, 'const text = `UPDATE task SET title = $1`', 'write in actions.ts'],
    [`${feature}/access.ts`, `const text = 'DELETE FROM session'`, 'write in actions.ts'],
    [`${feature}/state.ts`, `const rows = (app) => app.db.task.findMany()`, 'speaks to no database'],
    [`${feature}/queries.ts`, `const zone = process.env.TZ`, 'app.config'],
    [`${feature}/queries.ts`, `import { Lucia } from 'lucia'`, 'src/server/platform/sessions.ts stands for this package'],
    [`${feature}/helpers.ts`, '', 'none of the six words'],
    [`${feature}/index.ts`, '', 'barrel'],
    ['src/client/ui/all.ts', `export * from './mark.tsx'`, 'no barrels'],
    ['src/client/ui/SubmitButton.tsx', '', 'kebab-case'],
    ['prisma/models/topic_files.prisma', '', 'kebab-case'],
  ])('%s: %s', (path, text, message) => {
    expect(messagesOn(path, text).join('\n')).toContain(message);
  });

  it('names the line', () => {
    expect(messagesOn('src/shared/tasks.ts', `import { z } from 'zod';\n\nimport fs from 'node:fs';\n`)).toEqual([
      '3 imports node:fs: a browser has no such module.',
    ]);
  });

  it('a circle of imports, by the way it goes', () => {
    const sources = [
      parseSource(`${feature}/actions.ts`, `import { b } from './queries.ts'`, aliases),
      parseSource(`${feature}/queries.ts`, `import { c } from './access.ts'`, aliases),
      parseSource(`${feature}/access.ts`, `export { a } from './actions.ts'`, aliases),
    ];
    expect(checkSources(sources).map(({ message }) => message)).toEqual([
      expect.stringContaining(`${feature}/actions.ts → ${feature}/queries.ts → ${feature}/access.ts → ${feature}/actions.ts`),
    ]);
  });
});

describe('allowed', () => {
  it.each([
    ['src/client/lib/trpc.ts', `import type { AppRouter } from '#server/router.ts'`],
    ['src/client/lib/live/live-link.tsx', `import type { LiveRouter } from '#server/live-router.ts'`],
    ['src/server/platform/db.ts', `import { PrismaClient } from '#prisma/generated/client.ts'`],
    ['src/server/platform/sessions.ts', `import { Lucia } from 'lucia'`],
    ['src/server/load-config.ts', 'readConfig(process.env)'],
    [`${feature}/router.ts`, `import { router } from '../../trpc/procedures.ts'`],
    [
      `${feature}/actions.ts`,
      `import type { RequestInfo } from '../../trpc/context.ts'; const text = 'INSERT INTO submission'; app.pool.query(text)`,
    ],
    [`${feature}/rules.ts`, `import type { OpenTask } from './access.ts'; import { topicIsOpen } from '../courses/rules.ts'`],
    [`${feature}/rules.test.ts`, `import { aSchool } from '../../testing/world.ts'`],
    [`${feature}/submit.db.test.ts`, ''],
    ['src/server/router.ts', '// process.env and app.db in a comment'],
  ])('%s: %s', (path, text) => {
    expect(messagesOn(path, text)).toEqual([]);
  });

  it('a circle of types', () => {
    const sources = [
      parseSource(`${feature}/actions.ts`, `import type { B } from './queries.ts'`, aliases),
      parseSource(`${feature}/queries.ts`, `import { a } from './actions.ts'`, aliases),
    ];
    expect(checkSources(sources)).toEqual([]);
  });
});
