import '@mantine/core/styles/Input.layer.css';
import { TextInput } from '@mantine/core';
import { useLocale } from '#client/lib/i18n.tsx';
import { useSite } from '#client/lib/me.ts';
import { serverNow } from '#client/lib/now.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { FieldError } from '#client/ui/field-error.tsx';
import { zoneInSentence } from '#shared/i18n/zones.ts';
import { dayAndTime } from '#shared/wall-clock.ts';
import classes from './composer.module.css';
import type { SendTime } from './send-time.ts';

export const useSchoolZone = (): string => useSite()?.timeZone ?? 'Europe/Moscow';

/** A usual hour for a day that was chosen without one. */
const usualTime = '18:00';

interface WhenFieldsProps {
  value: SendTime;
  problem: 'wrong' | 'past' | null;
  onChange: (part: Partial<SendTime>) => void;
}

/** Now, or at a time by the school's clocks. */
export function WhenFields({ value, problem, onChange }: WhenFieldsProps) {
  const { editor: words } = useOfficeText().news;
  const zone = useSchoolZone();
  const locale = useLocale();
  const told = problem && (problem === 'past' ? words.whenPast : words.whenWrong);
  return (
    <fieldset className={classes.field}>
      <legend className={classes.label}>{words.when}</legend>
      <div className={classes.choices}>
        {[false, true].map((later) => (
          <label key={String(later)} className={classes.choice}>
            <input type="radio" name="news-when" checked={value.later === later} onChange={() => onChange({ later })} />
            <span>{later ? words.later : words.now}</span>
          </label>
        ))}
      </div>
      {value.later && (
        <>
          <div className={classes.moment}>
            <TextInput
              id="news-when"
              type="date"
              label={words.day}
              min={dayAndTime(new Date(serverNow()), zone).on}
              max="2199-12-31"
              value={value.on}
              aria-invalid={told !== null}
              aria-describedby="news-when-said"
              onChange={({ currentTarget: { value: on } }) => onChange(on !== '' && value.time === '' ? { on, time: usualTime } : { on })}
            />
            <TextInput
              type="time"
              label={words.time(zoneInSentence(locale, zone, serverNow()))}
              value={value.time}
              aria-invalid={told !== null}
              aria-describedby="news-when-said"
              onChange={(event) => onChange({ time: event.currentTarget.value })}
            />
          </div>
          <div id="news-when-said" className={classes.help}>
            {told && <FieldError>{told}</FieldError>}
          </div>
        </>
      )}
    </fieldset>
  );
}
