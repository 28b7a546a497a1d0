import { lazy } from 'react';
import { useFormat } from '#client/lib/i18n.tsx';
import { useStudyText } from '#client/lib/study-text.ts';
import layout from '#client/ui/layout.module.css';
import type { ActivityDto } from '#shared/statistics.ts';
import { Chart } from './chart.tsx';
import { heatHeight } from './heat-size.ts';
import { NumbersTable } from './numbers-table.tsx';
import { useDayRange } from './range.ts';
import classes from './statistics.module.css';
import { summaryOf } from './view.ts';

const HeatMap = lazy(async () => ({ default: (await import('./heat-map.tsx')).HeatMap }));

/** @param rule when a day counts, in words */
export function Activity({ activity, rule }: { activity: ActivityDto; rule: string }) {
  const words = useStudyText().statistics;
  const text = words.activity;
  const format = useFormat();
  const range = useDayRange();
  const summary = summaryOf(activity.days);
  const sentence = summary
    ? text.sentence({
        most: text.day(format.day(summary.most.on), summary.most.solved),
        days: summary.run.days,
        run: range(summary.run.from, summary.run.to),
      })
    : text.empty;
  return (
    <section aria-labelledby="activity" className={classes.section}>
      <div className={layout.between}>
        <h2 id="activity">{text.title}</h2>
        {summary && <p className={classes.dim}>{text.total(activity.solved, activity.days.length)}</p>}
      </div>
      {summary ? (
        <div className={classes.heatPlace}>
          <Chart height={heatHeight} failed={words.chartFailed}>
            <HeatMap activity={activity} sentence={sentence} />
          </Chart>
        </div>
      ) : (
        <p className={classes.note}>{text.empty}</p>
      )}
      <div className={classes.under}>
        <p className={classes.rule}>{rule}</p>
        {summary && (
          <p className={classes.legend} aria-hidden="true">
            {text.less} <i data-level="0" /> <i data-level="1" /> <i data-level="2" /> <i data-level="3" /> <i data-level="4" /> {text.more}
          </p>
        )}
      </div>
      {summary && (
        <NumbersTable
          show={words.showNumbers}
          caption={sentence}
          head={[text.headDay, words.headSolved]}
          rows={activity.days
            .map(({ on, solved }) => ({
              key: on,
              what: <span className={classes.nowrap}>{format.day(on)}</span>,
              number: format.number(solved),
            }))
            .reverse()}
        />
      )}
    </section>
  );
}
