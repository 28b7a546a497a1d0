import { useWide } from '#client/features/texts/use-wide.ts';
import { useMe } from '#client/lib/me.ts';
import { useNoticesText } from '#client/lib/notices-text.ts';
import table from '#client/ui/table.module.css';
import type_ from '#client/ui/type.module.css';
import { dailyAtMin, type NoticeChannel, type NoticeKind } from '#shared/notification-rules.ts';
import type { SettingsDto } from '#shared/notifications.ts';
import { KindControl } from './kind-controls.tsx';
import { SaveError, SaveState } from './save-state.tsx';
import { clockTime, type KindSettings, quietChange } from './setting-changes.ts';
import classes from './settings.module.css';
import type { SettingsSaver } from './use-settings-saver.ts';

interface KindSettingsProps {
  settings: SettingsDto;
  saver: SettingsSaver;
}

/** What is sent where: a table, and on a phone one piece for each kind. */
export function KindsOfNotices({ settings, saver }: KindSettingsProps) {
  const { settings: words } = useNoticesText();
  const wide = useWide();
  const bot = settings.telegram.state !== 'off';
  const channels: readonly NoticeChannel[] = bot ? ['site', 'telegram', 'email'] : ['site', 'email'];
  const parts = { rows: settings.kinds, channels, bot, saver };
  return (
    <section className={classes.section} aria-labelledby="notice-kinds">
      <h3 id="notice-kinds">{words.kinds.title}</h3>
      {wide ? <KindTable {...parts} /> : <KindPieces {...parts} />}
      <SaveError saver={saver} belongs={(about) => about !== quietChange} />
      <p className={classes.help}>{words.kinds.instead(bot)}</p>
      <p className={classes.help}>{words.daily(clockTime(dailyAtMin))}</p>
    </section>
  );
}

interface Rows {
  rows: readonly KindSettings[];
  channels: readonly NoticeChannel[];
  bot: boolean;
  saver: SettingsSaver;
}

function KindTable({ rows, channels, bot, saver }: Rows) {
  const { kinds: words } = useNoticesText().settings;
  const nameOf = useNames();
  return (
    <table className={`${table.table} ${classes.table}`} aria-labelledby="notice-kinds">
      <thead>
        <tr>
          <th scope="col">{words.kind}</th>
          {channels.map((channel) => (
            <th key={channel} scope="col" className={classes[channel]}>
              {words[channel]}
            </th>
          ))}
          <th scope="col" className={classes.stateColumn}>
            <span className={type_.hidden}>{words.state}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const { name, about } = nameOf(row.kind);
          return (
            <tr key={row.kind}>
              <th scope="row" className={classes.kind}>
                <b>{name}</b>
                <span className={classes.about}>{about}</span>
              </th>
              {channels.map((channel) => (
                <td key={channel}>
                  <KindControl channel={channel} row={row} name={name} bot={bot} saver={saver} />
                </td>
              ))}
              <td>
                <SaveState saver={saver} belongs={belongsTo(row.kind)} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function KindPieces({ rows, channels, bot, saver }: Rows) {
  const nameOf = useNames();
  return rows.map((row) => {
    const { name, about } = nameOf(row.kind);
    return (
      <fieldset key={row.kind} aria-labelledby={`notice-${row.kind}`} className={classes.piece}>
        <div className={classes.pieceHead}>
          <h4 id={`notice-${row.kind}`}>{name}</h4>
          <SaveState saver={saver} belongs={belongsTo(row.kind)} />
        </div>
        <p className={classes.about}>{about}</p>
        {channels.map((channel) => (
          <KindControl key={channel} channel={channel} row={row} name={name} bot={bot} saver={saver} labelled />
        ))}
      </fieldset>
    );
  });
}

const belongsTo = (kind: NoticeKind) => (about: string) => about.startsWith(`${kind} `);

function useNames(): (kind: NoticeKind) => { name: string; about: string } {
  const { names, newsOfTeacher } = useNoticesText().settings;
  const teacher = useMe()?.role === 'moderator';
  return (kind) => (teacher && kind === 'news' ? newsOfTeacher : names[kind]);
}
