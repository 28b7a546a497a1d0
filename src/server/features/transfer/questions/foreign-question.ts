import type { QuestionColumn, QuestionNote, QuestionProblem } from '#shared/transfer.ts';
import { oneLine } from '../canonical.ts';
import { UnreadableHtml } from './html-tree.ts';
import { judge } from './judge.ts';
import { matchingTask } from './matching.ts';
import { NoCounterpart } from './no-counterpart.ts';
import type { QuestionFile, ReadQuestion } from './question.ts';
import { type HeadLine, writeSource } from './source-writer.ts';
import { type ForeignText, type Pictures, toInline, toMarkdown, writeInline } from './to-markdown.ts';

/** A question of another system. */
export interface ForeignQuestion {
  /** 1, 2, … in its file. */
  place: number;
  name: string | null;
  statement: ForeignText;
  points: number;
  hint: ForeignText | null;
  solution: ForeignText | null;
  answer: ForeignAnswer;
  notes: QuestionNote[];
  /** Pictures that came along, by the address under which the texts show them. Null: there is no such picture. */
  picture: (address: string) => QuestionFile | null;
}

export type ForeignAnswer =
  | { kind: 'options'; options: { text: ForeignText; isRight: boolean }[]; isSingle: boolean }
  | { kind: 'word'; accepted: string[] }
  | { kind: 'number'; key: string; tolerance: string | null }
  | { kind: 'matching'; pairs: { left: ForeignText | null; right: ForeignText }[] }
  | { kind: 'long' }
  | { kind: 'none'; problem: QuestionProblem };

const longestText = 100_000;
const longestTitle = 120;

/** The same question as a task of ours, or why there is no such task. */
export function questionOfForeign(question: ForeignQuestion): ReadQuestion {
  const { place, notes, answer } = question;
  const read = { place, title: question.name ?? '', source: null, parsed: null, files: [], notes };
  const refused = (problem: QuestionProblem): ReadQuestion => ({ ...read, problems: [{ column: columnOf(problem), problem }] });
  if (answer.kind === 'none') return refused(answer.problem);
  try {
    return { ...read, ...taskOf(question, answer) };
  } catch (error) {
    if (error instanceof NoCounterpart) return refused(error.problem);
    // Markup nested so deeply that nobody could have written it by hand.
    if (error instanceof UnreadableHtml || error instanceof RangeError) return refused({ code: 'question-unreadable' });
    throw error;
  }
}

function columnOf({ code }: QuestionProblem): QuestionColumn | null {
  if (code === 'question-no-answer' || code === 'question-several-answers' || code === 'question-wildcard' || code === 'question-pairs')
    return 'key';
  return code === 'question-kind' ? 'kind' : null;
}

function taskOf(question: ForeignQuestion, answer: Exclude<ForeignAnswer, { kind: 'none' }>): Omit<ReadQuestion, 'place' | 'notes'> {
  const files = new Map<string, QuestionFile>();
  const pictures: Pictures = (address) => {
    const file = question.picture(address);
    if (!file) throw new NoCounterpart({ code: 'question-picture', name: address.slice(0, 100) });
    files.set(file.name, file);
    return `files/${file.name}`;
  };
  const texts = [question.statement, question.hint, question.solution].flatMap((text) => (text ? [text] : []));
  if (texts.some(isTooLong)) throw new NoCounterpart({ code: 'question-too-long', limit: longestText });
  const written = (text: ForeignText | null) => (text ? toMarkdown(text, pictures) : '');
  const { head, extra } = answerOf(answer, question.points, pictures);
  const statement = [written(question.statement), extra].filter((part) => part !== '').join('\n\n');
  const title = titleOf(question.name, statement);
  const source = writeSource({
    head: [
      { key: 'title', value: title, column: 'title' },
      ...head,
      { key: 'points', value: answer.kind === 'long' || question.points === 1 ? null : String(question.points), column: 'points' },
    ],
    more: '',
    statement,
    hint: written(question.hint),
    solution: written(question.solution),
  });
  return { title, files: [...files.values()], ...judge(source) };
}

/** Pictures inside a text are not its length. */
function isTooLong({ text }: ForeignText): boolean {
  return text.length > longestText && text.replace(/;base64,[A-Za-z0-9+/=\s]+/g, '').length > longestText;
}

/** Its name, or the first words of the question. */
function titleOf(name: string | null, statement: string): string {
  const words = oneLine(name ?? '') || oneLine(statement.replace(/[#*$\\`>|]|!?\[[^\]]*\]\([^)]*\)/g, ' ')).replace(/\s+/g, ' ');
  return words.length > longestTitle ? `${words.slice(0, longestTitle - 1).trimEnd()}…` : words;
}

function answerOf(
  answer: Exclude<ForeignAnswer, { kind: 'none' }>,
  points: number,
  pictures: Pictures,
): { head: HeadLine[]; extra: string } {
  const kind = (value: string): HeadLine => ({ key: 'kind', value, column: 'kind' });
  switch (answer.kind) {
    case 'options': {
      const rights = answer.options.flatMap(({ isRight }, place) => (isRight ? [String(place + 1)] : []));
      const [first] = rights;
      if (first === undefined) throw new NoCounterpart({ code: 'question-no-answer' });
      if (answer.isSingle && rights.length > 1) throw new NoCounterpart({ code: 'question-several-answers' });
      const options = Object.fromEntries(answer.options.map(({ text }, place) => [String(place + 1), inLine(text, pictures)]));
      const key: HeadLine = { key: 'key', value: answer.isSingle ? first : rights, column: 'key' };
      return {
        head: [kind(answer.isSingle ? 'choice' : 'choices'), key, { key: 'options', value: options, column: 'options' }],
        extra: '',
      };
    }
    case 'word':
      if (answer.accepted.length === 0) throw new NoCounterpart({ code: 'question-no-answer' });
      if (answer.accepted.some((word) => /(?<!\\)\*/.test(word))) throw new NoCounterpart({ code: 'question-wildcard' });
      return { head: [kind('word'), { key: 'key', value: withoutRepeats(answer.accepted), column: 'key' }], extra: '' };
    case 'number':
      return {
        head: [
          kind('number'),
          { key: 'key', value: answer.key, column: 'key' },
          { key: 'tolerance', value: answer.tolerance, column: 'tolerance' },
        ],
        extra: '',
      };
    case 'matching':
      return matchingTask(answer.pairs, pictures);
    case 'long':
      // One criterion for all points: its author knows better and will name them.
      return {
        head: [kind('long'), { key: 'criteria', value: [{ id: 'K1', title: 'Ответ', max: String(points) }], column: 'options' }],
        extra: '',
      };
  }
}

function withoutRepeats(words: string[]): string[] {
  const plain = words.map((word) => oneLine(word.replaceAll('\\*', '*')));
  return plain.filter((word, at) => plain.findIndex((one) => one.toLowerCase() === word.toLowerCase()) === at);
}

/** @throws NoCounterpart where it does not fit into one line */
function inLine(text: ForeignText, pictures: Pictures): string {
  if (isTooLong(text)) throw new NoCounterpart({ code: 'question-too-long', limit: longestText });
  const line = toInline(text, pictures);
  if (!line) throw new NoCounterpart({ code: 'question-unreadable' });
  return text.format === 'markdown' ? oneLine(text.text) : writeInline(line);
}
