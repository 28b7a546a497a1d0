import { IconFlag3, IconFlag3Filled } from '@tabler/icons-react';
import { useStudyText } from '#client/lib/study-text.ts';
import classes from './exam-squares.module.css';
import { isAnswered, type ShownAnswer } from './kept-answer.ts';

export interface Cell {
  label: string;
  answer: ShownAnswer;
}

interface ExamSquaresProps {
  cells: Cell[];
  current: number;
  onGo: (at: number) => void;
  /** Places to show; left out: all. */
  from?: number;
  count?: number;
  className?: string;
}

export type CellState = 'answered' | 'seen' | 'unseen';

function cellState(answer: ShownAnswer): CellState {
  if (isAnswered(answer)) return 'answered';
  return answer.seen ? 'seen' : 'unseen';
}

/** Tasks by number: filled, plain, not opened, the current one. Green never means «answered»: before grading nothing is right. */
export function ExamSquares({ cells, current, onGo, from = 0, count = cells.length, className }: ExamSquaresProps) {
  const text = useStudyText().exams.desk;
  return (
    <ul className={[classes.squares, className].filter(Boolean).join(' ')}>
      {cells.slice(from, from + count).map(({ label, answer }, place) => {
        const at = from + place;
        const state = cellState(answer);
        const said = [
          text.task(label),
          at === current && text.cell.current,
          text.cell[state],
          answer.flagged && text.cell.flagged,
          answer.theirs && text.cell.choose,
        ];
        return (
          <li key={label}>
            <a
              href={`#${label}`}
              className={classes.square}
              data-state={state}
              aria-current={at === current ? 'true' : undefined}
              aria-label={said.filter(Boolean).join(', ')}
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                event.preventDefault();
                onGo(at);
              }}
            >
              {label}
              {answer.flagged && <IconFlag3Filled size={11} className={classes.sign} aria-hidden />}
              {answer.theirs && (
                <span className={classes.choice} aria-hidden="true">
                  !
                </span>
              )}
            </a>
          </li>
        );
      })}
    </ul>
  );
}

export function ExamLegend({ className }: { className?: string | undefined }) {
  const { legend } = useStudyText().exams.desk;
  return (
    <ul className={[classes.legend, className].filter(Boolean).join(' ')}>
      {(['answered', 'seen', 'unseen'] as const).map((state) => (
        <li key={state}>
          <i className={classes.square} data-state={state} />
          {legend[state]}
        </li>
      ))}
      <li>
        <IconFlag3 size={16} stroke={2} aria-hidden />
        {legend.flagged}
      </li>
    </ul>
  );
}

/** Where a row of `count` places begins, so that the current one has neighbours on both sides. */
export function rowAround(current: number, total: number, count: number): number {
  return Math.max(0, Math.min(current - Math.floor(count / 2), total - count));
}
