import type { QuestionNote, QuestionsRefusal } from '#shared/transfer.ts';
import type { ForeignAnswer, ForeignQuestion } from './foreign-question.ts';
import { pictureReader } from './moodle-pictures.ts';
import { numberText } from './number-text.ts';
import type { ForeignText } from './to-markdown.ts';
import { readXml, type XmlElement } from './xml-tree.ts';

export type MoodleRead = { ok: true; questions: ForeignQuestion[] } | { ok: false; refusal: QuestionsRefusal };

/** Reads questions as Moodle exports them. */
export function readMoodle(source: string): MoodleRead {
  const text = source.replace(/^\uFEFF/, '').trimStart();
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text.replace(/<!\[CDATA\[[\s\S]*?\]\]>/g, ''))) return { ok: false, refusal: { code: 'xml-doctype' } };
  const read = readXml(text);
  if (!read.ok) return { ok: false, refusal: { code: 'xml-broken', line: read.line } };
  if (!read.root.has('quiz')) return { ok: false, refusal: { code: 'xml-no-quiz' } };
  const asked = read.root
    .one('quiz')
    .all('question')
    .filter((question) => question.attribute('type') !== 'category');
  return { ok: true, questions: asked.map((question, at) => questionOf(question, at + 1)) };
}

function questionOf(question: XmlElement, place: number): ForeignQuestion {
  const name = textIn(question.one('name')).text.trim();
  const statement = textIn(question.one('questiontext'));
  const feedback = textIn(question.one('generalfeedback'));
  const hint = question.has('hint') ? textIn(question.one('hint')) : null;
  return {
    place,
    name: name === '' ? null : name,
    statement,
    points: pointsOf(question.one('defaultgrade').text),
    hint: hint && !isEmpty(hint) ? hint : null,
    solution: isEmpty(feedback) ? null : feedback,
    answer: answerOf(question),
    notes: notesOf(question),
    picture: pictureReader(question),
  };
}

/** `<text>` in an element that says how it is written. */
function textIn(element: XmlElement): ForeignText {
  const text = element.one('text').text.replace(/\r\n?/g, '\n').trim();
  switch (element.attribute('format')) {
    case 'markdown':
      return { format: 'markdown', text };
    case 'plain_text':
      return { format: 'plain', text };
    case 'moodle_auto_format':
      return { format: /<[a-z][^>]*>/i.test(text) ? 'html' : 'plain', text };
    default:
      return { format: element.attribute('format') === 'html' || /<[a-z][^>]*>|&\w+;/i.test(text) ? 'html' : 'plain', text };
  }
}

function isEmpty({ text }: ForeignText): boolean {
  return !/<img/i.test(text) && text.replace(/<[^>]*>|&nbsp;/g, '').trim() === '';
}

function pointsOf(grade: string): number {
  const points = Math.round(Number.parseFloat(grade));
  return Number.isFinite(points) ? Math.min(20, Math.max(1, points)) : 1;
}

function answerOf(question: XmlElement): ForeignAnswer {
  const answers = question.all('answer');
  const type = question.attribute('type');
  switch (type) {
    case 'multichoice': {
      const isSingle = /^(true|1)$/i.test(question.one('single').text.trim());
      const options = answers.map((answer) => ({ text: textIn(answer), isRight: isSingle ? isFull(answer) : fractionOf(answer) > 0 }));
      return { kind: 'options', isSingle, options };
    }
    case 'truefalse': {
      const isTrue = answers.some((answer) => isFull(answer) && /^true$/i.test(answer.one('text').text.trim()));
      const option = (text: string, isRight: boolean) => ({ text: { format: 'plain' as const, text }, isRight });
      return { kind: 'options', isSingle: true, options: [option('Верно', isTrue), option('Неверно', !isTrue)] };
    }
    case 'shortanswer':
      return { kind: 'word', accepted: answers.filter(isFull).map((answer) => answer.one('text').text.trim()) };
    case 'numerical':
      return numberOf(answers.filter(isFull));
    case 'matching':
      return {
        kind: 'matching',
        pairs: question.all('subquestion').map((pair) => {
          const left = textIn(pair);
          return { left: isEmpty(left) ? null : left, right: { format: 'plain', text: pair.one('answer').one('text').text.trim() } };
        }),
      };
    case 'essay':
      return { kind: 'long' };
    default:
      return { kind: 'none', problem: { code: 'question-kind', kind: type.slice(0, 60) || '?' } };
  }
}

function fractionOf(answer: XmlElement): number {
  return Number.parseFloat(answer.attribute('fraction')) || 0;
}

const isFull = (answer: XmlElement) => fractionOf(answer) >= 100;

function numberOf(accepted: XmlElement[]): ForeignAnswer {
  const [only, ...others] = accepted;
  if (!only) return { kind: 'none', problem: { code: 'question-no-answer' } };
  if (others.length > 0) return { kind: 'none', problem: { code: 'question-several-answers' } };
  const key = only.one('text').text.trim();
  if (key === '*') return { kind: 'none', problem: { code: 'question-wildcard' } };
  const tolerance = Number.parseFloat(only.one('tolerance').text);
  return { kind: 'number', key: key.replace('.', ','), tolerance: tolerance > 0 ? numberText(tolerance) : null };
}

function notesOf(question: XmlElement): QuestionNote[] {
  const answers = question.all('answer');
  const parts = answers.map(fractionOf).filter((fraction) => fraction > 0 && fraction < 100);
  const isSingle = question.attribute('type') !== 'multichoice' || /^(true|1)$/i.test(question.one('single').text.trim());
  const hasFeedback = answers.some((answer) => answer.has('feedback') && !isEmpty(textIn(answer.one('feedback'))));
  const isPartial = isSingle ? parts.length > 0 : new Set(parts).size > 1;
  return [...(isPartial ? (['partial-dropped'] as const) : []), ...(hasFeedback ? (['feedback-dropped'] as const) : [])];
}
