import { IconMessageCircle } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { goToAnchor } from '#client/lib/navigation.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { Button } from '#client/ui/button.tsx';
import { icon } from '#client/ui/icon.ts';
import { Prose } from '#client/ui/prose.tsx';
import hidden from '#client/ui/type.module.css';
import { quoteOf, trimmed } from './comments.ts';
import { placeOfBlock, placeOfRange } from './places.ts';
import classes from './review-work.module.css';

interface Place {
  start: number;
  end: number;
}

interface WorkTextProps {
  text: string;
  html: string;
  /** Absent: the text is only read. */
  onComment: ((place: Place) => void) | undefined;
}

/**
 * A student's text, as it reads or as it was typed. A remark is put on what is selected (a button, Ctrl+Alt+M), or on a paragraph that the arrow
 * keys choose.
 */
export function WorkText({ text, html, onComment }: WorkTextProps) {
  const { reviews } = useOfficeText();
  const [typed, setTyped] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const selected = useSelectedPlace(root, text, onComment !== undefined && !typed);
  const blocks = useBlocks(root, text, onComment);

  useEffect(() => {
    if (!onComment) return;
    const press = (event: globalThis.KeyboardEvent) => {
      // By place: in a Cyrillic layout the key has another letter.
      if (event.code !== 'KeyM' || !event.ctrlKey || !event.altKey || !selected) return;
      event.preventDefault();
      onComment(selected);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [selected, onComment]);

  return (
    <section aria-labelledby="work-text">
      <div className={classes.partHead}>
        <h2 id="work-text">{reviews.text}</h2>
        {text.trim() !== '' && (
          <Button size="sm" variant="subtle" aria-pressed={typed} onClick={() => setTyped(!typed)}>
            {typed ? reviews.asRead : reviews.asTyped}
          </Button>
        )}
      </div>
      {text.trim() === '' ? (
        <p className={classes.dim}>{reviews.noText}</p>
      ) : typed ? (
        <pre className={classes.typed}>{text}</pre>
      ) : (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset holds fields; this is a text whose paragraphs are chosen by keys
        <div
          ref={root}
          role="group"
          className={classes.text}
          tabIndex={onComment ? 0 : undefined}
          aria-label={onComment ? reviews.pieces : reviews.text}
          onKeyDown={blocks.onKeyDown}
          onBlur={blocks.clear}
          onClick={(event) => {
            const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
            if (!link) return;
            event.preventDefault();
            goToAnchor(decodeURIComponent(link.getAttribute('href')?.slice(1) ?? ''));
          }}
        >
          <Prose html={html} size="plain" className={classes.prose} />
        </div>
      )}
      <p role="status" className={hidden.hidden}>
        {blocks.spoken}
      </p>
      {onComment && text.trim() !== '' && !typed && (
        <div className={classes.commentBar}>
          <Button
            size="sm"
            variant="default"
            leftSection={<IconMessageCircle {...icon.sm} />}
            aria-disabled={!selected}
            // The selection stays where it is.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => selected && onComment(selected)}
          >
            {reviews.comment}
          </Button>
          <span className={classes.dim}>{selected ? reviews.commentOn(quoteOf(text, selected)) : reviews.commentNote}</span>
        </div>
      )}
    </section>
  );
}

/** What is selected inside the text now, or was when the focus went to the button. */
function useSelectedPlace(root: { current: HTMLElement | null }, text: string, active: boolean): Place | null {
  const [place, setPlace] = useState<Place | null>(null);
  useEffect(() => {
    if (!active) return;
    const look = () => {
      const selection = document.getSelection();
      if (!root.current || !selection || selection.rangeCount === 0) return;
      const range = selection.getRangeAt(0);
      if (!root.current.contains(range.commonAncestorContainer)) return;
      const found = selection.isCollapsed ? null : placeOfRange(root.current, range);
      setPlace(found && trimmed(text, found));
    };
    document.addEventListener('selectionchange', look);
    return () => document.removeEventListener('selectionchange', look);
  }, [root, text, active]);
  return active ? place : null;
}

/** Paragraphs chosen by the arrow keys; each is spoken as it is reached. */
function useBlocks(root: { current: HTMLElement | null }, text: string, onComment: ((place: Place) => void) | undefined) {
  const [spoken, setSpoken] = useState('');
  const current = useRef(-1);
  const blocksOf = () => [...(root.current?.firstElementChild?.children ?? [])].filter((block) => placeOfBlock(block) !== null);

  function mark(at: number): void {
    const blocks = blocksOf();
    for (const [i, block] of blocks.entries()) block.toggleAttribute('data-current', i === at);
    current.current = at;
    const block = blocks[at];
    const place = block && placeOfBlock(block);
    setSpoken(place ? text.slice(place.start, place.end) : '');
    block?.scrollIntoView({ block: 'nearest' });
  }

  return {
    spoken,
    clear: () => current.current !== -1 && mark(-1),
    onKeyDown(event: KeyboardEvent): void {
      if (!onComment || event.target !== root.current) return;
      const blocks = blocksOf();
      const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
      if (step !== 0) {
        event.preventDefault();
        mark(Math.min(blocks.length - 1, Math.max(0, current.current + step)));
      } else if (event.key === 'Enter') {
        const block = blocks[current.current];
        const place = block && placeOfBlock(block);
        const inside = place && trimmed(text, place);
        if (!inside) return;
        event.preventDefault();
        onComment(inside);
      }
    },
  };
}
