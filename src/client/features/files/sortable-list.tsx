import '@mantine/core/styles/ActionIcon.layer.css';
import { ActionIcon } from '@mantine/core';
import { IconGripVertical } from '@tabler/icons-react';
import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useOfficeText } from '#client/lib/office-text.ts';
import { icon } from '#client/ui/icon.ts';
import typography from '#client/ui/type.module.css';
import classes from './sortable-list.module.css';

interface SortableListProps<T extends { id: string }> {
  label: string;
  items: readonly T[];
  nameOf: (item: T) => string;
  /** The item was put before `beforeId`, or at the end where that is null. */
  onMove: (item: T, beforeId: string | null) => void;
  children: (item: T) => ReactNode;
}

interface Carried {
  id: string;
  from: number;
  to: number;
  by: 'pointer' | 'keyboard';
}

/** A list whose order is changed by dragging the handle, or with the keyboard: Space, arrows, Space, Esc. */
export function SortableList<T extends { id: string }>({ label, items, nameOf, onMove, children }: SortableListProps<T>) {
  const { sort } = useOfficeText().files;
  const list = useRef<HTMLOListElement>(null);
  const howId = useId();
  const [carried, setCarried] = useState<Carried | null>(null);
  const [spoken, setSpoken] = useState('');
  const now = useRef(carried);
  now.current = carried;
  const shown = carried ? moved(items, carried) : items;

  const say = (words: typeof sort.at, item: T, at: number) => setSpoken(words(nameOf(item), at + 1, items.length));
  const move = (state: Carried, item: T, to: number) => {
    const bounded = Math.max(0, Math.min(items.length - 1, to));
    if (bounded === state.to) return;
    setCarried({ ...state, to: bounded });
    say(sort.at, item, bounded);
  };
  const drop = (state: Carried, item: T) => {
    setCarried(null);
    say(sort.dropped, item, state.to);
    if (state.to !== state.from) onMove(item, moved(items, state)[state.to + 1]?.id ?? null);
  };
  const putBack = (state: Carried, item: T) => {
    setCarried(null);
    say(sort.back, item, state.from);
  };

  const startDrag = (event: PointerEvent, item: T, from: number) => {
    if (event.button !== 0) return;
    event.preventDefault();
    if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
    const begun: Carried = { id: item.id, from, to: from, by: 'pointer' };
    setCarried(begun);
    // The handle travels with its row through the list, so the window listens.
    const end = new AbortController();
    const follow = ({ clientY }: { clientY: number }) => {
      const rows = [...(list.current?.children ?? [])];
      const own = rows.findIndex((row) => row.getAttribute('data-id') === item.id);
      const to = rows.filter((row, at) => at !== own && middleOf(row) < clientY).length;
      if (now.current) move(now.current, item, to);
    };
    const finish = (how: typeof drop) => () => {
      end.abort();
      if (now.current) how(now.current, item);
    };
    window.addEventListener('pointermove', follow, { signal: end.signal });
    window.addEventListener('pointerup', finish(drop), { signal: end.signal });
    window.addEventListener('pointercancel', finish(putBack), { signal: end.signal });
    const onEscape = (pressed: globalThis.KeyboardEvent) => pressed.key === 'Escape' && finish(putBack)();
    window.addEventListener('keydown', onEscape, { signal: end.signal });
  };

  const onKeyDown = (event: KeyboardEvent, item: T, at: number) => {
    const state = carried?.by === 'keyboard' ? carried : null;
    if (event.key === ' ' || (event.key === 'Enter' && state)) {
      event.preventDefault();
      if (state) return drop(state, item);
      setCarried({ id: item.id, from: at, to: at, by: 'keyboard' });
      return say(sort.picked, item, at);
    }
    if (!state) return;
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault();
      move(state, item, state.to + (event.key === 'ArrowUp' ? -1 : 1));
    }
    if (event.key === 'Escape') {
      event.preventDefault();
      // The dialog around stays open.
      event.stopPropagation();
      putBack(state, item);
    }
  };

  // Another list came (somebody else changed it): what was carried may not be in it.
  const ids = items.map(({ id }) => id).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the change of the list is the event
  useEffect(() => setCarried(null), [ids]);

  return (
    <>
      <ol ref={list} className={classes.list} aria-label={label}>
        {shown.map((item, at) => (
          <li key={item.id} data-id={item.id} className={classes.row} data-carried={carried?.id === item.id || undefined}>
            {items.length > 1 && (
              <ActionIcon
                className={classes.handle}
                size={36}
                aria-label={sort.handle(nameOf(item))}
                aria-describedby={howId}
                aria-pressed={carried?.id === item.id}
                onPointerDown={(event) => startDrag(event, item, at)}
                onKeyDown={(event) => onKeyDown(event, item, at)}
                onBlur={() => carried?.by === 'keyboard' && putBack(carried, item)}
              >
                <IconGripVertical {...icon.md} />
              </ActionIcon>
            )}
            <div className={classes.content}>{children(item)}</div>
          </li>
        ))}
      </ol>
      <p id={howId} className={typography.hidden}>
        {sort.how}
      </p>
      <p role="status" className={typography.hidden}>
        {spoken}
      </p>
    </>
  );
}

function moved<T extends { id: string }>(items: readonly T[], { id, to }: Carried): T[] {
  const item = items.find((one) => one.id === id);
  const others = items.filter((one) => one.id !== id);
  return item ? [...others.slice(0, to), item, ...others.slice(to)] : others;
}

function middleOf(row: Element): number {
  const { top, height } = row.getBoundingClientRect();
  return top + height / 2;
}
