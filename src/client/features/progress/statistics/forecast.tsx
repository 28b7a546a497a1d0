import { useStudyText } from '#client/lib/study-text.ts';
import type_ from '#client/ui/type.module.css';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { ForecastDto } from '#shared/statistics.ts';
import { forecastRule } from '#shared/statistics-rules.ts';
import { Scale } from './scale.tsx';
import classes from './statistics.module.css';
import { gapsOf } from './view.ts';

interface ForecastsProps {
  forecasts: ForecastDto[];
  /** The reader is the student. */
  own: boolean;
}

export function Forecasts({ forecasts, own }: ForecastsProps) {
  const text = useStudyText().statistics.forecast;
  const nameCourse = forecasts.length > 1;
  const early = forecasts.filter(isEarly);
  // The rule is said once, however many courses wait for their answers.
  const shown = early.length > 1 ? forecasts.filter((forecast) => !isEarly(forecast)) : forecasts;
  const years = [...new Set(forecasts.filter(({ now }) => now !== null).map(({ year }) => year))].sort();
  return (
    <section aria-labelledby="forecast">
      <h2 id="forecast">{text.title}</h2>
      {shown.map((forecast) => (
        <div key={forecast.courseSlug} className={nameCourse ? classes.forecast : undefined}>
          {nameCourse && (
            <h3 lang="ru" className={type_.h4}>
              {setTitle(forecast.courseTitle)}
            </h3>
          )}
          <Forecast forecast={forecast} />
        </div>
      ))}
      {early.length > 1 && (
        <div className={classes.forecast}>
          <p className={classes.note}>{text.earlyRule(forecastRule)}</p>
          <ul className={classes.early}>
            {early.map(({ courseSlug, courseTitle, basis }) => (
              <li key={courseSlug}>
                {setTitle(courseTitle)}: {text.earlyCounts(basis)}
              </li>
            ))}
          </ul>
        </div>
      )}
      {years.length > 0 && <p className={classes.basis}>{text.basis({ years, days: forecastRule.days, own })}</p>}
    </section>
  );
}

/** A forecast will come, once there are answers enough. */
function isEarly({ now, basis }: ForecastDto): boolean {
  return now === null && basis.ofNumbers >= forecastRule.leastNumbers;
}

function Forecast({ forecast }: { forecast: ForecastDto }) {
  const text = useStudyText().statistics.forecast;
  const { now, basis, maxPrimary, target } = forecast;
  if (!now) {
    return <p className={classes.note}>{isEarly(forecast) ? text.early(forecastRule, basis) : text.impossible}</p>;
  }
  const { reached, gaps } = gapsOf(forecast);
  const rest = [reached && text.reached(target), gaps.length > 0 && text.gaps(gaps)].filter(Boolean).join(' ');
  return (
    <>
      <p className={classes.lead}>
        {text.now.before}
        <b>{text.now.score(now.score)}</b>
        {text.now.after(now.primary, maxPrimary)} {rest}
      </p>
      <Scale forecast={forecast} now={now} />
      <p className={classes.small}>{text.range(now.low.score, now.high.score)}</p>
    </>
  );
}
