import { IconPaperclip, IconX } from '@tabler/icons-react';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useTalkText } from '#client/lib/talk-text.ts';
import { icon } from '#client/ui/icon.ts';
import classes from './composer.module.css';
import { isArriving, type OutFile } from './out-message.ts';
import { wireErrorText } from './wire-error-text.ts';

interface ComposerFilesProps {
  files: readonly OutFile[];
  sent: Readonly<Record<string, number>>;
  onRemove: (key: string) => void;
}

export function ComposerFiles({ files, sent, onRemove }: ComposerFilesProps) {
  const text = useText();
  const format = useFormat();
  const { composer } = useTalkText().chat;
  const state = (file: OutFile) => {
    if (file.failed === 'lost') return composer.lost;
    if (file.failed !== null) return wireErrorText(file.failed, text, format);
    return isArriving(file)
      ? composer.uploading(format.percent((sent[file.key] ?? 0) / Math.max(1, file.size)))
      : format.fileSize(file.size);
  };
  return (
    <ul className={classes.files} aria-label={composer.files}>
      {files.map((file) => (
        <li key={file.key} className={classes.file}>
          {file.thumb === null ? (
            <span className={classes.thumb}>
              <IconPaperclip {...icon.md} />
            </span>
          ) : (
            <img className={classes.thumb} src={file.thumb} alt="" width={40} height={40} />
          )}
          <span className={classes.fileText}>
            <bdi className={classes.fileName}>{file.name}</bdi>
            <span
              className={file.failed === null ? classes.fileState : classes.fileFailed}
              role={file.failed === null ? undefined : 'alert'}
            >
              {state(file)}
            </span>
          </span>
          <button type="button" className={classes.tool} aria-label={composer.remove(file.name)} onClick={() => onRemove(file.key)}>
            <IconX {...icon.md} />
          </button>
        </li>
      ))}
    </ul>
  );
}
