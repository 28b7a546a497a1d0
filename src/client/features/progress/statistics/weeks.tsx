import { lazy } from 'react';
import { useFormat } from '#client/lib/i18n.tsx';
import { useStudyText } from '#client/lib/study-text.ts';
import type { WeekDto } from '#shared/statistics.ts';
import { Chart } from './chart.tsx';
import { NumbersTable } from './numbers-table.tsx';
import { useDayRange } from './range.ts';
import classes from './statistics.module.css';
import { addDays } from './view.ts';

const WeeksChart = lazy(async () => ({ default: (await import('./weeks-chart.tsx')).WeeksChart }));

const weeksHeight = 200;

export function Weeks({ weeks }: { weeks: WeekDto[] }) {
  const words = useStudyText().statistics;
  const text = words.weeks;
  const format = useFormat();
  const range = useDayRange();
  const rangeOf = ({ from }: WeekDto) => range(from, addDays(from, 6));
  const best = weeks.reduce<WeekDto | null>((most, week) => (week.solved > 0 && week.solved >= (most?.solved ?? 0) ? week : most), null);
  const sentence = best ? text.sentence({ now: weeks.at(-1)?.solved ?? 0, best: text.week(rangeOf(best), best.solved) }) : text.empty;
  return (
    <section aria-labelledby="weeks">
      <h2 id="weeks">{text.title}</h2>
      {best ? (
        <>
          <div className={classes.weeksPlace}>
            <Chart height={weeksHeight} failed={words.chartFailed}>
              <WeeksChart weeks={weeks} sentence={sentence} height={weeksHeight} rangeOf={rangeOf} />
            </Chart>
          </div>
          <NumbersTable
            show={words.showNumbers}
            caption={sentence}
            head={[text.headWeek, words.headSolved]}
            rows={weeks.map((week) => ({ key: week.from, what: rangeOf(week), number: format.number(week.solved) })).reverse()}
          />
        </>
      ) : (
        <p className={classes.note}>{text.empty}</p>
      )}
    </section>
  );
}
