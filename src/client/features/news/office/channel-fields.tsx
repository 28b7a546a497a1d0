import { useOfficeText } from '#client/lib/office-text.ts';
import { FieldError } from '#client/ui/field-error.tsx';
import classes from './composer.module.css';
import type { NewsFields } from './news-fields.ts';

interface ChannelFieldsProps {
  fields: NewsFields;
  wrong: boolean;
  onChange: (part: Partial<NewsFields>) => void;
}

/** By which ways it goes. */
export function ChannelFields({ fields, wrong, onChange }: ChannelFieldsProps) {
  const { editor: words } = useOfficeText().news;
  return (
    <fieldset className={classes.field} aria-describedby="news-channels-said">
      <legend className={classes.label}>{words.where}</legend>
      <div className={classes.choices}>
        {(['site', 'telegram', 'email'] as const).map((channel, at) => (
          <label key={channel} className={classes.choice}>
            <input
              type="checkbox"
              id={at === 0 ? 'news-channels' : undefined}
              checked={fields[channel]}
              onChange={(event) => onChange({ [channel]: event.currentTarget.checked })}
            />
            <span>{words[channel]}</span>
          </label>
        ))}
      </div>
      <div id="news-channels-said" className={classes.help}>
        {wrong ? <FieldError>{words.channelsRequired}</FieldError> : words.whereHelp}
      </div>
    </fieldset>
  );
}
