import { isMap, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import type { YamlFault } from '#shared/source-problems.ts';
import { type Fields, readFields } from './fields.ts';
import type { SourceProblem } from './problems.ts';
import { isReadable, isStorable, linesIn } from './source-text.ts';

export interface SplitSource {
  fields: Fields;
  body: string;
  /** Line of the file at which the body begins. */
  bodyLine: number;
}

/** Reads the front matter of a course file. Null when there is none that could be read; why, stands in `problems`. */
export function splitSource(text: string, known: readonly string[], problems: SourceProblem[]): SplitSource | null {
  if (!isStorable(text, problems)) return null;
  const begin = /^---[ \t]*\n/.exec(text);
  if (!begin) {
    problems.push({ line: 1, code: 'front-matter-missing' });
    return null;
  }
  const yamlAndRest = text.slice(begin[0].length);
  const end = /^---[ \t]*(?:\n|$)/m.exec(yamlAndRest);
  if (!end) {
    problems.push({ line: 1, code: 'front-matter-open' });
    return null;
  }
  const yaml = yamlAndRest.slice(0, end.index);
  const contents = readYaml(yaml, 2, problems);
  if (!contents) return null;
  if (!isMap(contents.root)) {
    problems.push({ line: 2, code: 'yaml', fault: 'map', reason: 'it must be a list of «key: value» lines' });
    return null;
  }
  const bodyStart = end.index + end[0].length;
  const bodyLine = 2 + linesIn(yamlAndRest.slice(0, bodyStart));
  const body = yamlAndRest.slice(bodyStart);
  if (!isReadable(body, bodyLine, problems)) return null;
  return { fields: readFields(contents.root, known, { problems, lineOf: contents.lineOf }), body, bodyLine };
}

/** What stands below the front matter, whatever is wrong with that one; nothing where reading it would take too long. */
export function bodyOf(text: string): string {
  const body = text.replace(/^---[ \t]*\n(?:[\s\S]*?^---[ \t]*(?:\n|$)|(?:.+\n)*)/m, '');
  return isStorable(text, []) && isReadable(body, 1, []) ? body : '';
}

/** Reads a file that is a YAML list of maps. */
export function readYamlList(text: string, known: readonly string[], problems: SourceProblem[]): Fields[] {
  if (!isStorable(text, problems)) return [];
  const contents = readYaml(text, 1, problems);
  if (!contents) return [];
  if (!isSeq(contents.root)) {
    problems.push({ line: 1, code: 'yaml', fault: 'list', reason: 'it must be a list: every entry begins with «- »' });
    return [];
  }
  const context = { problems, lineOf: contents.lineOf };
  return contents.root.items.flatMap((item) => {
    if (isMap(item)) return [readFields(item, known, context)];
    problems.push({ line: contents.lineOf(item), code: 'yaml', fault: 'entry', reason: 'an entry must be a list of «key: value» lines' });
    return [];
  });
}

/** The reader's own names of what authors get wrong most. */
const faults: { [code: string]: YamlFault } = {
  BAD_ALIAS: 'quote',
  BAD_DIRECTIVE: 'quote',
  BAD_SCALAR_START: 'quote',
  BAD_DQ_ESCAPE: 'quote',
  BAD_INDENT: 'indent',
  BLOCK_AS_IMPLICIT_KEY: 'quote',
  MISSING_CHAR: 'colon',
  MULTILINE_IMPLICIT_KEY: 'colon',
  TAB_AS_INDENT: 'tab',
};

/** Only text, lists and maps: under the failsafe schema `12,50`, `007` and `no` stay what was typed. Null where the YAML itself is wrong. */
function readYaml(yaml: string, firstLine: number, problems: SourceProblem[]): { root: unknown; lineOf: (node: unknown) => number } | null {
  const counter = new LineCounter();
  const lineAt = (offset: number) => firstLine - 1 + counter.linePos(offset).line;
  const lineOf = (node: unknown) => lineAt((node as { range?: [number, number, number] | null } | null)?.range?.[0] ?? 0);
  const reasons = new Map<number, { fault: YamlFault; reason: string }>();
  const refuse = (line: number, reason: string, fault: YamlFault) => {
    // What is wrong in one place is reported by the parser in many words; the first are the best.
    if (!reasons.has(line) && reasons.size < 5) reasons.set(line, { fault, reason });
  };
  const document = parseDocument(yaml, { schema: 'failsafe', lineCounter: counter, prettyErrors: false, stringKeys: true });
  for (const { code, message, pos } of document.errors) {
    const line = lineAt(pos[0]);
    if (code === 'DUPLICATE_KEY') problems.push({ line, code: 'key-twice', key: /^[^\s:]*/.exec(yaml.slice(pos[0]))?.[0] ?? '' });
    else refuse(line, message, faults[code] ?? 'other');
  }
  visit(document, {
    Alias: (_, node) => refuse(lineOf(node), 'a value that begins with * must be quoted', 'quote'),
    Value(_, node) {
      if (node.anchor) refuse(lineOf(node), 'a value that begins with & must be quoted', 'quote');
      if (node.tag) refuse(lineOf(node), 'a value that begins with ! must be quoted', 'quote');
    },
  });
  for (const [line, found] of reasons) problems.push({ line, code: 'yaml', ...found });
  return reasons.size === 0 ? { root: document.contents, lineOf } : null;
}
