import '@mantine/core/styles/ActionIcon.layer.css';
import { ActionIcon } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useState } from 'react';
import { useOfficeText } from '#client/lib/office-text.ts';
import { createStore } from '#client/lib/store.ts';
import { uploads } from '#client/lib/upload.ts';
import { isForTray, isOver } from '#client/lib/upload-queue.ts';
import { icon } from '#client/ui/icon.ts';
import { UploadList } from './upload-list.tsx';
import classes from './uploads.module.css';

/** Topics whose uploads are shown on the page itself: not twice. */
export const shownInPlace = createStore<readonly string[]>([]);

/** Files on their way, at the foot of every page of the office: they go on while one works elsewhere. */
export function UploadTray() {
  const { upload } = useOfficeText().files;
  const elsewhere = shownInPlace.use();
  const items = uploads.use().filter((item) => isForTray(item, elsewhere));
  const [folded, setFolded] = useState(false);
  if (items.length === 0) return null;
  const going = items.filter((item) => !isOver(item)).length;
  return (
    <section className={classes.tray} aria-label={upload.list}>
      <div className={classes.trayHead}>
        <b>{going === 0 ? upload.over : upload.title(going)}</b>
        <ActionIcon aria-label={folded ? upload.unfold : upload.fold} aria-expanded={!folded} onClick={() => setFolded(!folded)}>
          {folded ? <IconChevronUp {...icon.md} /> : <IconChevronDown {...icon.md} />}
        </ActionIcon>
      </div>
      {!folded && (
        <div className={classes.trayBody}>
          <UploadList items={items} />
        </div>
      )}
    </section>
  );
}
