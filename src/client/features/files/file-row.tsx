import '@mantine/core/styles/Input.layer.css';
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { Button } from '#client/ui/button.tsx';
import { FieldError } from '#client/ui/field-error.tsx';
import type { OfficeFileDto } from '#shared/files.ts';
import classes from './topic-media.module.css';

/** A file under the theory; what students read of it can be changed in place. */
export function FileRow({ topicId, file, onRemove }: { topicId: string; file: OfficeFileDto; onRemove: () => void }) {
  const { media: words } = useOfficeText().files;
  const format = useFormat();
  const [editing, setEditing] = useState(false);
  if (editing) return <TitleForm topicId={topicId} file={file} onDone={() => setEditing(false)} />;
  const name = file.title ?? file.name;
  return (
    <div className={classes.row}>
      <div className={classes.rowText}>
        <a href={file.url} download={file.name}>
          {name}
        </a>
        <span className={classes.dim}>{[...(file.title ? [file.name] : []), format.fileSize(file.size)].join(', ')}</span>
      </div>
      <div className={classes.rowButtons}>
        <Button size="sm" variant="subtle" aria-label={words.editOf(name)} onClick={() => setEditing(true)}>
          {words.edit}
        </Button>
        <Button size="sm" variant="subtle" aria-label={words.removeOf(name)} onClick={onRemove}>
          {words.remove}
        </Button>
      </div>
    </div>
  );
}

function TitleForm({ topicId, file, onDone }: { topicId: string; file: OfficeFileDto; onDone: () => void }) {
  const { media: words } = useOfficeText().files;
  const text = useText();
  const format = useFormat();
  const utils = trpc.useUtils();
  const [title, setTitle] = useState(file.title ?? '');
  const rename = trpc.files.rename.useMutation({
    onSuccess: async () => {
      await utils.files.ofTopic.invalidate({ topicId });
      onDone();
    },
  });
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!rename.isPending) rename.mutate({ fileId: file.id, title: title.trim() });
      }}
    >
      <TextInput
        label={words.fileTitle}
        description={words.fileTitleHelp}
        placeholder={file.name}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        error={rename.error && <FieldError>{errorText(rename.error, text, format)}</FieldError>}
        autoComplete="off"
        maxLength={200}
      />
      <div className={classes.rowButtons}>
        <BusyButton size="sm" variant="default" busy={rename.isPending} busyLabel={words.adding}>
          {words.save}
        </BusyButton>
        <Button size="sm" variant="subtle" onClick={onDone}>
          {words.cancel}
        </Button>
      </div>
    </form>
  );
}
