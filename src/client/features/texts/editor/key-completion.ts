import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { taskKeysFor, valuesOfKey } from '#shared/task-keys.ts';
import type { TextKind } from '#shared/texts.ts';

interface Offer {
  kind: TextKind;
  /** What each key is for. */
  keyWords: Readonly<Record<string, string>>;
  fileNames: () => readonly string[];
}

/** Offers the keys and values that the parser takes (task-keys.ts), and the topic's files behind `files/`. */
export function completeSource({ kind, keyWords, fileNames }: Offer): (context: CompletionContext) => CompletionResult | null {
  return (context) => {
    const line = context.state.doc.lineAt(context.pos);
    const before = line.text.slice(0, context.pos - line.from);
    const file = /files\/([\w.-]*)$/.exec(before);
    if (file) return offer(context.pos - (file[1] ?? '').length, names(fileNames()));
    const inside = kind === 'task' ? frontMatterAround(context.state.doc.toString(), line.number) : null;
    if (!inside) return null;
    const value = /^([a-z-]+):[ \t]+(\S*)$/.exec(before);
    if (value) return offer(context.pos - (value[2] ?? '').length, values(value[1] ?? '', inside.kind));
    const key = /^[a-z-]*$/.exec(before);
    if (!key || (before === '' && !context.explicit)) return null;
    return offer(line.from, keys(inside, keyWords));
  };
}

function offer(from: number, options: Completion[]): CompletionResult | null {
  return options.length === 0 ? null : { from, options, validFor: /^[\w.-]*$/ };
}

function names(files: readonly string[]): Completion[] {
  return files.map((label) => ({ label, type: 'text' }));
}

function values(key: string, kind: string | undefined): Completion[] {
  return valuesOfKey(key, kind).map((label) => ({ label, type: 'enum' }));
}

function keys({ kind, present }: FrontMatter, words: Readonly<Record<string, string>>): Completion[] {
  return taskKeysFor(kind)
    .filter((key) => !present.has(key))
    .map((key, at) => ({ label: key, apply: `${key}: `, detail: words[key], type: 'property', boost: -at }));
}

interface FrontMatter {
  kind: string | undefined;
  /** Keys of the other lines. */
  present: ReadonlySet<string>;
}

/** The front matter, when the line is inside it: also while its end is not typed yet. */
export function frontMatterAround(text: string, lineNumber: number): FrontMatter | null {
  const lines = text.split('\n');
  if (!/^---[ \t]*$/.test(lines[0] ?? '') || lineNumber === 1) return null;
  const end = lines.findIndex((line, at) => at > 0 && /^---[ \t]*$/.test(line));
  if (end !== -1 && lineNumber > end) return null;
  const inside = lines.slice(1, end === -1 ? undefined : end);
  const present = new Set(inside.flatMap((line, at) => (at + 2 === lineNumber ? [] : (/^([a-z-]+):/.exec(line)?.[1] ?? []))));
  return { kind: inside.map((line) => /^kind:\s*(\S+)/.exec(line)?.[1]).find(Boolean), present };
}
