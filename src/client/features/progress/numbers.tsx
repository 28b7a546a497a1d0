import type { ReactNode } from 'react';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import type { CountDto } from '#shared/courses.ts';
import type { StreakDto } from '#shared/progress.ts';
import classes from './profile.module.css';

interface NumbersProps {
  counted: { topics: CountDto; tasks: CountDto; firstTry: CountDto | null };
  streak: StreakDto;
}

/** Four numbers, each with its whole. */
export function Numbers({ counted: { topics, tasks, firstTry }, streak }: NumbersProps) {
  const text = useText().progress.profile;
  const format = useFormat();
  const percent = firstTry && firstTry.total > 0 ? format.percent(firstTry.done / firstTry.total) : null;
  return (
    <section className={classes.numbers} aria-label={text.numbers}>
      <Figure value={format.number(topics.done)} unit={`/${format.number(topics.total)}`} words={text.topics(topics.total)} />
      <Figure value={format.number(tasks.done)} unit={`/${format.number(tasks.total)}`} words={text.tasks(tasks.total)} />
      <Figure value={format.number(streak.now)} unit={<> {text.days(streak.now)}</>} words={text.streak(streak.best)} />
      {percent === null ? (
        <Figure value="–" words={text.firstTryNone} />
      ) : (
        <Figure value={percent.replace(/\D+$/, '')} unit={percent.replace(/^\d+/, '')} words={text.firstTry} />
      )}
    </section>
  );
}

function Figure({ value, unit, words }: { value: string; unit?: ReactNode; words: string }) {
  return (
    <div>
      <p className={classes.number}>
        <b>{value}</b>
        {unit}
      </p>
      <p className={classes.words}>{words}</p>
    </div>
  );
}
