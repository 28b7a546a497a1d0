import { useOfficeText } from '#client/lib/office-text.ts';
import { Button } from '#client/ui/button.tsx';
import type { CourseProblem } from '#shared/transfer.ts';
import classes from './transfer.module.css';
import { useShown } from './use-shown.ts';

/** What the author of a course has to mend, file by file. */
export function CourseProblems({ problems, total }: { problems: CourseProblem[]; total: number }) {
  const { transfer, shell } = useOfficeText();
  const words = transfer.problems;
  const { shown, more } = useShown(problems);
  return (
    <section aria-label={words.table}>
      <div role="alert">
        <h3 className={classes.outcome}>{words.title(total)}</h3>
      </div>
      <table className={classes.table}>
        <caption className={classes.caption}>{words.table}</caption>
        <thead>
          <tr>
            <th scope="col">{words.column.file}</th>
            <th scope="col">{words.column.line}</th>
            <th scope="col">{words.column.problem}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((problem, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a list that never changes; the same problem may stand twice
            <tr key={at}>
              <th scope="row" className={classes.file}>
                {problem.file}
              </th>
              <td className={classes.number}>{problem.line ?? ''}</td>
              <td>{transfer.courseProblem(problem)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {more && (
        <Button variant="default" size="sm" onClick={more}>
          {shell.showMore}
        </Button>
      )}
      {total > problems.length && <p className={classes.note}>{words.shown(problems.length)}</p>}
    </section>
  );
}
