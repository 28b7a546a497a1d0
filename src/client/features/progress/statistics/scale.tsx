import { useStudyText } from '#client/lib/study-text.ts';
import type { ForecastDto } from '#shared/statistics.ts';
import classes from './statistics.module.css';

/** From here on a mark and the 100 at the end would stand on each other. */
const nearEnd = 88;

interface ScaleProps {
  forecast: ForecastDto;
  now: NonNullable<ForecastDto['now']>;
}

/** Where the student stands between 0 and 100: the forecast, its range, the marks on the way. The sentence above it says the same. */
export function Scale({ forecast: { target, marks }, now }: ScaleProps) {
  const text = useStudyText().statistics.forecast;
  const named = marks.map(({ score }) => ({ score, label: score === target ? `${score}+` : `${score}` }));
  return (
    <div className={classes.scale} role="img" aria-label={text.scale({ now: now.score, low: now.low.score, high: now.high.score, target })}>
      <span className={classes.scaleRange} style={{ left: `${now.low.score}%`, width: `${now.high.score - now.low.score}%` }} />
      <span className={classes.scaleTrack}>
        <span className={classes.scaleFill} style={{ width: `${now.score}%` }} />
      </span>
      {named.map(({ score, label }) => (
        <span key={score} className={classes.scaleMark} style={{ left: `${score}%` }}>
          <i />
          {label}
        </span>
      ))}
      {named.every(({ score }) => score < nearEnd) && <span className={classes.scaleEnd}>100</span>}
      <span className={classes.scaleNow} style={{ left: `${now.score}%` }}>
        <b data-end={now.score >= nearEnd || undefined}>{now.score}</b>
      </span>
    </div>
  );
}
