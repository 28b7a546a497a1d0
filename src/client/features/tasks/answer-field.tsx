import type { ReactNode } from 'react';
import type { AnswerValue } from '#shared/answers/format.ts';
import type { AnswerFormatDto } from '#shared/tasks.ts';
import { CellsAnswer } from './cells-answer.tsx';
import { OptionsAnswer } from './options-answer.tsx';
import { TextAnswer } from './text-answer.tsx';
import type { Problem } from './verdict.ts';

export interface AnswerFieldProps {
  format: AnswerFormatDto;
  value: AnswerValue;
  onChange: (value: AnswerValue) => void;
  /** A solved task shows its answer and takes no other. */
  readOnly: boolean;
  invalid: boolean;
  problem?: Problem | undefined;
  /** Heading of the task: with several tasks on a page «Ответ» alone does not say to which. */
  headingId: string;
  /** The verdict. */
  describedBy: string;
  /** «Проверить» or «Дальше»: beside a one-line field, under the others. */
  button: ReactNode;
}

export function AnswerField({ format, value, ...rest }: AnswerFieldProps) {
  switch (format.kind) {
    case 'choice':
    case 'choices':
      return <OptionsAnswer format={format} chosen={asList(value)} {...rest} />;
    case 'cells':
      return <CellsAnswer format={format} grid={asGrid(value)} {...rest} />;
    // Has a form of its own: long-answer.tsx.
    case 'long':
      return null;
    default:
      return <TextAnswer format={format} text={typeof value === 'string' ? value : ''} {...rest} />;
  }
}

function asList(value: AnswerValue): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  return value.filter((item) => typeof item === 'string');
}

function asGrid(value: AnswerValue): string[][] {
  return typeof value === 'string' ? [] : value.filter((item) => Array.isArray(item));
}
