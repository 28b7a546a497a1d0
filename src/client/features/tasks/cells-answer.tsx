import { type ClipboardEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useText } from '#client/lib/i18n.tsx';
import type { AnswerFormatDto } from '#shared/tasks.ts';
import classes from './answer.module.css';
import type { AnswerFieldProps } from './answer-field.tsx';
import { toggleSign } from './answers.ts';
import { type Cell, caretOf, isTable, moveFrom, pasteInto, readTable, withCell } from './cells.ts';
import { SignButton } from './sign-button.tsx';

interface CellsAnswerProps extends Omit<AnswerFieldProps, 'format' | 'value'> {
  format: Extract<AnswerFormatDto, { kind: 'cells' }>;
  grid: string[][];
}

/** A table of numbers, filled by hand, by arrows from cell to cell, or pasted whole. */
export function CellsAnswer({ format, grid, onChange, readOnly, invalid, problem, headingId, describedBy, button }: CellsAnswerProps) {
  const { answer } = useText().tasks;
  const labelId = useId();
  const table = useRef<HTMLTableElement>(null);
  const [active, setActive] = useState<Cell>({ row: 0, col: 0 });
  const bad = problem?.code === 'cell-not-a-number' && invalid ? problem : null;

  // The cell that could not be read takes the focus: it may be rows away from the button.
  useEffect(() => {
    if (bad) inputAt(table.current, { row: bad.row ?? 0, col: bad.col ?? 0 })?.focus();
  }, [bad]);

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>, at: Cell): void {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const { selectionStart, selectionEnd, value } = event.currentTarget;
    const to = moveFrom(at, event.key, caretOf(selectionStart ?? 0, selectionEnd ?? 0, value.length), format);
    if (!to) return;
    event.preventDefault();
    const target = inputAt(table.current, to);
    target?.focus();
    target?.select();
  }

  function onPaste(event: ClipboardEvent, at: Cell): void {
    const pasted = readTable(event.clipboardData.getData('text/plain'));
    if (readOnly || !isTable(pasted)) return;
    event.preventDefault();
    onChange(pasteInto(grid, at, pasted));
  }

  return (
    <>
      <p id={labelId} className={classes.label}>
        {answer.label}
      </p>
      <div className={classes.scroll}>
        <table ref={table} className={classes.grid} aria-labelledby={`${labelId} ${headingId}`} aria-describedby={describedBy}>
          <tbody>
            {grid.map((cells, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
              <tr key={row}>
                {grid.length > 1 && <th scope="row">{row + 1}</th>}
                {cells.map((cell, col) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
                  <td key={col} data-invalid={(bad?.row === row && bad.col === col) || undefined}>
                    <input
                      value={cell}
                      onChange={(event) => onChange(withCell(grid, { row, col }, event.currentTarget.value))}
                      onKeyDown={(event) => onKeyDown(event, { row, col })}
                      onPaste={(event) => onPaste(event, { row, col })}
                      onFocus={() => setActive({ row, col })}
                      readOnly={readOnly}
                      aria-label={answer.cell(row + 1, col + 1)}
                      aria-invalid={(bad?.row === row && bad.col === col) || undefined}
                      inputMode="decimal"
                      enterKeyHint={row === grid.length - 1 ? 'done' : 'next'}
                      maxLength={40}
                      autoComplete="off"
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {!readOnly && (
        <div className={classes.helpLine}>
          <SignButton onPress={() => onChange(withCell(grid, active, toggleSign(grid[active.row]?.[active.col] ?? '')))} />
          <p className={classes.help}>{format.rows > 1 ? answer.cellsHint : answer.rowHint}</p>
        </div>
      )}
      <div className={classes.below}>{button}</div>
    </>
  );
}

function inputAt(table: HTMLTableElement | null, { row, col }: Cell): HTMLInputElement | null {
  return table?.rows[row]?.querySelectorAll('input')[col] ?? null;
}
