import { describe, expect, test } from 'vitest';
import { type LetterContent, writeLetter } from './letter.ts';

const week = {
  kind: 'picture',
  name: 'week.png',
  alt: 'За неделю 24',
  at: { content: Buffer.from('png'), contentType: 'image/png' },
  width: 1200,
} as const;

function aLetter(changes: Partial<LetterContent> = {}) {
  return writeLetter({
    locale: 'ru',
    siteUrl: 'https://school.example',
    title: 'Итоги недели',
    parts: [
      { kind: 'paragraph', text: 'Вы решали 5 дней из 7.' },
      { kind: 'markdown', source: '**Верно** и [дальше](/courses)' },
      { kind: 'code', label: 'Ваш код', code: '482913' },
      { kind: 'button', label: 'Открыть', url: '/courses?a=1&b=2' },
      week,
    ],
    footer: {
      reason: 'Письмо приходит по понедельникам.',
      settingsUrl: '/profile/notifications',
      unsubscribeUrl: 'https://school.example/unsubscribe/t',
    },
    ...changes,
  });
}

test('the text says all that the HTML says', () => {
  expect(aLetter().text).toBe(
    [
      'Итоги недели',
      'Вы решали 5 дней из 7.',
      'Верно и дальше (https://school.example/courses)',
      'Ваш код: 482913',
      'Открыть: https://school.example/courses?a=1&b=2',
      'За неделю 24',
      '«Отлично»',
      'Письмо приходит по понедельникам.\nНастройки уведомлений: https://school.example/profile/notifications\nОтписаться от таких писем: https://school.example/unsubscribe/t',
    ].join('\n\n'),
  );
});

describe('the HTML', () => {
  const { html } = aLetter();

  test('is one whole page in the language of the letter', () => {
    expect(html).toMatch(/^<!doctype html><html lang="ru" dir="ltr">/);
    expect(html).toMatch(/<\/html>$/);
    expect(aLetter({ locale: 'en' }).html).toContain('<html lang="en"');
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html.match(/<table/g)?.length).toBe(html.match(/<\/table>/g)?.length);
  });

  test('loads nothing: no scripts, no fonts, no pictures but those that travel along', () => {
    expect(html).not.toMatch(/<script|<link|@import|url\(|@font-face/);
    expect([...html.matchAll(/ src="([^"]*)"/g)].map(([, src]) => src)).toEqual(['cid:picture-5@letter']);
    expect(aLetter().attachments).toEqual([
      { cid: 'picture-5@letter', filename: 'week.png', content: Buffer.from('png'), contentType: 'image/png' },
    ]);
  });

  test('has absolute addresses, links of the footer among them', () => {
    const links = [...html.matchAll(/ href="([^"]*)"/g)].map(([, href]) => href);
    expect(links).toEqual([
      'https://school.example/courses',
      'https://school.example/courses?a=1&amp;b=2',
      'https://school.example/profile/notifications',
      'https://school.example/unsubscribe/t',
    ]);
  });

  test('is ready for dark screens', () => {
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
    const classes = new Set([...html.matchAll(/ class="([^"]*)"/g)].flatMap(([, names]) => names?.split(' ') ?? []));
    const darkened = new Set(
      [...(/@media \(prefers-color-scheme:dark\)\{(.*?\})\}/.exec(html)?.[1] ?? '').matchAll(/\.(m-[a-z]+)\{/g)].map(([, name]) => name),
    );
    expect(darkened.size).toBeGreaterThan(8);
    // Places of pictures and boxes that scroll have no colour.
    for (const name of classes)
      expect(name === 'm-item' || name === 'm-wide' || name === 'm-picture' || darkened.has(name), name).toBe(true);
  });

  test('is set as an editor would, the text of the letter is not', () => {
    expect(html).toContain('Вы\u00a0решали 5\u00a0дней из\u00a07.');
  });
});

test('what somebody typed stays text', () => {
  const evil = '"><script>alert(1)</script>';
  const { html } = aLetter({
    title: evil,
    parts: [
      { kind: 'paragraph', text: evil },
      { kind: 'markdown', source: evil },
      { kind: 'code', label: evil, code: evil },
      { kind: 'button', label: evil, url: `https://example.org/${evil}` },
      { ...week, alt: evil, name: evil },
    ],
    footer: { reason: evil },
  });
  expect(html).not.toContain('<script');
});

test('lists of letters show how it begins, and not the name of the school', () => {
  const { html } = aLetter({ parts: [{ kind: 'markdown', source: `**Начало** в 10:00\n\n${'слово '.repeat(100)}` }] });
  const shown = /<div style="display:none[^>]*>([^&]*)&#847;/.exec(html)?.[1];
  expect(shown).toMatch(/^Начало в\u00a010:00\sслово .* слово…$/);
  expect(shown?.length).toBeLessThanOrEqual(141);
  expect(html.indexOf('Начало')).toBeLessThan(html.indexOf('>Отлично<'));
});

test('two pictures of one name are two', () => {
  const other = { ...week, at: { content: Buffer.from('other'), contentType: 'image/png' } };
  const { html, attachments } = aLetter({ parts: [week, other] });
  expect(attachments.map(({ cid, content }) => [cid, String(content)])).toEqual([
    ['picture-1@letter', 'png'],
    ['picture-2@letter', 'other'],
  ]);
  for (const { cid } of attachments) expect(html).toContain(`src="cid:${cid}"`);
});

test('a letter nobody can unsubscribe from has no footer', () => {
  const { html, text } = aLetter({ footer: undefined });
  expect(text).toMatch(/«Отлично»$/);
  expect(html).not.toContain('Настройки');
});

test('a picture that the site shows does not travel along', () => {
  const { html, attachments } = aLetter({
    parts: [{ kind: 'picture', name: 'a.png', alt: 'а', at: { url: 'https://school.example/p?a=1&b=2' } }],
  });
  expect(html).toContain('src="https://school.example/p?a=1&amp;b=2"');
  expect(attachments).toEqual([]);
});
