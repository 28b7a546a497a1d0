import type { NoticeChannel, NoticeKind, NoticeMode } from '#shared/notification-rules.ts';
import type { SetModeInput, SettingsDto } from '#shared/notifications.ts';

export type SettingChange = { of: 'mode'; input: SetModeInput } | { of: 'quiet'; input: SettingsDto['quiet'] };

export type KindSettings = SettingsDto['kinds'][number];

/** The settings with what was chosen since they were read. */
export function withChanges(settings: SettingsDto, changes: Iterable<SettingChange>): SettingsDto {
  let { kinds, quiet } = settings;
  for (const change of changes) {
    if (change.of === 'quiet') quiet = change.input;
    else {
      const { kind, channel, mode } = change.input;
      kinds = kinds.map((row) => (row.kind === kind ? { ...row, [channel]: mode } : row));
    }
  }
  return { ...settings, kinds, quiet };
}

/** How a change is called among those that wait: a later one about the same takes its place. */
export const quietChange = 'quiet';
export const modeChange = (kind: NoticeKind, channel: NoticeChannel) => `${kind} ${channel}`;

/** Do letters come where Telegram does not: is any wanted, and does the address take them? */
export const isMailed = ({ kinds, emailBlocked }: SettingsDto): boolean =>
  emailBlocked === null && kinds.some(({ email }) => email !== 'off');

/**
 * What letters may be chosen to do. In a school without a bot nothing is «instead of Telegram»: a letter goes at once, whichever of the two is set.
 */
export function emailChoices(bot: boolean, now: KindSettings['email']): readonly KindSettings['email'][] {
  if (bot) return ['instead', 'always', 'daily', 'off'];
  return [now === 'always' ? 'always' : 'instead', 'daily', 'off'];
}

/** What a select has handed over, if it is one of its modes. */
export function chosenMode<M extends NoticeMode>(modes: readonly M[], value: string): M | undefined {
  return modes.find((mode) => mode === value);
}

const step = 30;
const day = 24 * 60;

/** Times to choose from, in minutes of the day: each half hour, and the one that is set; not the other end, for then there would be no hours. */
export function quietTimes(set: number, otherEnd: number): number[] {
  const times = Array.from({ length: day / step }, (_, at) => at * step);
  return [...new Set([...times, set])].filter((time) => time !== otherEnd).sort((a, b) => a - b);
}

/** «22:00» */
export function clockTime(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
