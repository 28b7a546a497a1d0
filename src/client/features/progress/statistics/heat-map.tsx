import { Heatmap } from '@mantine/charts';
import '@mantine/charts/styles.layer.css';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useFormat } from '#client/lib/i18n.tsx';
import { useStudyText } from '#client/lib/study-text.ts';
import type { ActivityDto } from '#shared/statistics.ts';
import { cell, heatHeight } from './heat-size.ts';
import classes from './statistics.module.css';
import { dayByKey, levelsOf, placeOf } from './view.ts';

const colors = ['2', '4', '6', '8'].map((shade) => `var(--mantine-color-board-${shade})`);

/** The year, a column a week. Arrows walk through the days; what stands under the pointer, the finger or the arrows is told beside it. */
export function HeatMap({ activity, sentence }: { activity: ActivityDto; sentence: string }) {
  const text = useStudyText().statistics.activity;
  const [shown, setShown] = useState<string | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const solved = new Map(activity.days.map((day) => [day.on, day.solved]));
  const levelOf = levelsOf(activity.days);

  // On a phone the map is wider than the screen: the newest weeks are what one looks for, also after the phone was turned.
  useEffect(() => {
    const { current } = box;
    if (!current) return;
    const turned = new ResizeObserver(() => {
      current.scrollLeft = current.scrollWidth;
    });
    turned.observe(current);
    return () => turned.disconnect();
  }, []);

  function walk(event: KeyboardEvent) {
    if (event.key === 'Escape') setShown(null);
    const day = dayByKey(event.key, shown ?? activity.today, activity);
    if (day === null) return;
    event.preventDefault();
    // The first key shows where one is.
    const next = shown === null && event.key.startsWith('Arrow') ? activity.today : day;
    setShown(next);
    const left = leftOf(next, activity.from);
    const { current } = box;
    if (current && (left < current.scrollLeft + 80 || left > current.scrollLeft + current.clientWidth - 80)) {
      current.scrollLeft = left - current.clientWidth / 2;
    }
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    <div
      ref={box}
      role="group"
      aria-label={text.box}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls and is walked through by the keyboard
      tabIndex={0}
      className={classes.heat}
      style={{ height: heatHeight }}
      onKeyDown={walk}
      onBlur={() => setShown(null)}
      onPointerLeave={() => setShown(null)}
    >
      <Heatmap
        role="img"
        aria-label={sentence}
        data={Object.fromEntries(activity.days.map((day) => [day.on, levelOf(day.solved)]))}
        domain={[1, 4]}
        colors={colors}
        startDate={activity.from}
        endDate={activity.today}
        withOutsideDates={false}
        firstDayOfWeek={1}
        withMonthLabels
        monthLabels={text.months}
        monthsLabelsHeight={cell.top}
        withWeekdayLabels
        weekdayLabels={text.weekdays}
        weekdaysLabelsWidth={cell.left}
        rectSize={cell.size}
        gap={cell.gap}
        rectRadius={0}
        classNames={{ root: classes.heatMap, rect: classes.heatDay }}
        getRectProps={({ date }) => ({
          onPointerEnter: () => setShown(date),
          // A finger leaves as soon as it is lifted, and the click comes after that.
          onClick: () => setShown(date),
          ...(date === shown ? { stroke: 'var(--text)', strokeWidth: 2 } : {}),
        })}
      />
      {shown !== null && <Bubble day={shown} solved={solved.get(shown) ?? 0} from={activity.from} />}
    </div>
  );
}

const leftOf = (day: string, from: string) => cell.left + cell.gap + placeOf(day, from).week * (cell.size + cell.gap) + cell.size / 2;

function Bubble({ day, solved, from }: { day: string; solved: number; from: string }) {
  const text = useStudyText().statistics.activity;
  const format = useFormat();
  const { weekday } = placeOf(day, from);
  const row = cell.top + weekday * (cell.size + cell.gap);
  // Above the lower days and below the upper ones: the box cuts off what would stick out.
  const top = weekday < 3 ? row + cell.size + 8 : row - 36;
  return (
    <p role="status" className={classes.bubble} style={{ top, left: `clamp(96px, ${leftOf(day, from)}px, ${cell.width - 96}px)` }}>
      {text.day(format.day(day), solved)}
    </p>
  );
}
