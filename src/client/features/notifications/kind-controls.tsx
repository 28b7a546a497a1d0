import '@mantine/core/styles/Input.layer.css';
import '@mantine/core/styles/InlineInput.layer.css';
import '@mantine/core/styles/Switch.layer.css';
import { NativeSelect, Switch } from '@mantine/core';
import { useNoticesText } from '#client/lib/notices-text.ts';
import { type NoticeChannel, type NoticeMode, noticeModes } from '#shared/notification-rules.ts';
import type { SetModeInput } from '#shared/notifications.ts';
import { chosenMode, emailChoices, type KindSettings, modeChange } from './setting-changes.ts';
import classes from './settings.module.css';
import type { SettingsSaver } from './use-settings-saver.ts';

interface KindControlProps {
  row: KindSettings;
  name: string;
  /** Has this school a bot? */
  bot: boolean;
  saver: SettingsSaver;
  /** Shown above the control, where no heading of a table says which channel it is. */
  labelled?: boolean;
}

/** The control of one kind in one channel. */
export function KindControl({ channel, ...props }: KindControlProps & { channel: NoticeChannel }) {
  const { settings: words } = useNoticesText();
  const { row, name, bot, saver, labelled } = props;
  const { kind } = row;
  const choose = (input: SetModeInput) => saver.want(modeChange(kind, channel), { of: 'mode', input });
  const shownName = words.kinds[channel];
  const names = labelled ? { label: shownName } : { 'aria-label': words.kinds.control(name, shownName) };
  switch (channel) {
    case 'site':
      return (
        <Switch
          size="md"
          {...names}
          labelPosition="left"
          withThumbIndicator={false}
          classNames={labelled ? { body: classes.switchBody, labelWrapper: classes.switchLabel } : undefined}
          checked={row.site === 'on'}
          onChange={(event) => choose({ kind, channel, mode: event.currentTarget.checked ? 'on' : 'off' })}
        />
      );
    case 'telegram':
      return (
        <ModeSelect
          {...names}
          modes={noticeModes.telegram}
          labels={words.modes.telegram}
          value={row.telegram}
          onChoose={(mode) => choose({ kind, channel, mode })}
        />
      );
    case 'email': {
      const labels = bot ? words.modes.email : { ...words.modes.email, instead: words.modes.emailAtOnce, always: words.modes.emailAtOnce };
      return (
        <ModeSelect
          {...names}
          modes={emailChoices(bot, row.email)}
          labels={labels}
          value={row.email}
          onChoose={(mode) => choose({ kind, channel, mode })}
        />
      );
    }
  }
}

interface ModeSelectProps<M extends NoticeMode> {
  label?: string;
  'aria-label'?: string;
  modes: readonly M[];
  labels: Record<M, string>;
  value: M;
  onChoose: (mode: M) => void;
}

function ModeSelect<M extends NoticeMode>({ modes, labels, value, onChoose, ...names }: ModeSelectProps<M>) {
  return (
    <NativeSelect
      {...names}
      value={value}
      data={modes.map((mode) => ({ value: mode, label: labels[mode] }))}
      onChange={(event) => {
        const mode = chosenMode(modes, event.currentTarget.value);
        if (mode) onChoose(mode);
      }}
    />
  );
}
