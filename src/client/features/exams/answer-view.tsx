import { useText } from '#client/lib/i18n.tsx';
import { Prose } from '#client/ui/prose.tsx';
import type { AnswerValue } from '#shared/answers/format.ts';
import type { AnswerFormatDto } from '#shared/tasks.ts';
import classes from './answer-view.module.css';
import { isBlank } from './kept-answer.ts';

interface AnswerViewProps {
  format: AnswerFormatDto;
  value: AnswerValue;
  /** What a table is. */
  label: string;
}

/** An answer to be read: text as typed, options by number and words, a table as a table. */
export function AnswerView({ format, value, label }: AnswerViewProps) {
  const { answer } = useText().tasks;
  if (format.kind === 'choice' || format.kind === 'choices') {
    const ids: (string | string[])[] = typeof value === 'string' ? [value] : value;
    return (
      <ul className={classes.options}>
        {format.options.map(({ id, html }, at) =>
          ids.some((chosen) => chosen === id) ? (
            <li key={id}>
              {at + 1}) <Prose html={html} size="inline" line />
            </li>
          ) : null,
        )}
      </ul>
    );
  }
  if (typeof value === 'string') return <p className={classes.text}>{value}</p>;
  const rows = lastFilled<string | string[]>(value);
  return (
    <div className={classes.scroll}>
      <table className={classes.table} aria-label={label}>
        <tbody>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
            <tr key={at}>
              {(typeof row === 'string' ? [row] : row).map((cell, col) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
                <td key={col} aria-label={cell === '' ? answer.cell(at + 1, col + 1) : undefined}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Empty rows at the end say nothing. */
function lastFilled<T>(rows: T[]): T[] {
  return rows.slice(0, rows.findLastIndex((row) => !isBlank(row)) + 1);
}
