import { useText } from '#client/lib/i18n.tsx';
import { Mark } from '#client/ui/mark.tsx';
import type_ from '#client/ui/type.module.css';
import type { Catalogue } from '#shared/i18n/catalogue.ts';
import type { StreakDto } from '#shared/progress.ts';
import classes from './home.module.css';

export function Streak({ streak }: { streak: StreakDto }) {
  const text = useText().progress.streak;
  return (
    <section aria-labelledby="streak">
      <h2 id="streak" className={classes.streak}>
        {streak.now === 0 ? (
          text.startsToday
        ) : (
          <>
            <span className={classes.big}>{streak.now}</span> <span>{text.title(streak.now)}</span>
          </>
        )}
      </h2>
      <ol className={classes.week} aria-label={text.week}>
        {streak.week.map((day, index) => (
          <li key={day.on} aria-current={day.today ? 'date' : undefined}>
            {day.counted ? <Mark size={24} /> : <span className={classes.day} data-today={day.today || undefined} />}
            <span className={classes.weekday} aria-hidden="true">
              {text.weekdays[index]}
            </span>
            <span className={type_.hidden}>
              {text.weekdaysLong[index]}: {stateOf(day, text)}
            </span>
          </li>
        ))}
      </ol>
      <p className={classes.rule}>{ruleOf(streak, text)}</p>
    </section>
  );
}

function stateOf(day: StreakDto['week'][number], text: Catalogue['progress']['streak']): string {
  if (day.counted) return text.counted;
  if (day.future) return text.future;
  return day.today ? text.notYet : text.notCounted;
}

/** What keeps or makes the streak, never what was lost. */
function ruleOf({ now, best, todayCounted }: StreakDto, text: Catalogue['progress']['streak']): string {
  if (now === 0) return best > 0 ? `${text.rule} ${text.best(best)}` : text.rule;
  const today = todayCounted ? text.safe : text.grow(now + 1);
  return best > now ? `${today} ${text.best(best)}` : today;
}
