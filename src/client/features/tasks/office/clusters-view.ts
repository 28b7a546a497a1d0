import type { ShownAnswerDto } from '#shared/clusters.ts';

const longest = 80;

/** An answer within a sentence: options by their places, a table of answers shortened. */
export function answerInLine(answer: ShownAnswerDto): string {
  const text = answer.kind === 'text' ? answer.text : answer.chosen.map(({ place }) => place).join(', ');
  return text.length <= longest ? text : `${text.slice(0, longest - 1).trimEnd()}…`;
}
