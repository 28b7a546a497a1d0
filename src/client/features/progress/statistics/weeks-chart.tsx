import { BarChart } from '@mantine/charts';
import '@mantine/charts/styles.layer.css';
import { useMediaQuery } from '@mantine/hooks';
import { useFormat } from '#client/lib/i18n.tsx';
import { useStudyText } from '#client/lib/study-text.ts';
import type { WeekDto } from '#shared/statistics.ts';
import classes from './statistics.module.css';

interface WeeksChartProps {
  weeks: WeekDto[];
  sentence: string;
  height: number;
  rangeOf: (week: WeekDto) => string;
}

/** Twelve bars, each with its number; the current week is named and darker. */
export function WeeksChart({ weeks, sentence, height, rangeOf }: WeeksChartProps) {
  const words = useStudyText().statistics;
  const format = useFormat();
  const narrow = useMediaQuery('(max-width: 767px)');
  const data = weeks.map((week) => ({
    from: week.from,
    solved: week.solved,
    color: week.current ? 'board.7' : 'board.3',
    range: rangeOf(week),
  }));
  const current = weeks.at(-1)?.from;
  // Counted from the end: the current week is always named.
  const named = weeks.filter((_, at) => (weeks.length - 1 - at) % (narrow ? 4 : 2) === 0).map(({ from }) => from);
  const label = (from: string) =>
    from === current ? words.weeks.now : `${Number(from.slice(8))}\u00a0${words.activity.months[Number(from.slice(5, 7)) - 1] ?? ''}`;
  return (
    <BarChart
      h={height}
      data={data}
      dataKey="from"
      series={[{ name: 'solved', color: 'board.3' }]}
      withYAxis={false}
      gridAxis="none"
      withBarValueLabel
      valueLabelProps={{ fontSize: 14, fill: 'var(--text)', offset: 6 }}
      valueFormatter={(value) => format.number(value)}
      barProps={{ radius: [4, 4, 0, 0], minPointSize: 2 }}
      maxBarWidth={28}
      barChartProps={{ margin: { top: 28, left: 4, right: 12, bottom: 0 }, title: sentence }}
      xAxisProps={{
        interval: 0,
        ticks: named,
        tick: ({ x, y, payload }) => (
          <text x={x} y={y} dy={14} textAnchor="middle" className={classes.tick} data-current={payload.value === current || undefined}>
            {label(payload.value)}
          </text>
        ),
      }}
      tooltipProps={{
        content: ({ payload }) => {
          const week = weeks.find(({ from }) => from === payload?.[0]?.payload?.from);
          return week ? <p className={classes.tip}>{words.weeks.week(rangeOf(week), week.solved)}</p> : null;
        },
      }}
      classNames={{ root: classes.bars }}
    />
  );
}
