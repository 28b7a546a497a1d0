import { isMap, isScalar, parseDocument, stringify } from 'yaml';
import { type AnswerKind, answerKinds } from '#shared/task-keys.ts';

const options = ['options:', '  a:', '  b:', '  c:', '  d:'];
/** What a new task of a kind begins with. Nothing is made up, so that nobody publishes an invented key. */
const answerLines: Record<AnswerKind, string[]> = {
  number: ['key:', 'points: 1'],
  word: ['key: []', 'points: 1'],
  choice: ['key:', ...options, 'points: 1'],
  choices: ['key: []', ...options, 'partial: ege', 'points: 1'],
  sequence: ['key:', 'points: 1'],
  set: ['key:', 'points: 1'],
  cells: ['key: [[]]', 'points: 1'],
  long: ['criteria:', '  - id: K1', '    title:', '    max: 1'],
};

/** The source of a task that was just made, with empty places for what its author has to say. */
export function templateOf(title: string, kind: AnswerKind): string {
  return ['---', `title: ${yamlText(title)}`, `kind: ${kind}`, ...answerLines[kind], '---', '', ''].join('\n');
}

/** The kind that a text names, whatever else is wrong with it. */
export function kindIn(source: string): AnswerKind | null {
  const named = /^kind:[ \t]*["']?([a-z]+)/m.exec(frontMatterOf(source)?.yaml ?? '')?.[1];
  return answerKinds.find((kind) => kind === named) ?? null;
}

/** The text with another title and not a character changed besides; null where it has no front matter that could be read. */
export function retitled(source: string, title: string): string | null {
  const front = frontMatterOf(source);
  if (!front) return null;
  const document = parseDocument(front.yaml, { schema: 'failsafe' });
  if (document.errors.length > 0 || !isMap(document.contents)) return null;
  const pair = document.contents.items.find(({ key }) => isScalar(key) && key.value === 'title');
  const put = (from: number, to: number, text: string) => source.slice(0, front.start + from) + text + source.slice(front.start + to);
  if (!pair) return put(0, 0, `title: ${yamlText(title)}\n`);
  const { key, value } = pair;
  const keyEnd = isScalar(key) ? key.range?.[1] : undefined;
  if (keyEnd === undefined) return null;
  // An empty value has no place of its own: it goes behind the colon.
  const range = isScalar(value) && value.source !== '' ? value.range : null;
  if (!range) return put(keyEnd, front.yaml.indexOf(':', keyEnd) + 1, `: ${yamlText(title)}`);
  // A block (`title: >`) takes its last line break with it.
  const [from, to] = range;
  return put(from, to, yamlText(title) + (front.yaml.slice(from, to).endsWith('\n') ? '\n' : ''));
}

/** Which of these files a text speaks of. Read without parsing: a draft may be broken. */
export function mentionedFiles(texts: readonly string[], names: readonly string[]): string[] {
  return names.filter((name) => {
    const pattern = new RegExp(`(?<![\\w.-])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w-]|\\.\\w)`);
    return texts.some((text) => pattern.test(text));
  });
}

function frontMatterOf(source: string): { yaml: string; start: number } | null {
  const begin = /^\uFEFF?---[ \t]*\r?\n/.exec(source);
  if (!begin) return null;
  const start = begin[0].length;
  const end = /^---[ \t]*\r?$/m.exec(source.slice(start));
  return end ? { yaml: source.slice(start, start + end.index), start } : null;
}

function yamlText(text: string): string {
  return stringify(text, { lineWidth: 0 }).trimEnd();
}
