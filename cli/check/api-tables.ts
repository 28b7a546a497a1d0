/**
 * The tables of procedures in docs/api.md. What the routers know (name, kind, who may call, fields) is made from them; the words of the last
 * column are written by hand in the document and stay with their procedure.
 */
import * as z from 'zod';
import { liveRouter } from '#server/live-router.ts';
import { appRouter } from '#server/router.ts';
import { moderatorProcedure, signedInProcedure } from '#server/trpc/procedures.ts';

export const apiDocument = 'docs/api.md';
const begin = '<!-- procedures: npm run api-notes -->';
const end = '<!-- end of procedures -->';

interface Procedure {
  path: string;
  type: 'query' | 'mutation' | 'subscription';
  who: string;
  fields: string;
}

export interface ApiNotes {
  text: string;
  /** Nobody has written yet what they do. */
  wordless: string[];
}

/** The document with tables of today. */
export function renewApiNotes(text: string): ApiNotes {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${apiDocument} lacks the lines «${begin}» and «${end}», between which the tables stand.`);
  const words = wordsIn(text.slice(from, to));
  const procedures = [...read(appRouter._def.procedures), ...read(liveRouter._def.procedures)].toSorted((a, b) =>
    a.path < b.path ? -1 : 1,
  );
  const sections = Map.groupBy(procedures, ({ path }) => path.split('.')[0] ?? '');
  const tables = [...sections].map(([name, listed]) => [`### ${name}`, ...table(listed, words)].join('\n'));
  return {
    text: `${text.slice(0, from)}${begin}\n${tables.join('\n\n')}\n${text.slice(to)}`,
    wordless: procedures.filter(({ path }) => !words.get(path)).map(({ path }) => path),
  };
}

/** By path: the last cell of its row. */
function wordsIn(tables: string): Map<string, string> {
  return new Map([...tables.matchAll(/^\| `([\w.]+)` \|.*\| ([^|]*) \|$/gm)].map(([, path = '', said = '']) => [path, said.trim()]));
}

function table(procedures: Procedure[], words: Map<string, string>): string[] {
  const rows = procedures.map(({ path, type, who, fields }) => `| \`${path}\` | ${type} | ${who} | ${fields} | ${words.get(path) ?? ''} |`);
  return ['| procedure | kind | who | takes | what |', '|---|---|---|---|---|', ...rows];
}

function read(procedures: object): Procedure[] {
  return Object.entries(procedures).map(([path, { _def }]) => ({
    path,
    type: _def.type,
    who: whoMay(_def.middlewares),
    fields: _def.inputs.length === 0 ? '–' : _def.inputs.map(fieldsOf).join(', '),
  }));
}

const stops = [
  { at: moderatorProcedure._def, who: 'teachers' },
  { at: signedInProcedure._def, who: 'signed in' },
];

/** By the middlewares that the procedure begins with. */
function whoMay(middlewares: readonly unknown[]): string {
  return stops.find(({ at }) => middlewares.includes(lastOf(at)))?.who ?? 'anybody';
}

/** tRPC's types do not show it. */
function lastOf(definition: object): unknown {
  const middlewares: unknown = 'middlewares' in definition ? definition.middlewares : null;
  if (!Array.isArray(middlewares))
    throw new Error('tRPC keeps middlewares elsewhere now: who may call cannot be read from the procedures.');
  return middlewares.at(-1);
}

function fieldsOf(parser: unknown): string {
  const hidden = typeof parser === 'function' && 'schema' in parser ? parser.schema : parser;
  const schema = plain(hidden);
  if (schema instanceof z.ZodUnion) return [...new Set(schema.options.map(fieldsOf))].join(' or ');
  if (!(schema instanceof z.ZodObject))
    throw new Error('An input of a procedure is no object: say in api-tables.ts how it is written down.');
  const names = Object.entries(schema.shape).map(([name, field]) => `\`${name}\`${mayBeLeftOut(field) ? '?' : ''}`);
  return names.join(', ');
}

/** Under defaults, options and transforms: what a client sends. */
function plain(schema: unknown): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) return plain(schema.unwrap());
  return schema instanceof z.ZodPipe ? plain(schema.in) : schema;
}

const mayBeLeftOut = (field: unknown) => field instanceof z.ZodType && field.safeParse(undefined).success;
