/**
 * The keys of a task's front matter (docs/course-files.md): what the parser takes is what the editor completes. `values` are all a key may have, or
 * what its value may begin with where any text goes.
 */
export const answerKinds = ['number', 'word', 'choice', 'choices', 'sequence', 'set', 'cells', 'long'] as const;
export type AnswerKind = (typeof answerKinds)[number];

/** Keys that belong to the answer, for each kind. */
export const keysOfKind: Record<AnswerKind, readonly string[]> = {
  number: ['tolerance'],
  word: ['spelling'],
  choice: ['options'],
  choices: ['options', 'partial'],
  sequence: ['length', 'partial', 'alphabet'],
  set: ['length', 'partial', 'alphabet'],
  cells: ['grid', 'partial'],
  long: ['criteria'],
};
export const answerKeys = [...new Set(Object.values(keysOfKind).flat())];

export const spellings = ['strict'] as const;
export const oneErrorRules = ['none', 'ege'] as const;
export const cellRules = ['none', 'swapped', 'one-right', 'swapped-or-one-right'] as const;
export const alphabets = ['latin', 'cyrillic'] as const;
export const solutionRules = ['always', 'solved'] as const;

/** Keys of every task, in the order in which they are written. */
export const commonTaskKeys = [
  'title',
  'kind',
  'key',
  'number',
  'points',
  'source',
  'hint-after',
  'chat-after',
  'solution',
  'files',
  'public',
] as const;

export const taskKeys: readonly string[] = [...commonTaskKeys, ...answerKeys];

/** The keys that a task of this kind may have. */
export function taskKeysFor(kind: string | undefined): readonly string[] {
  const known = answerKinds.find((one) => one === kind);
  // A teacher grades a long answer: it has no key.
  const common = known === 'long' ? commonTaskKeys.filter((key) => key !== 'key') : commonTaskKeys;
  return known ? [...common, ...keysOfKind[known]] : taskKeys;
}

/** What may stand behind a key, where that is a matter of choosing. */
export function valuesOfKey(key: string, kind: string | undefined): readonly string[] {
  switch (key) {
    case 'kind':
      return answerKinds;
    case 'solution':
      return [...solutionRules, 'after 3'];
    case 'public':
      return ['yes', 'no'];
    case 'spelling':
      return spellings;
    case 'alphabet':
      return alphabets;
    case 'partial':
      return kind === 'cells' ? cellRules : oneErrorRules;
    default:
      return [];
  }
}
