import '@mantine/core/styles/ActionIcon.layer.css';
import { ActionIcon } from '@mantine/core';
import { IconPaperclip, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { offline } from '#client/lib/online.ts';
import { FieldError } from '#client/ui/field-error.tsx';
import { icon } from '#client/ui/icon.ts';
import { ProgressBar } from '#client/ui/progress-bar.tsx';
import classes from './long-answer.module.css';
import type { ArrivingFile, KeptFile } from './long-answer-drafts.ts';

export interface ChosenFiles {
  /** Those that have arrived; `url` leads to one that may be looked at. */
  files: (Omit<KeptFile, 'at'> & { url?: string })[];
  arriving: readonly ArrivingFile[];
  refused: { key: string; name: string; why: string }[];
  remove: (id: string) => void;
  cancel: (key: string) => void;
  dismiss: (key: string) => void;
}

/** Files chosen for a work: arrived, on their way, refused. */
export function LongAnswerChosen({ files, editable }: { files: ChosenFiles; editable: boolean }) {
  const text = useText().tasks.long;
  const format = useFormat();
  const isOffline = offline.use() !== null;
  if (files.files.length + files.arriving.length + files.refused.length === 0) return null;
  return (
    <ul className={classes.chosen} aria-label={text.files}>
      {files.files.map((file) => (
        <Chosen key={file.id} file={file} onRemove={editable ? () => files.remove(file.id) : undefined}>
          {format.fileSize(file.size)}
        </Chosen>
      ))}
      {files.arriving.map((file) => (
        <Chosen key={file.key} file={file} onRemove={() => files.cancel(file.key)}>
          <ProgressBar thin done={file.sent} total={file.size} />
          {isOffline ? text.fileWaits : text.uploading(format.percent(file.size === 0 ? 0 : file.sent / file.size))}
        </Chosen>
      ))}
      {files.refused.map(({ key, name, why }) => (
        <Chosen key={key} file={{ name, thumb: null }} onRemove={() => files.dismiss(key)}>
          <span role="alert">
            <FieldError>{why}</FieldError>
          </span>
        </Chosen>
      ))}
    </ul>
  );
}

interface ChosenProps {
  file: { name: string; thumb: string | null; url?: string };
  onRemove: (() => void) | undefined;
  children: ReactNode;
}

function Chosen({ file: { name, thumb, url }, onRemove, children }: ChosenProps) {
  const text = useText().tasks.long;
  return (
    <li className={classes.one}>
      {thumb ? (
        <img src={thumb} alt="" width={56} height={56} className={classes.small} />
      ) : (
        <span className={classes.small}>
          <IconPaperclip {...icon.md} />
        </span>
      )}
      <div className={classes.about}>
        <p className={classes.name}>
          {url === undefined ? (
            name
          ) : (
            <a href={url} target="_blank" rel="noreferrer">
              {name}
            </a>
          )}
        </p>
        <div className={classes.size}>{children}</div>
      </div>
      {onRemove && (
        <ActionIcon aria-label={text.remove(name)} onClick={onRemove}>
          <IconX {...icon.md} />
        </ActionIcon>
      )}
    </li>
  );
}
