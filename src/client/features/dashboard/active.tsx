import { useOfficeText } from '#client/lib/office-text.ts';
import type { DashboardDto } from '#shared/dashboard.ts';
import classes from './dashboard.module.css';
import { Figures } from './figures.tsx';

export function Active({ active: { day, week, month } }: { active: DashboardDto['active'] }) {
  const { active } = useOfficeText().dashboard;
  return (
    <section aria-labelledby="dashboard-active" className={classes.wide}>
      <h2 id="dashboard-active">{active.title}</h2>
      <Figures
        figures={[
          [day, active.day],
          [week, active.week],
          [month, active.month],
        ]}
      />
      <p className={classes.note}>{active.note}</p>
    </section>
  );
}
