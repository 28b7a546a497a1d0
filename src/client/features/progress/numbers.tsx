import { useFormat, useText } from '#client/lib/i18n.tsx';
import { type Counted, figuresOf } from '#shared/i18n/lines/figures.ts';
import type { StreakDto } from '#shared/progress.ts';
import classes from './profile.module.css';

interface NumbersProps {
  counted: Counted;
  streak: StreakDto;
}

/** Four numbers, each with its whole. */
export function Numbers({ counted, streak }: NumbersProps) {
  const text = useText().progress.profile;
  const figures = figuresOf(counted, streak, text, useFormat());
  return (
    <section className={classes.numbers} aria-label={text.numbers}>
      {figures.map(({ value, unit, words }) => (
        <div key={words}>
          <p className={classes.number}>
            <b>{value}</b>
            {unit}
          </p>
          <p className={classes.words}>{words}</p>
        </div>
      ))}
    </section>
  );
}
