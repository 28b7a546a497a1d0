/** Reads the project's sources into what the rules look at: who imports whom, and a few things that are written in them. */
import { glob, readFile } from 'node:fs/promises';
import { posix } from 'node:path';
import { parseSync, Visitor } from 'vite';

export interface Import {
  /** A path from the root for our own files, else the package or built-in as it is written. */
  target: string;
  own: boolean;
  /** `import type`: gone at run time. An inline `type` does not count, Node still loads that file. */
  typeOnly: boolean;
  line: number;
}

/** Things whose place in the tree matters. */
export type Mention = 'app.db' | 'app.pool' | 'process.env' | 'await' | 'writing SQL' | 'export *';

export interface Source {
  /** From the root, with forward slashes. */
  path: string;
  imports: Import[];
  mentions: { what: Mention; line: number }[];
}

const patterns = ['src/**/*.{ts,tsx,css}', 'prisma/**/*.{ts,prisma}', 'cli/**/*.ts', 'vite.config.ts'];
const ignored = 'prisma/generated/';

/** Every source file below `root`, in the order of paths. */
export async function readSources(root: string): Promise<Source[]> {
  const aliases = await readAliases(root);
  const paths: string[] = [];
  for await (const found of glob(patterns, { cwd: root })) paths.push(found.replaceAll('\\', '/'));
  const ours = paths.filter((path) => !path.startsWith(ignored)).sort();
  return Promise.all(ours.map(async (path) => parseSource(path, await readFile(`${root}/${path}`, 'utf8'), aliases)));
}

export type Aliases = { prefix: string; folder: string }[];

/** The `imports` of package.json: `#shared/*` and its kin. */
async function readAliases(root: string): Promise<Aliases> {
  const { imports } = JSON.parse(await readFile(`${root}/package.json`, 'utf8')) as { imports: Record<string, string> };
  return Object.entries(imports).map(([name, folder]) => ({ prefix: name.replace(/\*$/, ''), folder: folder.replace(/^\.\/|\*$/g, '') }));
}

export function parseSource(path: string, text: string, aliases: Aliases): Source {
  if (!/\.tsx?$/.test(path)) return { path, imports: [], mentions: [] };
  const { module, program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`);
  const lineAt = (offset: number) => text.slice(0, offset).split('\n').length;
  const toImport = (specifier: string, start: number, typeOnly: boolean): Import => {
    const { target, own } = resolve(path, specifier, aliases);
    return { target, own, typeOnly, line: lineAt(start) };
  };
  const imports = module.staticImports.map(({ moduleRequest, start }) =>
    toImport(moduleRequest.value, start, /^import\s+type\b/.test(text.slice(start, start + 20))),
  );
  for (const { moduleRequest } of module.dynamicImports) {
    const literal = /^(['"`])([^$'"`]+)\1$/.exec(text.slice(moduleRequest.start, moduleRequest.end))?.[2];
    if (literal) imports.push(toImport(literal, moduleRequest.start, false));
  }
  const mentions: Source['mentions'] = [];
  for (const { entries, start } of module.staticExports) {
    const entry = entries[0];
    if (!entry?.moduleRequest) continue;
    imports.push(
      toImport(
        entry.moduleRequest.value,
        start,
        entries.every(({ isType }) => isType),
      ),
    );
    if (entry.importName.kind === 'AllButDefault') mentions.push({ what: 'export *', line: lineAt(start) });
  }
  const mention = (what: Mention, start: number) => mentions.push({ what, line: lineAt(start) });
  new Visitor({
    MemberExpression({ object, property, start }) {
      if (property.type !== 'Identifier') return;
      const owner =
        object.type === 'Identifier'
          ? object.name
          : object.type === 'MemberExpression' && 'name' in object.property
            ? object.property.name
            : '';
      const what = `${owner}.${property.name}`;
      if (what === 'app.db' || what === 'app.pool' || what === 'process.env') mention(what, start);
    },
    AwaitExpression({ start }) {
      mention('await', start);
    },
    TemplateElement({ value, start }) {
      if (writesSql(value.raw)) mention('writing SQL', start);
    },
    Literal({ value, start }) {
      if (typeof value === 'string' && writesSql(value)) mention('writing SQL', start);
    },
  }).visit(program);
  return { path, imports, mentions };
}

function writesSql(text: string): boolean {
  return /\b(INSERT INTO|UPDATE \w+ SET|DELETE FROM)\b/.test(text);
}

function resolve(from: string, specifier: string, aliases: Aliases): { target: string; own: boolean } {
  if (specifier.startsWith('.')) return { target: posix.join(posix.dirname(from), specifier), own: true };
  const alias = aliases.find(({ prefix }) => specifier.startsWith(prefix));
  return alias ? { target: alias.folder + specifier.slice(alias.prefix.length), own: true } : { target: specifier, own: false };
}
