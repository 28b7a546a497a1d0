import '@mantine/core/styles/Input.layer.css';
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { errorText, fieldErrors } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { Button } from '#client/ui/button.tsx';
import { FieldError, FormError } from '#client/ui/field-error.tsx';
import type { OfficeVideoDto } from '#shared/media.ts';
import { videoOf } from '#shared/videos.ts';
import classes from './topic-media.module.css';
import { readMinutes } from './video-file.ts';

interface VideoFields {
  title: string;
  url: string;
  minutes: number | null;
}

interface VideoFormProps {
  id: string;
  /** Left out: a new one. */
  video?: OfficeVideoDto;
  busy: boolean;
  error: unknown;
  onSave: (fields: VideoFields) => void;
  onCancel?: () => void;
}

/** Address, title and length of a video. The address is judged while it is typed; what is missing, when one wants to save. */
export function VideoForm({ id, video, busy, error, onSave, onCancel }: VideoFormProps) {
  const { media: words } = useOfficeText().files;
  const text = useText();
  const format = useFormat();
  const own = video?.host === 'own';
  const [url, setUrl] = useState(video?.url ?? '');
  const [title, setTitle] = useState(video?.title ?? '');
  const [typedMinutes, setTypedMinutes] = useState(video?.minutes ? String(video.minutes) : '');
  const [pressed, setPressed] = useState(false);
  const found = videoOf(url);
  const minutes = readMinutes(typedMinutes);
  const refused = fieldErrors(error, text);
  const problems = {
    url: !own && (pressed || url.trim().length > 10) && !found ? text.errors.field['video-unknown'] : refused.url,
    title: pressed && title.trim() === '' ? words.titleEmpty : refused.title,
    minutes: minutes === 'wrong' ? words.lengthWrong : refused.minutes,
  };
  const shown = (problem: string | undefined) => problem && <FieldError>{problem}</FieldError>;
  // A new one shows its other fields once there is an address to speak of.
  const whole = video !== undefined || url.trim() !== '';
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setPressed(true);
        if (busy || title.trim() === '' || minutes === 'wrong' || !(own || found)) return;
        onSave({ title: title.trim(), url: url.trim(), minutes });
      }}
    >
      {!own && (
        <TextInput
          id={`${id}-url`}
          label={words.address}
          description={found ? words.recognised(words.hosts[found.host]) : words.addressHelp}
          value={url}
          onChange={(event) => setUrl(event.currentTarget.value)}
          error={shown(problems.url)}
          inputMode="url"
          autoComplete="off"
          maxLength={500}
        />
      )}
      {whole && (
        <>
          <div className={classes.formRow}>
            <TextInput
              id={`${id}-title`}
              className={classes.formTitle}
              label={words.title}
              value={title}
              onChange={(event) => setTitle(event.currentTarget.value)}
              error={shown(problems.title)}
              autoComplete="off"
              maxLength={200}
            />
            <TextInput
              id={`${id}-minutes`}
              className={classes.formMinutes}
              label={words.length}
              value={typedMinutes}
              onChange={(event) => setTypedMinutes(event.currentTarget.value)}
              error={shown(problems.minutes)}
              inputMode="numeric"
              autoComplete="off"
              maxLength={3}
            />
          </div>
          <div className={classes.rowButtons}>
            <BusyButton size="sm" variant="default" busy={busy} busyLabel={words.adding}>
              {video ? words.save : words.add}
            </BusyButton>
            {onCancel && (
              <Button size="sm" variant="subtle" onClick={onCancel}>
                {words.cancel}
              </Button>
            )}
          </div>
          <FormError>{error !== null && Object.keys(refused).length === 0 && errorText(error, text, format)}</FormError>
        </>
      )}
    </form>
  );
}
