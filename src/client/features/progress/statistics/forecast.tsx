import { useStudyText } from '#client/lib/study-text.ts';
import type_ from '#client/ui/type.module.css';
import { forecastLead, noForecast, shownForecasts } from '#shared/i18n/lines/forecast.ts';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { ForecastDto } from '#shared/statistics.ts';
import { forecastRule } from '#shared/statistics-rules.ts';
import { Scale } from './scale.tsx';
import classes from './statistics.module.css';

interface ForecastsProps {
  forecasts: ForecastDto[];
  /** The reader is the student. */
  own: boolean;
}

export function Forecasts({ forecasts, own }: ForecastsProps) {
  const text = useStudyText().statistics.forecast;
  const nameCourse = forecasts.length > 1;
  const { shown, waiting } = shownForecasts(forecasts);
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
      {waiting.length > 0 && (
        <div className={classes.forecast}>
          <p className={classes.note}>{text.earlyRule(forecastRule)}</p>
          <ul className={classes.early}>
            {waiting.map(({ courseSlug, courseTitle, basis }) => (
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

function Forecast({ forecast }: { forecast: ForecastDto }) {
  const text = useStudyText().statistics.forecast;
  const { now } = forecast;
  if (!now) return <p className={classes.note}>{noForecast(forecast, text)}</p>;
  const [before, score, after] = forecastLead(forecast, now, text);
  return (
    <>
      <p className={classes.lead}>
        {before}
        <b>{score}</b>
        {after}
      </p>
      <Scale forecast={forecast} now={now} />
      <p className={classes.small}>{text.range(now.low.score, now.high.score)}</p>
    </>
  );
}
