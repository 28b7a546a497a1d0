import { describe, expect, test } from 'vitest';
import { dangers, payloads } from '../../testing/xss.ts';
import { createMarkdown } from '../markdown.ts';

const markdown = createMarkdown({ siteUrl: 'https://school.example' });
// A file whose address and whose picture's text would break out of their attributes, were they not escaped.
const fileUrl = () => ({ url: '/f/x?"><script>alert(1)</script>', srcset: '/f/x?"><script>alert(1)</script> 1w', width: 1, height: 1 });

describe('nothing an author types becomes markup of theirs', () => {
  test.each(payloads)('%s', (payload) => {
    expect(dangers(markdown.render(payload, { fileUrl }).html)).toEqual([]);
    expect(dangers(markdown.renderInline(payload, { fileUrl }))).toEqual([]);
    // A message of a chat, and a work with remarks on the beginning and on all of it, which markup of ours goes through.
    expect(dangers(markdown.renderMessage(payload, 'm-'), { id: /^m-/ })).toEqual([]);
    const remarks = [
      { number: 1, start: 1, end: 9 },
      { number: 2, start: 0, end: payload.length },
    ];
    expect(dangers(markdown.renderMarked(payload, remarks, 'r-'), { id: /^r-/ })).toEqual([]);
    // Deeper, and beside text that closes what was opened.
    expect(dangers(markdown.render(`> - **x** ${payload.replaceAll('\n', '\n>   ')}`, { fileUrl }).html)).toEqual([]);
  });
});

test('the judge sees what it should', () => {
  const bad = [
    '<script>',
    '<p onclick="x">',
    '<a href="javascript:x">',
    '<a href="//evil.example">',
    '<a href="https://evil.example">',
    '<img src="https://evil.example/x">',
    '<p style="position:fixed">',
    '<p id="root">',
    '<p title="a"onclick="x">',
    '<b<script>',
  ];
  expect(bad.filter((html) => dangers(html).length === 0)).toEqual([]);
});

test('random mixtures of payloads are as harmless', () => {
  let state = 7;
  const random = (n: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * n);
  };
  for (let i = 0; i < 400; i++) {
    const cut = () => {
      const text = payloads[random(payloads.length)] ?? '';
      return text.slice(random(text.length), 1 + random(text.length + 10));
    };
    const mixture = Array.from({ length: 1 + random(6) }, cut).join(['', ' ', '\n', '\n\n', '$', '`', '**', '['][random(8)]);
    expect(dangers(markdown.render(mixture, { fileUrl }).html), mixture).toEqual([]);
  }
});
