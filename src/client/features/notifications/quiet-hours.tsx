import '@mantine/core/styles/Input.layer.css';
import '@mantine/core/styles/InlineInput.layer.css';
import '@mantine/core/styles/Switch.layer.css';
import { NativeSelect, Switch } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { useLocale } from '#client/lib/i18n.tsx';
import { useNoticesText } from '#client/lib/notices-text.ts';
import { serverNow } from '#client/lib/now.ts';
import { zoneInSentence } from '#shared/i18n/zones.ts';
import { defaultQuiet } from '#shared/notification-rules.ts';
import type { SettingsDto } from '#shared/notifications.ts';
import { SaveError, SaveState } from './save-state.tsx';
import { clockTime, quietChange, quietTimes } from './setting-changes.ts';
import classes from './settings.module.css';
import type { SettingsSaver } from './use-settings-saver.ts';

const isQuiet = (about: string) => about === quietChange;

/** When letters and Telegram wait. */
export function QuietHours({ settings: { quiet, timeZone }, saver }: { settings: SettingsDto; saver: SettingsSaver }) {
  const { quiet: words } = useNoticesText().settings;
  const locale = useLocale();
  const on = quiet.fromMin !== quiet.toMin;
  // Switched off and on again within this visit, they are as they were.
  const [last, setLast] = useState<SettingsDto['quiet']>(on ? quiet : defaultQuiet);
  const choose = (input: SettingsDto['quiet']) => saver.want(quietChange, { of: 'quiet', input });
  const change = (part: Partial<SettingsDto['quiet']>) => {
    const input = { ...quiet, ...part };
    setLast(input);
    choose(input);
  };
  return (
    <section className={classes.section} aria-labelledby="quiet-hours">
      <div className={classes.head}>
        <h3 id="quiet-hours">{words.title}</h3>
        <SaveState saver={saver} belongs={isQuiet} />
      </div>
      <p className={classes.lead}>{words.text}</p>
      <Switch
        className={classes.quietSwitch}
        size="md"
        withThumbIndicator={false}
        label={words.on}
        checked={on}
        onChange={(event) => choose(event.currentTarget.checked ? last : { fromMin: 0, toMin: 0 })}
      />
      {on && (
        <div className={classes.times}>
          <TimeSelect label={words.from} value={quiet.fromMin} not={quiet.toMin} onChoose={(fromMin) => change({ fromMin })} />
          <TimeSelect label={words.to} value={quiet.toMin} not={quiet.fromMin} onChoose={(toMin) => change({ toMin })} />
        </div>
      )}
      <SaveError saver={saver} belongs={isQuiet} />
      <p className={classes.help}>
        {words.zone(zoneInSentence(locale, timeZone, serverNow()))} <Link href="/profile/data">{words.toZone}</Link>
      </p>
    </section>
  );
}

interface TimeSelectProps {
  label: string;
  value: number;
  /** The other end. */
  not: number;
  onChoose: (minutes: number) => void;
}

function TimeSelect({ label, value, not, onChoose }: TimeSelectProps) {
  return (
    <NativeSelect
      label={label}
      value={String(value)}
      data={quietTimes(value, not).map((time) => ({ value: String(time), label: clockTime(time) }))}
      onChange={(event) => onChoose(Number(event.currentTarget.value))}
    />
  );
}
