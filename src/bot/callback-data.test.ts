import { expect, test } from 'vitest';
import { sha256 } from '#server/platform/secrets.ts';
import { noticeKinds } from '#shared/notification-rules.ts';
import { type ButtonDeed, fromCallbackData, toCallbackData } from './callback-data.ts';

const deeds: ButtonDeed[] = [
  { do: 'link', yes: true, hash: sha256('a') },
  { do: 'link', yes: false, hash: sha256('b') },
  ...noticeKinds.map((kind, index): ButtonDeed => ({ do: 'setting', kind, on: index % 2 === 0 })),
];

test.each(deeds)('fits onto a button and comes back: %j', (deed) => {
  const data = toCallbackData(deed);
  expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
  expect(fromCallbackData(data)).toEqual(deed);
});

test.each(['', 'l:1:', 's:1:nothing', 's:2:news', 'l:1:short', `l:1:${'a'.repeat(44)}`, 'x:1:news', 's:1:news\n', 'constructor'])(
  'is none of ours: %j',
  (data) => {
    expect(fromCallbackData(data)).toBeNull();
  },
);
