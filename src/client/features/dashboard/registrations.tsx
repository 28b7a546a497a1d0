import { useId, useState } from 'react';
import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { Button } from '#client/ui/button.tsx';
import layout from '#client/ui/layout.module.css';
import type { DashboardDto } from '#shared/dashboard.ts';
import classes from './dashboard.module.css';
import { Figures } from './figures.tsx';

/** Registrations by day: bars for the eye, a sentence and a table for everybody. */
export function Registrations({ registrations }: { registrations: DashboardDto['registrations'] }) {
  const words = useOfficeText().dashboard.registrations;
  const format = useFormat();
  const [numbers, setNumbers] = useState(false);
  const id = useId();
  const { days, today, week, month, total } = registrations;
  const most = days.reduce((best, day) => (day.count > best.count ? day : best), days[0] ?? { on: '', count: 0 });
  return (
    <section aria-labelledby={id} className={classes.wide}>
      <div className={layout.between}>
        <h2 id={id}>{words.title}</h2>
        {month > 0 && (
          <Button size="sm" variant="subtle" aria-pressed={numbers} onClick={() => setNumbers(!numbers)}>
            {numbers ? words.bars : words.numbers}
          </Button>
        )}
      </div>
      <Figures
        figures={[
          [today, words.today],
          [week, words.week],
          [month, words.month],
          [total, words.total],
        ]}
      />
      <p className={classes.note}>{month === 0 ? words.nobody : words.sentence(month, most.count, format.day(most.on))}</p>
      {/* Thirty empty days are said by the sentence: bars of no height would be a hole in the page. */}
      {month > 0 && (numbers ? <Numbers days={days} /> : <Bars days={days} most={most.count} />)}
    </section>
  );
}

type Days = DashboardDto['registrations']['days'];

function Bars({ days, most }: { days: Days; most: number }) {
  const format = useFormat();
  const last = days.at(-1);
  return (
    // The sentence above says it in words, and the table has every number.
    <div aria-hidden="true">
      <div className={classes.bars}>
        {days.map(({ on, count }) => (
          <div key={on} className={classes.column} title={`${format.day(on)}: ${format.number(count)}`}>
            {count > 0 && <span className={classes.value}>{format.number(count)}</span>}
            <span className={classes.bar} style={{ height: `${most === 0 ? 0 : (count / most) * 100}%` }} />
          </div>
        ))}
      </div>
      <div className={classes.axis}>
        <span>{days[0] && format.day(days[0].on)}</span>
        <span>{last && format.day(last.on)}</span>
      </div>
    </div>
  );
}

function Numbers({ days }: { days: Days }) {
  const words = useOfficeText().dashboard.registrations;
  const format = useFormat();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by the keyboard
    <section className={classes.numbers} tabIndex={0} aria-label={words.chart}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{words.day}</th>
            <th scope="col">{words.count}</th>
          </tr>
        </thead>
        <tbody>
          {days.toReversed().map(({ on, count }) => (
            <tr key={on}>
              <th scope="row">{format.day(on)}</th>
              <td>{format.number(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
