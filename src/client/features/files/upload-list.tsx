import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { cancelUpload, dismissUpload, pauseUpload, resumeUpload } from '#client/lib/upload.ts';
import { canPause, isOver, type UploadItem } from '#client/lib/upload-queue.ts';
import { refusalText } from '#client/lib/upload-refusal.ts';
import { Button } from '#client/ui/button.tsx';
import { FieldError } from '#client/ui/field-error.tsx';
import { icon } from '#client/ui/icon.ts';
import { ProgressBar } from '#client/ui/progress-bar.tsx';
import classes from './uploads.module.css';

/** Uploads with how far they are, and what can be done about each. */
export function UploadList({ items }: { items: readonly UploadItem[] }) {
  const { upload } = useOfficeText().files;
  if (items.length === 0) return null;
  return (
    <ul className={classes.list} aria-label={upload.list}>
      {items.map((item) => (
        <li key={item.id} className={classes.item}>
          <p className={classes.name}>{item.name}</p>
          {item.phase !== 'refused' && <ProgressBar thin done={item.sent} total={item.size} />}
          <div className={classes.under}>
            <UploadState item={item} />
            <span className={classes.buttons}>
              <UploadButtons item={item} />
            </span>
          </div>
        </li>
      ))}
    </ul>
  );
}

function UploadState({ item }: { item: UploadItem }) {
  const { upload } = useOfficeText().files;
  const text = useText();
  const format = useFormat();
  const percent = format.percent(item.size === 0 ? 0 : item.sent / item.size);
  const words = () => {
    switch (item.phase) {
      case 'waiting':
        return upload.waiting;
      case 'sending':
        return upload.sending(percent, format.fileSize(item.sent), format.fileSize(item.size));
      case 'checking':
        return upload.checking;
      case 'paused':
        return upload.paused(percent);
      case 'interrupted':
        return upload.interrupted(percent);
      case 'signed-out':
        return upload.signedOut;
      case 'done':
        return upload.done;
      case 'refused':
        return item.refusal && <FieldError>{refusalText(item.refusal, text)}</FieldError>;
    }
  };
  // Figures that change four times a second are not read aloud; what becomes of the file is.
  return (
    <span className={classes.state} role={item.phase === 'sending' ? undefined : 'status'}>
      {words()}
    </span>
  );
}

function UploadButtons({ item }: { item: UploadItem }) {
  const { upload } = useOfficeText().files;
  const named = (action: string) => ({ 'aria-label': upload.of(action, item.name), children: action });
  if (isOver(item)) return <Button size="sm" variant="subtle" onClick={() => dismissUpload(item.id)} {...named(upload.dismiss)} />;
  return (
    <>
      {canPause(item) && (
        <Button
          size="sm"
          variant="subtle"
          leftSection={<IconPlayerPause {...icon.sm} />}
          onClick={() => pauseUpload(item.id)}
          {...named(upload.pause)}
        />
      )}
      {item.phase === 'paused' && (
        <Button
          size="sm"
          variant="subtle"
          leftSection={<IconPlayerPlay {...icon.sm} />}
          onClick={() => resumeUpload(item.id)}
          {...named(upload.resume)}
        />
      )}
      <Button size="sm" variant="subtle" onClick={() => cancelUpload(item.id)} {...named(upload.cancel)} />
    </>
  );
}
