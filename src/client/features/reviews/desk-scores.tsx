import { useEffect, useRef } from 'react';
import { useOfficeText } from '#client/lib/office-text.ts';
import { Prose } from '#client/ui/prose.tsx';
import type { ReviewDto, Scores } from '#shared/reviews.ts';
import classes from './review-work.module.css';

interface DeskScoresProps {
  criteria: ReviewDto['criteria'];
  scores: Scores;
  editable: boolean;
  onChange: (scores: Scores) => void;
}

/** Points by criterion: by mouse, by the arrow keys, and by a digit wherever the focus is but in a text. */
export function DeskScores({ criteria, scores, editable, onChange }: DeskScoresProps) {
  const { reviews } = useOfficeText();
  const root = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!editable) return;
    const press = (event: KeyboardEvent) => {
      if (!/^\d$/.test(event.key) || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const groups = [...(root.current?.querySelectorAll('fieldset') ?? [])];
      const focused = groups.findIndex((group) => group.contains(document.activeElement));
      const at = focused >= 0 ? focused : criteria.findIndex(({ id }) => scores[id] === undefined);
      const criterion = criteria[at];
      if (!criterion || Number(event.key) > criterion.max) return;
      event.preventDefault();
      onChange({ ...scores, [criterion.id]: Number(event.key) });
      groups[at + 1]?.querySelector<HTMLInputElement>('input:checked, input')?.focus();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [editable, criteria, scores, onChange]);

  return (
    <div ref={root} className={classes.scores}>
      {criteria.map(({ id, html, max }) => (
        <fieldset key={id} className={classes.criterion}>
          <legend>
            <b>{reviews.criterion(id, max)}</b>
            <Prose html={html} size="inline" className={classes.criterionTitle} />
          </legend>
          <div className={classes.segments}>
            {Array.from({ length: max + 1 }, (_, points) => points).map((points) => (
              <label key={points} className={classes.segment}>
                <input
                  type="radio"
                  name={`score-${id}`}
                  value={points}
                  checked={scores[id] === points}
                  disabled={!editable}
                  onChange={() => onChange({ ...scores, [id]: points })}
                />
                <span>{points}</span>
              </label>
            ))}
          </div>
        </fieldset>
      ))}
    </div>
  );
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('textarea, input:not([type="radio"]), select, [contenteditable]') !== null;
}
