import { IconPaperclip } from '@tabler/icons-react';
import { useFormat } from '#client/lib/i18n.tsx';
import { icon } from '#client/ui/icon.ts';
import type { FileDto } from '#shared/courses.ts';
import classes from './file-list.module.css';

interface FileListProps {
  files: FileDto[];
  label: string;
  className?: string | undefined;
}

export function FileList({ files, label, className }: FileListProps) {
  const format = useFormat();
  return (
    <ul className={[classes.files, className].filter(Boolean).join(' ')} aria-label={label}>
      {files.map((file) => (
        <li key={file.name}>
          <a className={classes.file} href={file.url} download={file.name}>
            <IconPaperclip {...icon.sm} />
            <span>
              {file.title} <span className={classes.size}>{format.fileSize(file.size)}</span>
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
