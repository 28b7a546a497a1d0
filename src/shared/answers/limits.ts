/** Sizes of an answer. A larger one is refused before it is read, so that reading stays cheap whatever is sent. */
export const ANSWER_LIMITS = {
  textLength: 500,
  options: 40,
  optionIdLength: 20,
  rows: 60,
  cols: 12,
  cellLength: 40,
  criteria: 12,
  criterionPoints: 20,
} as const;
