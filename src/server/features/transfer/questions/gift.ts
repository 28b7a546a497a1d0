import type { GIFTQuestion, NumericalFormat, TextChoice, TextFormat } from 'gift-pegjs';
import gift from 'gift-pegjs';
import type { QuestionNote } from '#shared/transfer.ts';
import { normaliseSource } from '../source-text.ts';
import type { ForeignAnswer, ForeignQuestion } from './foreign-question.ts';
import { numberText } from './number-text.ts';
import type { ForeignText } from './to-markdown.ts';

const longestQuestion = 50_000;

/** Reads a file of GIFT questions. Questions are parted by empty lines, so that a mistake in one spoils no other. */
export function readGift(text: string): ForeignQuestion[] {
  const questions: ForeignQuestion[] = [];
  for (const { block, line } of blocksOf(text)) {
    for (const read of readBlock(block, line)) {
      if (read.type === 'Category') continue;
      questions.push({ place: questions.length + 1, picture: () => null, ...questionOf(read) });
    }
  }
  return questions;
}

interface Block {
  block: string;
  /** At which it begins. */
  line: number;
}

function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let lines: string[] = [];
  const end = (line: number) => {
    // Notes of their author alone are no question.
    if (lines.some((one) => one.trim() !== '' && !one.trim().startsWith('//')))
      blocks.push({ block: lines.join('\n'), line: line - lines.length });
    lines = [];
  };
  const all = normaliseSource(text).split('\n');
  for (const [at, line] of all.entries()) {
    if (line.trim() === '') end(at + 1);
    else lines.push(line);
  }
  end(all.length + 1);
  return blocks;
}

type Read = GIFTQuestion | { type: 'Broken'; title: string; problem: Extract<ForeignAnswer, { kind: 'none' }>['problem'] };

function readBlock(block: string, line: number): Read[] {
  const title = /::([^:\n]+)::/.exec(block)?.[1]?.trim() ?? '';
  if (block.length > longestQuestion) return [{ type: 'Broken', title, problem: { code: 'question-too-long', limit: longestQuestion } }];
  try {
    return gift.parse(`${block}\n`);
  } catch (error) {
    const at = error instanceof Error && 'location' in error ? (error.location as { start?: { line?: number } }).start?.line : undefined;
    const lines = block.split('\n').length;
    return [{ type: 'Broken', title, problem: { code: 'question-syntax', line: line - 1 + Math.min(lines, at ?? 1) } }];
  }
}

type Without = Omit<ForeignQuestion, 'place' | 'picture'>;

function questionOf(read: Exclude<Read, { type: 'Category' }>): Without {
  const common = { name: read.title?.trim() || null, points: 1, hint: null };
  if (read.type === 'Broken') {
    return { ...common, statement: nothing, solution: null, answer: { kind: 'none', problem: read.problem }, notes: [] };
  }
  const statement = textOf(read.stem);
  const solution = 'globalFeedback' in read && read.globalFeedback ? textOf(read.globalFeedback) : null;
  const notes: QuestionNote[] = [
    ...(read.hasEmbeddedAnswers ? (['blank-kept'] as const) : []),
    ...('choices' in read && Array.isArray(read.choices) && read.choices.some(({ feedback }) => feedback)
      ? (['feedback-dropped'] as const)
      : []),
    ...(hasParts(read) ? (['partial-dropped'] as const) : []),
  ];
  return { ...common, statement, solution, answer: answerOf(read), notes };
}

const nothing: ForeignText = { format: 'plain', text: '' };

/** «moodle» is whatever it looks like. */
function textOf({ format, text }: TextFormat): ForeignText {
  if (format === 'html' || format === 'markdown') return { format, text };
  return { format: format === 'moodle' && /<[a-z][^>]*>/i.test(text) ? 'html' : 'plain', text };
}

function hasParts(read: GIFTQuestion): boolean {
  if (!('choices' in read) || !Array.isArray(read.choices)) return false;
  const weights = read.choices.flatMap(({ weight, isCorrect }) =>
    weight !== null && weight > 0 && weight < 100 ? [{ weight, isCorrect }] : [],
  );
  // Of several right options each is a part by nature; of one right answer the others are not.
  return read.type === 'MC' && !read.choices.some(({ isCorrect }) => isCorrect)
    ? new Set(weights.map(({ weight }) => weight)).size > 1
    : weights.length > 0;
}

function answerOf(read: Exclude<GIFTQuestion, { type: 'Category' }>): ForeignAnswer {
  switch (read.type) {
    case 'MC':
      return optionsOf(read.choices);
    case 'TF': {
      const option = (text: string, isRight: boolean) => ({ text: { format: 'plain' as const, text }, isRight });
      return { kind: 'options', isSingle: true, options: [option('Верно', read.isTrue), option('Неверно', !read.isTrue)] };
    }
    case 'Short':
      return { kind: 'word', accepted: read.choices.filter(isFull).map(({ text }) => text.text) };
    case 'Numerical':
      return numberOf(Array.isArray(read.choices) ? read.choices.filter(isFull).map(({ text }) => text) : [read.choices]);
    case 'Matching':
      return {
        kind: 'matching',
        pairs: read.matchPairs.map(({ subquestion, subanswer }) => ({
          left: subquestion.text.trim() === '' ? null : textOf(subquestion),
          right: { format: 'plain', text: subanswer },
        })),
      };
    case 'Essay':
      return { kind: 'long' };
    default:
      return { kind: 'none', problem: { code: 'question-kind', kind: read.type } };
  }
}

const isFull = ({ weight, isCorrect }: { weight: number | null; isCorrect: boolean }) => isCorrect && (weight === null || weight === 100);

/** With «=» one is right; with shares of points alone several are. */
function optionsOf(choices: TextChoice[]): ForeignAnswer {
  const isSingle = choices.some(({ isCorrect }) => isCorrect);
  return {
    kind: 'options',
    isSingle,
    options: choices.map((choice) => ({ text: textOf(choice.text), isRight: isSingle ? isFull(choice) : (choice.weight ?? 0) > 0 })),
  };
}

function numberOf(accepted: NumericalFormat[]): ForeignAnswer {
  const [only, ...others] = accepted;
  if (!only) return { kind: 'none', problem: { code: 'question-no-answer' } };
  if (others.length > 0) return { kind: 'none', problem: { code: 'question-several-answers' } };
  const { type, number = 0, range = 0, numberLow = 0, numberHigh = 0 } = only;
  if (type !== 'high-low') return { kind: 'number', key: numberText(number), tolerance: range === 0 ? null : numberText(range) };
  return { kind: 'number', key: numberText((numberLow + numberHigh) / 2), tolerance: numberText(Math.abs(numberHigh - numberLow) / 2) };
}
