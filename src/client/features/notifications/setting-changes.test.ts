import { describe, expect, test } from 'vitest';
import type { SettingsDto } from '#shared/notifications.ts';
import { clockTime, emailChoices, isMailed, quietTimes, withChanges } from './setting-changes.ts';

const settings: SettingsDto = {
  kinds: [
    { kind: 'answer', site: 'on', telegram: 'on', email: 'instead' },
    { kind: 'news', site: 'on', telegram: 'on', email: 'instead' },
  ],
  quiet: { fromMin: 1320, toMin: 480 },
  timeZone: 'Europe/Moscow',
  email: 'ilya@example.ru',
  emailBlocked: null,
  telegram: { state: 'none', botName: null, linkedAt: null },
};

test('letters are promised only where one would come', () => {
  expect(isMailed(settings)).toBe(true);
  expect(isMailed({ ...settings, emailBlocked: 'mailbox' })).toBe(false);
  expect(isMailed({ ...settings, kinds: [{ kind: 'question', site: 'on', telegram: 'on', email: 'off' }] })).toBe(false);
});

describe('settings with what was chosen since', () => {
  test('each change in its place, the last one wins, the rest stays', () => {
    const changed = withChanges(settings, [
      { of: 'mode', input: { kind: 'news', channel: 'telegram', mode: 'silent' } },
      { of: 'mode', input: { kind: 'news', channel: 'email', mode: 'daily' } },
      { of: 'mode', input: { kind: 'news', channel: 'email', mode: 'off' } },
      { of: 'quiet', input: { fromMin: 0, toMin: 0 } },
    ]);
    expect(changed.kinds).toEqual([settings.kinds[0], { kind: 'news', site: 'on', telegram: 'silent', email: 'off' }]);
    expect(changed.quiet).toEqual({ fromMin: 0, toMin: 0 });
    expect({ ...changed, kinds: settings.kinds, quiet: settings.quiet }).toEqual(settings);
  });

  test('a kind that this person has not changes nothing', () => {
    expect(withChanges(settings, [{ of: 'mode', input: { kind: 'question', channel: 'site', mode: 'off' } }])).toEqual(settings);
  });
});

test.each([
  [true, 'instead', ['instead', 'always', 'daily', 'off']],
  [true, 'off', ['instead', 'always', 'daily', 'off']],
  [false, 'instead', ['instead', 'daily', 'off']],
  [false, 'always', ['always', 'daily', 'off']],
  [false, 'off', ['instead', 'daily', 'off']],
] as const)('letters in a school with a bot: %s, now %s', (bot, now, choices) => {
  expect(emailChoices(bot, now)).toEqual(choices);
});

describe('times of quiet hours', () => {
  test('each half hour but the other end', () => {
    const times = quietTimes(1320, 480);
    expect([times.length, times.at(0), times.at(-1), times.includes(480), times.includes(1320)]).toEqual([47, 0, 1410, false, true]);
  });

  test('one that stands between is there too, in its place', () => {
    const times = quietTimes(1325, 480);
    expect(times.slice(times.indexOf(1320), times.indexOf(1320) + 3)).toEqual([1320, 1325, 1350]);
  });

  test.each([
    [0, '00:00'],
    [485, '08:05'],
    [1439, '23:59'],
  ])('%i is %s', (minutes, time) => {
    expect(clockTime(minutes)).toBe(time);
  });
});
