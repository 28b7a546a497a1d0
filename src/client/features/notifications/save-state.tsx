import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useNoticesText } from '#client/lib/notices-text.ts';
import { FormError } from '#client/ui/field-error.tsx';
import classes from './settings.module.css';
import { type SettingsSaver, useSaveState } from './use-settings-saver.ts';

interface SaveStateProps {
  saver: SettingsSaver;
  /** Is a change of this name about what this stands beside? */
  belongs: (about: string) => boolean;
}

/** «Сохранено», or that it is not and what to do; its place is kept. */
export function SaveState({ saver, belongs }: SaveStateProps) {
  const { settings: words } = useNoticesText();
  const { common } = useText();
  const state = useSaveState(saver, belongs);
  return (
    <span className={classes.state}>
      <span role="status">
        {state === 'saving' && common.saving}
        {state === 'saved' && common.saved}
      </span>
      {state === 'failed' && (
        <>
          <span className={classes.notSaved}>{words.notSaved}</span>
          <button type="button" className={classes.retry} onClick={saver.retry}>
            {common.error.retry}
          </button>
        </>
      )}
    </span>
  );
}

/** Why it was not saved; below what it is about. */
export function SaveError({ saver, belongs }: SaveStateProps) {
  const text = useText();
  const format = useFormat();
  const { failed } = saver.state.use();
  const state = useSaveState(saver, belongs);
  return (
    <div className={classes.error}>
      <FormError>{state === 'failed' && failed && errorText(failed.error, text, format)}</FormError>
    </div>
  );
}
