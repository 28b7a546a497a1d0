import { expect, test } from 'vitest';
import { changesInput, sendMessageInput } from './chat.ts';
import { chatLimits, cleanBody, isBlank } from './chat-rules.ts';

const rightToLeft = '\u202E';
const family = '👨‍👩‍👧';

test.each([
  ['space around it', '  привет \n', 'привет'],
  ['line ends of Windows', 'а\r\nб', 'а\nб'],
  ['a turned direction', `счёт${rightToLeft}fdp.exe`, 'счётfdp.exe'],
  ['isolates and marks', '\u2066a\u2069\u200E\u200F\u061Cb', 'ab'],
  ['NUL', 'a\0b', 'a\uFFFDb'],
  ['half a pair', 'a\uD83Db', 'a\uFFFDb'],
  ['a family, which is one sign', family, family],
  ['a flag and a tone', '🏴󠁧󠁢󠁥󠁮󠁧󠁿👍🏽', '🏴󠁧󠁢󠁥󠁮󠁧󠁿👍🏽'],
  ['Arabic', 'مرحبا بالعالم', 'مرحبا بالعالم'],
  ['Persian with a joiner', 'می‌خواهم', 'می‌خواهم'],
  ['indented code', 'код:\n    a = 1', 'код:\n    a = 1'],
])('%s is kept as it should be', (_, typed, kept) => {
  expect(cleanBody(typed)).toBe(kept);
});

test.each([
  ['', true],
  [' \n\t\u00A0\u3000', true],
  ['\u200B\u200C\u200D\uFEFF\u2060', true],
  [rightToLeft, true],
  ['\u00AD\u115F\u3164\uFE0F\u180E', true],
  ['\u2800\u0001\u007F\u0085', true],
  ['.', false],
  [`\u200B${family}`, false],
  ['٠', false],
  ['\uFFFD', false],
])('%j holds nothing to see: %s', (text, blank) => {
  expect(isBlank(text)).toBe(blank);
});

const threadId = '0b9a7a4e-4a5d-4a53-9d33-1f4f4b7c6d10';
const parse = (over: object) => sendMessageInput.safeParse({ threadId, clientId: threadId, body: 'a', ...over });

test.each([
  ['text', {}, true],
  ['nothing', { body: '' }, false],
  ['what nobody sees', { body: '\u200B\u202E' }, false],
  ['a file and no word', { body: '', uploadIds: [threadId] }, true],
  ['the longest text', { body: 'ы'.repeat(chatLimits.body) }, true],
  ['one letter more', { body: 'ы'.repeat(chatLimits.body + 1) }, false],
  ['a hundred kilobytes', { body: 'a'.repeat(100_000) }, false],
  ['too many files', { uploadIds: Array(chatLimits.files + 1).fill(threadId) }, false],
  ['a search too long', { query: 'a'.repeat(chatLimits.query + 1) }, false],
  ['a field nobody knows', { html: '<b>' }, false],
])('a message of %s', (_, over, taken) => {
  expect(parse(over).success).toBe(taken);
});

test.each([
  ['0', true],
  ['2000000000', true],
  // More than the database counts.
  ['2147483648', false],
  ['9999999999', false],
  ['-1', false],
  ['1e3', false],
])('a stream that goes on behind %s: %s', (lastEventId, taken) => {
  expect(changesInput.safeParse({ threadId, after: 0, lastEventId }).success).toBe(taken);
});
