import { isMap, isScalar, isSeq, type Pair, type Scalar, type YAMLMap } from 'yaml';
import type { SourceProblem } from './problems.ts';

export interface Value {
  text: string;
  line: number;
}

/** One map of a YAML text. Every reader notes its own problems and then gives what stands for «nothing usable». */
export interface Fields {
  line: number;
  /** Line of a key, of the map where it has none. */
  lineOf(key: string): number;
  has(key: string): boolean;
  keys(): string[];
  /** Exactly as written; null when absent. */
  raw(key: string): string | null;
  /** One line without outer spaces; null when absent or empty. */
  text(key: string, limit: number): string | null;
  requiredText(key: string, limit: number): string;
  integer<D extends number | null>(key: string, range: { min: number; max: number; otherwise: D }): number | D;
  oneOf<T extends string, D extends T | undefined>(key: string, allowed: readonly T[], otherwise: D): T | D;
  /** A list of texts. */
  list(key: string): Value[];
  /** A list of lists of texts. */
  rows(key: string): string[][];
  /** A map of texts, in order. */
  pairs(key: string): (Value & { key: string })[];
  /** A list of maps. */
  maps(key: string, known: readonly string[]): Fields[];
}

export interface FieldsContext {
  problems: SourceProblem[];
  lineOf: (node: unknown) => number;
}

export function readFields(map: YAMLMap, known: readonly string[], context: FieldsContext): Fields {
  const { problems, lineOf } = context;
  const pairs = new Map(textKeyed(map).map((pair) => [pair.key.value, pair]));
  for (const [key, pair] of pairs) if (!known.includes(key)) problems.push({ line: lineOf(pair.key), code: 'key-unknown', key });

  const keyLine = (key: string) => lineOf(pairs.get(key)?.key ?? map);
  const wrongShape = (key: string, node: unknown, expected: 'text' | 'list' | 'map') => {
    problems.push({ line: node ? lineOf(node) : keyLine(key), code: 'value-shape', key, expected });
  };
  const textOf = (key: string, node: unknown): string | null => {
    if (isScalar(node) && typeof node.value === 'string') return node.value;
    wrongShape(key, node, 'text');
    return null;
  };
  const itemsOf = (key: string): unknown[] => {
    const value = pairs.get(key)?.value;
    if (value === undefined || isSeq(value)) return value?.items ?? [];
    wrongShape(key, value, 'list');
    return [];
  };

  const fields: Fields = {
    line: lineOf(map),
    lineOf: keyLine,
    has: (key) => pairs.has(key),
    keys: () => [...pairs.keys()],
    raw(key) {
      const pair = pairs.get(key);
      return pair ? textOf(key, pair.value) : null;
    },
    text(key, limit) {
      const text = fields.raw(key)?.trim() ?? '';
      if (text.length > limit) problems.push({ line: keyLine(key), code: 'value-too-long', key, limit });
      if (text.includes('\n')) problems.push({ line: keyLine(key), code: 'value-lines', key });
      return text === '' ? null : text;
    },
    requiredText(key, limit) {
      const before = problems.length;
      const text = fields.text(key, limit);
      if (text === null && problems.length === before) problems.push({ line: keyLine(key), code: 'key-missing', key });
      return text ?? '';
    },
    integer(key, { min, max, otherwise }) {
      const raw = fields.raw(key);
      if (raw === null) return otherwise;
      const value = /^\d{1,9}$/.test(raw) ? Number(raw) : Number.NaN;
      if (value >= min && value <= max) return value;
      problems.push({ line: keyLine(key), code: 'value-integer', key, min, max });
      return otherwise;
    },
    oneOf(key, allowed, otherwise) {
      const raw = fields.raw(key);
      if (raw === null) return otherwise;
      const value = allowed.find((one) => one === raw);
      if (value === undefined) problems.push({ line: keyLine(key), code: 'value-choice', key, allowed });
      return value ?? otherwise;
    },
    list: (key) =>
      itemsOf(key).flatMap((item) => {
        const text = textOf(key, item);
        return text === null ? [] : [{ text, line: lineOf(item) }];
      }),
    rows: (key) =>
      itemsOf(key).map((row) => {
        if (isSeq(row)) return row.items.map((cell) => textOf(key, cell) ?? '');
        wrongShape(key, row, 'list');
        return [];
      }),
    pairs(key) {
      const value = pairs.get(key)?.value;
      if (value === undefined) return [];
      if (!isMap(value)) {
        wrongShape(key, value, 'map');
        return [];
      }
      return textKeyed(value).flatMap((pair) => {
        const text = textOf(`${key}: ${pair.key.value}`, pair.value ?? pair.key);
        return text === null ? [] : [{ key: pair.key.value, text, line: lineOf(pair.key) }];
      });
    },
    maps: (key, knownInside) =>
      itemsOf(key).flatMap((item) => {
        if (isMap(item)) return [readFields(item, knownInside, context)];
        wrongShape(key, item, 'map');
        return [];
      }),
  };
  return fields;
}

/** Other keys are an error of the YAML itself, noted where it is read. */
function textKeyed(map: YAMLMap): Pair<Scalar<string>>[] {
  return map.items.filter((pair): pair is Pair<Scalar<string>> => isScalar(pair.key) && typeof pair.key.value === 'string');
}
