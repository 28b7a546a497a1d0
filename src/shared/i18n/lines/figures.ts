import type { CountDto } from '../../courses.ts';
import type { StreakDto } from '../../progress.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Format } from '../format.ts';

export interface Counted {
  topics: CountDto;
  tasks: CountDto;
  /** Null: nothing was tried yet. */
  firstTry: CountDto | null;
}

export interface Figure {
  value: string;
  /** Its whole, or what it counts; as small as the words. */
  unit: string;
  words: string;
}

/** The four numbers of a student: topics, tasks, days in a row, answers that were right at the first try. */
export function figuresOf(
  { topics, tasks, firstTry }: Counted,
  streak: Pick<StreakDto, 'now' | 'best'>,
  words: Catalogue['progress']['profile'],
  format: Pick<Format, 'number' | 'percent'>,
): Figure[] {
  const percent = firstTry && firstTry.total > 0 ? format.percent(firstTry.done / firstTry.total) : null;
  return [
    { value: format.number(topics.done), unit: `/${format.number(topics.total)}`, words: words.topics(topics.total) },
    { value: format.number(tasks.done), unit: `/${format.number(tasks.total)}`, words: words.tasks(tasks.total) },
    { value: format.number(streak.now), unit: ` ${words.days(streak.now)}`, words: words.streak(streak.best) },
    percent === null
      ? { value: '–', unit: '', words: words.firstTryNone }
      : { value: percent.replace(/\D+$/, ''), unit: percent.replace(/^\d+/, ''), words: words.firstTry },
  ];
}
