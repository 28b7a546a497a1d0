/** What a procedure takes, read from its schema: the fields by their paths, and inputs that the schema accepts. */
import * as z from 'zod';
import type { Random } from './random.ts';

/** A field of an input: `changes[].taskId`. */
export interface Field {
  path: string;
  /** Without defaults, options and what is made of it. */
  schema: z.ZodType;
  /** As it stands in its object. */
  whole: z.ZodType;
}

export interface ListedProcedure {
  path: string;
  type: 'query' | 'mutation' | 'subscription';
  /** Null: it takes nothing. */
  input: z.ZodType | null;
}

/** All procedures of a router, with what they take. A parser that does not show its schema is an error: nobody could try its door. */
export function proceduresOf(router: { _def: { procedures: object } }): ListedProcedure[] {
  const procedures = Object.entries(router._def.procedures) as [string, { _def: { type: ListedProcedure['type']; inputs: unknown[] } }][];
  return procedures.map(([path, { _def }]) => {
    if (_def.inputs.length > 1) throw new Error(`${path} takes its input by more than one schema`);
    return { path, type: _def.type, input: _def.inputs.length === 0 ? null : schemaOf(path, _def.inputs[0]) };
  });
}

function schemaOf(path: string, parser: unknown): z.ZodType {
  if (parser instanceof z.ZodType) return parser;
  if (typeof parser === 'function' && 'schema' in parser && parser.schema instanceof z.ZodType) return parser.schema;
  throw new Error(`${path} hides its schema: see atOnce in trpc/parsers.ts`);
}

/** The schema under defaults, options and transforms: what a client may send. */
function plain(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return plain(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodPipe) return plain(schema.in as z.ZodType);
  return schema;
}

/** Every field, those inside objects, lists, tables and alternatives included. */
export function fieldsOf(schema: z.ZodType, path = ''): Field[] {
  const inner = plain(schema);
  if (inner instanceof z.ZodObject) {
    return Object.entries(inner.shape).flatMap(([name, field]) => fieldsOf(field as z.ZodType, path === '' ? name : `${path}.${name}`));
  }
  if (inner instanceof z.ZodArray) return fieldsOf(inner.element as z.ZodType, `${path}[]`);
  if (inner instanceof z.ZodUnion) return inner.options.flatMap((option) => fieldsOf(option as z.ZodType, path));
  if (inner instanceof z.ZodRecord) return fieldsOf(inner.valueType as z.ZodType, `${path}{}`);
  return [{ path, schema: inner, whole: schema }];
}

/** Objects that take keys they do not name, lists and tables without an end. There should be none. */
export function loosenessOf(schema: z.ZodType, path = ''): string[] {
  const inner = plain(schema);
  const max = inner instanceof z.ZodArray ? inner.def.checks?.some((check) => check._zod.def.check === 'max_length') : true;
  if (inner instanceof z.ZodObject) {
    const open = inner.def.catchall instanceof z.ZodNever ? [] : [`${path} takes keys it does not name`];
    return [...open, ...Object.entries(inner.shape).flatMap(([name, field]) => loosenessOf(field as z.ZodType, `${path}.${name}`))];
  }
  if (inner instanceof z.ZodArray) return [...(max ? [] : [`${path} has no end`]), ...loosenessOf(inner.element as z.ZodType, `${path}[]`)];
  if (inner instanceof z.ZodUnion) return inner.options.flatMap((option) => loosenessOf(option as z.ZodType, path));
  if (inner instanceof z.ZodRecord) return loosenessOf(inner.valueType as z.ZodType, `${path}{}`);
  if (inner instanceof z.ZodAny || inner instanceof z.ZodUnknown) return [`${path} takes anything`];
  return [];
}

/** Values worth trying for a text, by the path of its field: ids that exist, slugs, addresses. Those come first that fit most likely. */
export type Candidates = (path: string) => unknown[];

/** An input that the schema takes, as far as chance finds one: rules that span several fields may refuse it still. */
export function aValid(schema: z.ZodType, random: Random, candidates: Candidates, path = ''): unknown {
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const value = aGuess(schema, random, candidates, path);
    if (path !== '' || schema.safeParse(value).success) return value;
  }
  return aGuess(schema, random, candidates, path);
}

function aGuess(schema: z.ZodType, random: Random, candidates: Candidates, path: string): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    return random.chance(0.4) ? undefined : aGuess(schema.unwrap() as z.ZodType, random, candidates, path);
  }
  if (schema instanceof z.ZodNullable) return random.chance(0.3) ? null : aGuess(schema.unwrap() as z.ZodType, random, candidates, path);
  if (schema instanceof z.ZodPipe) return aFitting(schema, () => aGuess(schema.in as z.ZodType, random, candidates, path));
  if (schema instanceof z.ZodObject) {
    const entries = Object.entries(schema.shape).map(([name, field]) => {
      return [name, aGuess(field as z.ZodType, random, candidates, path === '' ? name : `${path}.${name}`)] as const;
    });
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  }
  if (schema instanceof z.ZodArray) {
    return Array.from({ length: random.chance(0.25) ? 0 : 1 + random.below(3) }, () =>
      aGuess(schema.element as z.ZodType, random, candidates, `${path}[]`),
    );
  }
  if (schema instanceof z.ZodUnion) return aGuess(random.of(schema.options) as z.ZodType, random, candidates, path);
  if (schema instanceof z.ZodRecord) {
    const key = () => String(aGuess(schema.keyType as z.ZodType, random, candidates, `${path}{key}`));
    return Object.fromEntries(
      Array.from({ length: random.below(3) }, () => [key(), aGuess(schema.valueType as z.ZodType, random, candidates, `${path}{}`)]),
    );
  }
  if (schema instanceof z.ZodEnum) return random.of(schema.options);
  if (schema instanceof z.ZodLiteral) return random.of([...schema.values]);
  if (schema instanceof z.ZodBoolean) return random.chance(0.5);
  if (schema instanceof z.ZodNumber) return aNumber(schema, random);
  return aFitting(schema, () => random.of(candidates(path)));
}

/** One of a dozen guesses that fits, or the last. */
function aFitting(schema: z.ZodType, guess: () => unknown): unknown {
  for (let attempt = 0; attempt < 12; attempt += 1) {
    const value = guess();
    if (schema.safeParse(value).success) return value;
  }
  return guess();
}

function aNumber(schema: z.ZodNumber, random: Random): number {
  const [low, high] = [schema.minValue ?? -1000, schema.maxValue ?? 1000];
  const [from, to] = [Math.max(low, -1e9), Math.min(high, 1e9)];
  const value = random.of([from, to, from + 1, from + (to - from) * random.next(), Math.min(to, Math.max(from, 3))]);
  return schema.isInt ? Math.trunc(value) : value;
}
