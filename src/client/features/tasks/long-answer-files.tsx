import { IconPaperclip } from '@tabler/icons-react';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { icon } from '#client/ui/icon.ts';
import type { WorkFileDto } from '#shared/reviews.ts';
import classes from './long-answer.module.css';

/** Files of a work: pictures as small pictures, each opens whole. */
export function LongAnswerFiles({ files }: { files: WorkFileDto[] }) {
  const text = useText().tasks.long;
  const format = useFormat();
  return (
    <ul className={classes.files} aria-label={text.files}>
      {files.map((file) => (
        <li key={file.id} className={classes.file}>
          <a href={file.url} target="_blank" rel="noreferrer">
            {file.mime.startsWith('image/') ? (
              <img src={file.previewUrl} alt="" width={88} height={88} loading="lazy" className={classes.thumb} />
            ) : (
              <span className={classes.thumb}>
                <IconPaperclip {...icon.lg} />
              </span>
            )}
            <span className={classes.name}>{file.name}</span>
            <span className={classes.size}>{format.fileSize(file.size)}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
