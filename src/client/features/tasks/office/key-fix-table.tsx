import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import type { KeyFixPreviewDto } from '#shared/key-fix.ts';
import classes from './key-fix.module.css';

type Example = KeyFixPreviewDto['examples'][number];

const rank = { right: 0, partly: 1, wrong: 2 };
const isWorse = ({ before, after }: Example) => after.points < before.points || rank[after.verdict] > rank[before.verdict];

/** The different answers that change, the most frequent first. */
export function KeyFixTable({ preview: { examples, more }, takePoints }: { preview: KeyFixPreviewDto; takePoints: boolean }) {
  const { keyFix } = useOfficeText();
  const format = useFormat();
  const grade = ({ verdict, points }: Example['before']) => keyFix.grade(keyFix.verdict[verdict], points);
  return (
    <section className={classes.box} aria-label={keyFix.table}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by the keyboard */}
      <div className={classes.scroll} tabIndex={0}>
        <table className={classes.table}>
          <caption>{keyFix.table}</caption>
          <thead>
            <tr>
              <th scope="col">{keyFix.column.answer}</th>
              <th scope="col" className={classes.number}>
                {keyFix.column.count}
              </th>
              <th scope="col">{keyFix.column.before}</th>
              <th scope="col">{keyFix.column.after}</th>
            </tr>
          </thead>
          <tbody>
            {examples.map((example) => (
              <tr key={`${example.understood} ${example.before.verdict} ${example.before.points} ${example.unread}`}>
                <th scope="row">{example.understood}</th>
                <td className={classes.number}>{format.number(example.count)}</td>
                <td>{grade(example.before)}</td>
                <td>
                  {isWorse(example) && !takePoints ? keyFix.stays : grade(example.after)}
                  {example.unread && <span className={classes.note}>{keyFix.unread}</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {more > 0 && <p className={classes.note}>{keyFix.more(more)}</p>}
    </section>
  );
}
