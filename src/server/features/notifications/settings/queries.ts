import { defaultMode, defaultQuiet, kindsOf, type NoticeChannel, type NoticeKind, noticeModes } from '#shared/notification-rules.ts';
import type { SettingsDto } from '#shared/notifications.ts';
import type { App, PersonActor } from '../../../platform/app.ts';

interface Row {
  email: string;
  time_zone: string;
  chosen: { kind: string; channel: NoticeChannel; mode: string }[] | null;
  from_min: number | null;
  to_min: number | null;
  blocked: 'mailbox' | 'domain' | null;
  linked_at: Date | null;
  broken: boolean;
}

/** What somebody is told, where and when. One statement, and one for the name of the bot. */
export async function getSettings(app: App, actor: PersonActor): Promise<SettingsDto> {
  const [{ rows }, botName] = await Promise.all([
    app.pool.query<Row>({
      name: 'notice-settings',
      text: `SELECT p.email, p.time_zone, q.from_min, q.to_min, b.reason AS blocked, l.linked_at, l.broken_at IS NOT NULL AS broken,
          (SELECT json_agg(json_build_object('kind', s.kind, 'channel', s.channel, 'mode', s.mode)) FROM notice_setting s WHERE s.person_id = p.id) AS chosen
        FROM person p LEFT JOIN quiet_hours q ON q.person_id = p.id LEFT JOIN mail_block b ON b.email = p.email
        LEFT JOIN telegram_link l ON l.person_id = p.id WHERE p.id = $1`,
      values: [actor.id],
    }),
    app.telegram?.botName() ?? null,
  ]);
  const [row] = rows;
  if (!row) throw new Error('somebody who is signed in is nobody');
  return {
    kinds: kindsIn(app, actor).map((kind) => ({
      kind,
      site: modeOf(row, kind, 'site', noticeModes.site),
      telegram: modeOf(row, kind, 'telegram', noticeModes.telegram),
      email: modeOf(row, kind, 'email', noticeModes.email),
    })),
    quiet: row.from_min === null || row.to_min === null ? defaultQuiet : { fromMin: row.from_min, toMin: row.to_min },
    timeZone: row.time_zone,
    email: row.email,
    emailBlocked: row.blocked,
    telegram: {
      state: app.config.telegram === null ? 'off' : row.linked_at === null ? 'none' : row.broken ? 'broken' : 'linked',
      botName,
      linkedAt: row.linked_at?.toISOString() ?? null,
    },
  };
}

function modeOf<M extends string>({ chosen }: Row, kind: NoticeKind, channel: NoticeChannel, modes: readonly [M, ...M[]]): M {
  const mode = chosen?.find((one) => one.kind === kind && one.channel === channel)?.mode ?? defaultMode(kind, channel);
  return modes.find((known) => known === mode) ?? modes[0];
}

/** Where the school takes no payments nothing is said of them. */
function kindsIn({ payments }: App, { role }: PersonActor): NoticeKind[] {
  return kindsOf[role].filter((kind) => payments !== null || (kind !== 'payment' && kind !== 'alert'));
}
