import '@mantine/core/styles/ActionIcon.layer.css';
import { ActionIcon } from '@mantine/core';
import { IconGripVertical } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import { useOfficeText } from '#client/lib/office-text.ts';
import { icon } from '#client/ui/icon.ts';
import typography from '#client/ui/type.module.css';
import classes from './sortable-list.module.css';
import { useReorder } from './use-reorder.ts';
import { useSpoken } from './use-spoken.ts';

interface SortableListProps<T extends { id: string }> {
  label: string;
  items: readonly T[];
  nameOf: (item: T) => string;
  /** The item was put before `beforeId`, or at the end where that is null. */
  onMove: (item: T, beforeId: string | null) => void;
  children: (item: T) => ReactNode;
}

/** One list with a handle at each of its rows. */
export function SortableList<T extends { id: string }>({ label, items, nameOf, onMove, children }: SortableListProps<T>) {
  const words = useOfficeText().reorder;
  const listId = useId();
  const hintId = useId();
  const byId = new Map(items.map((item) => [item.id, item]));
  const reorder = useReorder({
    lists: [{ id: listId, items: [...byId.keys()] }],
    crossing: false,
    words: useSpoken((id) => {
      const item = byId.get(id);
      return item ? nameOf(item) : '';
    }, null),
    onDrop(id, { beforeId }) {
      const item = byId.get(id);
      if (item) onMove(item, beforeId);
    },
  });
  const shown = reorder.shown.flatMap((list) => list.items).flatMap((id) => byId.get(id) ?? []);
  return (
    <div {...reorder.container}>
      <ol className={classes.list} aria-label={label} data-list={listId} data-open="">
        {shown.map((item) => (
          <li key={item.id} data-item={item.id} className={classes.row} data-lifted={reorder.lifted === item.id || undefined}>
            {items.length > 1 && (
              <ActionIcon
                className={classes.handle}
                size={36}
                aria-label={words.handle(nameOf(item))}
                aria-describedby={hintId}
                {...reorder.handle(item.id)}
              >
                <IconGripVertical {...icon.md} />
              </ActionIcon>
            )}
            <div className={classes.content}>{children(item)}</div>
          </li>
        ))}
      </ol>
      <p id={hintId} className={typography.hidden}>
        {words.hint}
      </p>
      <p role="status" className={typography.hidden}>
        {reorder.spoken}
      </p>
    </div>
  );
}
