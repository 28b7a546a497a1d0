import { useOfficeText } from '#client/lib/office-text.ts';
import { primaryForTarget } from '#shared/scales.ts';
import classes from './scales.module.css';

const targets = [40, 60, 80];

/** What the scale means to a student. @param points null: it is not whole yet */
export function ScalePreview({ points }: { points: number[] | null }) {
  const { scales: words } = useOfficeText();
  const rows = points
    ? [...targets.map((target) => ({ target, label: words.previewTo(target) })), { target: 100, label: words.full }].flatMap(
        ({ target, label }) => {
          const primary = primaryForTarget(points, target);
          return primary === null ? [] : [{ label, primary }];
        },
      )
    : [];
  return (
    <section aria-labelledby="scale-preview">
      <h2 id="scale-preview" className={classes.tableTitle}>
        {words.preview}
      </h2>
      <div role="status">
        {points ? (
          <dl className={classes.meaning}>
            {rows.map(({ label, primary }) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{words.previewOf(primary, points.length)}</dd>
              </div>
            ))}
          </dl>
        ) : (
          <p className={classes.max}>{words.later}</p>
        )}
      </div>
    </section>
  );
}
