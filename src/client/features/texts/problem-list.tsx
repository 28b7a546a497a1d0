import { IconAlertCircle } from '@tabler/icons-react';
import { useOfficeText } from '#client/lib/office-text.ts';
import { icon } from '#client/ui/icon.ts';
import { problemsShown, type TextProblem } from '#shared/texts.ts';
import classes from './text-editor.module.css';

/** What has to be mended, by line; pressing one goes there. The count is spoken when it changes. */
export function ProblemList({ problems, onGo }: { problems: TextProblem[]; onGo: (line: number) => void }) {
  const { editor } = useOfficeText();
  const { problems: words } = editor;
  return (
    <div className={classes.problems}>
      <p role="status" className={problems.length > 0 ? classes.problemsTitle : classes.noProblems}>
        {problems.length > 0 ? words.title(problems.length) : words.none}
      </p>
      {problems.length > 0 && (
        <ul>
          {problems.map((problem, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list is made anew as a whole
            <li key={at}>
              <button type="button" onClick={() => onGo(problem.line)}>
                <IconAlertCircle {...icon.sm} />
                <span>
                  <b>{words.line(problem.line)}</b> {editor.problem(problem)}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {problems.length >= problemsShown && <p className={classes.problemsMore}>{words.more}</p>}
    </div>
  );
}
