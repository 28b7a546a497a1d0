/** The rules of docs/decisions/0001 as code. Each refusal says where the code belongs instead. */
import { areaOf, isTest } from './areas.ts';
import { findCycles } from './cycles.ts';
import { importRefusal } from './import-rules.ts';
import { databaseUse, nameOf, wordOf, words } from './names.ts';
import type { Mention, Source } from './source-tree.ts';

export interface Violation {
  path: string;
  line: number;
  message: string;
}

export function checkSources(sources: Source[]): Violation[] {
  const violations = sources.flatMap((source) => [...checkName(source.path), ...checkImports(source), ...checkMentions(source)]);
  for (const circle of findCycles(sources)) {
    const message = `imports itself in a circle: ${circle.join(' → ')}. Move what both need into a file of its own.`;
    violations.push({ path: circle[0] ?? '', line: 1, message });
  }
  return violations;
}

function checkName(path: string): Violation[] {
  const messages: string[] = [];
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (!/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*$/.test(name)) {
    messages.push('is to be called in kebab-case: lower case, words joined by hyphens.');
  }
  if (/^index\.tsx?$/.test(name)) messages.push('would be a barrel: import from the file that holds the thing.');
  if (areaOf(path) === 'features' && path.endsWith('.ts') && !isTest(path) && !nameOf(path)) {
    messages.push(
      `is none of the six words (${words.join(' ')}). Put the code into the file whose word says what it does, ` +
        'or give the file a name and a reason in cli/check/names.ts.',
    );
  }
  return messages.map((message) => ({ path, line: 1, message }));
}

function checkImports({ path, imports }: Source): Violation[] {
  return imports.flatMap((imported) => {
    const message = importRefusal(path, imported);
    return message ? [{ path, line: imported.line, message: `imports ${imported.target}: ${message}.` }] : [];
  });
}

function checkMentions({ path, mentions }: Source): Violation[] {
  return mentions.flatMap(({ what, line }) => {
    const message = isTest(path) ? null : mentionRefusal(path, what);
    return message ? [{ path, line, message: `has ${what}: ${message}.` }] : [];
  });
}

/** Who reads the environment: programs, and what hands it on to a program. */
const environmentReaders = [
  'cli/',
  'prisma/prisma.config.ts',
  'vite.config.ts',
  'src/server/load-config.ts',
  'src/server/client-build.ts',
  'src/server/platform/embedded-postgres/',
];

function mentionRefusal(path: string, what: Mention): string | null {
  if (what === 'export *') return 'no barrels, so whoever needs the thing imports it from its own file';
  if (what === 'process.env') {
    return environmentReaders.some((reader) => path.startsWith(reader))
      ? null
      : 'only programs read the environment, so take the value from app.config';
  }
  if (!nameOf(path)) return null;
  if (what === 'await') return wordOf(path) === 'rules' ? 'rules are pure functions over plain values, so wait in the caller' : null;
  const use = databaseUse(path);
  if (use === 'none') return 'this file speaks to no database: read in queries.ts or access.ts, write in actions.ts';
  return what === 'writing SQL' && use === 'reads' ? 'this file only reads, so write in actions.ts' : null;
}
