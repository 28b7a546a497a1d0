import { IconPaperclip } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { icon } from '#client/ui/icon.ts';
import type { WorkFileDto } from '#shared/reviews.ts';
import { PhotoDialog } from './photo-dialog.tsx';
import classes from './review-work.module.css';

/** Photos of a work, large enough to be read, and its other files. A photo opens in a dialog, to be enlarged and turned. */
export function WorkFiles({ files }: { files: WorkFileDto[] }) {
  const { reviews } = useOfficeText();
  const format = useFormat();
  const id = useId();
  const [open, setOpen] = useState<number | null>(null);
  const photos = files.filter(({ mime }) => mime.startsWith('image/'));
  const others = files.filter(({ mime }) => !mime.startsWith('image/'));
  if (files.length === 0) return null;
  return (
    <section aria-labelledby={id} className={classes.section}>
      <h2 id={id}>{reviews.photos}</h2>
      {photos.length > 0 && (
        <ul className={classes.photos}>
          {photos.map((photo, index) => (
            <li key={photo.id}>
              <button type="button" className={classes.photo} aria-label={reviews.enlarge(photo.name)} onClick={() => setOpen(index)}>
                <img
                  src={photo.viewUrl}
                  alt={reviews.photo(index + 1, photos.length)}
                  width={photo.width ?? undefined}
                  height={photo.height ?? undefined}
                  loading="lazy"
                />
              </button>
            </li>
          ))}
        </ul>
      )}
      {others.length > 0 && (
        <ul className={classes.others}>
          {others.map((file) => (
            <li key={file.id}>
              <a href={file.url} target="_blank" rel="noreferrer">
                <IconPaperclip {...icon.sm} />
                <span>
                  {file.name} <span className={classes.dim}>{format.fileSize(file.size)}</span>
                </span>
              </a>
            </li>
          ))}
        </ul>
      )}
      {open !== null && <PhotoDialog photos={photos} at={open} onMove={setOpen} onClose={() => setOpen(null)} />}
    </section>
  );
}
