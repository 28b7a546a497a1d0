import { IconAlertCircle, IconCloudCheck, IconCloudUp } from '@tabler/icons-react';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { icon } from '#client/ui/icon.ts';
import type_ from '#client/ui/type.module.css';
import { textLimit } from '#shared/texts.ts';
import type { SaveState } from './autosave.ts';
import classes from './text-editor.module.css';
import { TextTooLong } from './use-text.ts';

/** One place of constant width; a failure is also spoken, once. */
export function SaveStatus({ state }: { state: SaveState }) {
  const { editor } = useOfficeText();
  const text = useText();
  const format = useFormat();
  const { save } = editor;
  const failed = state.status === 'failed' || state.status === 'refused';
  const words = () => {
    switch (state.status) {
      case 'saved':
        return save.saved;
      case 'saving':
        return save.saving;
      case 'failed':
        return save.failed;
      case 'refused':
        return state.error instanceof TextTooLong
          ? save.tooLong(format.number(textLimit))
          : save.refused(errorText(state.error, text, format));
      default:
        return save.waiting;
    }
  };
  return (
    <>
      <p className={failed ? `${classes.saveStatus} ${classes.saveFailed}` : classes.saveStatus} data-status={state.status}>
        {failed ? (
          <IconAlertCircle {...icon.sm} />
        ) : state.status === 'saved' ? (
          <IconCloudCheck {...icon.sm} />
        ) : (
          <IconCloudUp {...icon.sm} />
        )}
        <span>{words()}</span>
      </p>
      <p role="status" className={type_.hidden}>
        {failed && save.spoken}
      </p>
    </>
  );
}
