import { type ClipboardEvent, type KeyboardEvent, useId, useRef } from 'react';
import { useOfficeText } from '#client/lib/office-text.ts';
import { type Cells, readPasted, type TableProblem } from './scale-table.ts';
import classes from './scales.module.css';

interface ScaleCellsProps {
  cells: Cells;
  max: number;
  problem: TableProblem | null;
  /** Id of the words that say what is wrong. */
  problemId: string;
  onType: (at: number, text: string) => void;
  onPasted: (pasted: ReadonlyMap<number, string>) => void;
}

/** One cell a primary point: filled by hand, from cell to cell by keys, or by a column pasted from another table. */
export function ScaleCells({ cells, max, problem, problemId, onType, onPasted }: ScaleCellsProps) {
  const { scales: words } = useOfficeText();
  const list = useRef<HTMLOListElement>(null);
  const labelId = useId();
  const helpId = useId();

  function move(event: KeyboardEvent<HTMLInputElement>, at: number) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const to = { ArrowDown: at + 1, Enter: at + 1, ArrowUp: at - 1 }[event.key];
    if (to === undefined) return;
    // Enter in the last cell sends the form.
    const target = list.current?.querySelector<HTMLInputElement>(`[name="cell-${to}"]`);
    if (!target) return;
    event.preventDefault();
    target.focus();
    target.select();
  }

  function paste(event: ClipboardEvent, at: number) {
    const pasted = readPasted(event.clipboardData.getData('text/plain'), at);
    if (pasted.size < 2) return;
    event.preventDefault();
    onPasted(pasted);
  }

  return (
    <div>
      <h2 id={labelId} className={classes.tableTitle}>
        {words.table}
      </h2>
      <p id={helpId} className={classes.max}>
        {words.tableHelp}
      </p>
      <ol ref={list} className={classes.cells} aria-labelledby={labelId} aria-describedby={helpId}>
        {Array.from({ length: max }, (_, i) => i + 1).map((at) => {
          const isWrong = problem?.at === at;
          return (
            <li key={at} className={classes.cell} data-invalid={isWrong || undefined}>
              <span aria-hidden="true">{at}</span>
              <input
                name={`cell-${at}`}
                value={cells[at - 1] ?? ''}
                onChange={(event) => onType(at, event.currentTarget.value)}
                onKeyDown={(event) => move(event, at)}
                onPaste={(event) => paste(event, at)}
                aria-label={words.cell(at)}
                aria-invalid={isWrong || undefined}
                aria-describedby={isWrong ? problemId : undefined}
                inputMode="numeric"
                enterKeyHint={at === max ? 'done' : 'next'}
                maxLength={4}
                autoComplete="off"
              />
            </li>
          );
        })}
      </ol>
    </div>
  );
}
