import type { HomeDto } from '../../progress.ts';
import type { Catalogue } from '../catalogue.ts';

/** How far one is in the topic to go on with. */
export function continueLine({ tasks, task }: NonNullable<HomeDto['continueAt']>, words: Catalogue['progress']['home']): string {
  const { done, total } = tasks;
  if (total === 0) return words.theoryOnly;
  return done === 0 ? words.untouched(total) : words.solvedOf(done, total) + (task ? words.stoppedAt(task.number) : '');
}
