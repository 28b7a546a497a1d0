import { describe, expect, test } from 'vitest';
import { patternOf, piecesOf } from './matches.ts';

const marked = (text: string, words: string[]) =>
  piecesOf(text, patternOf(words))
    .map((piece) => (piece.hit ? `[${piece.text}]` : piece.text))
    .join('');

describe('words that were found are marked as they stand', () => {
  test.each<[string, string, string[], string]>([
    ['one word', 'Когда приносить оригинал аттестата', ['аттестата'], 'Когда приносить оригинал [аттестата]'],
    ['at both ends', 'Аттестат и ещё аттестат', ['аттестат', 'Аттестат'], '[Аттестат] и ещё [аттестат]'],
    ['whole words only', 'Аттестатов много', ['аттестат'], 'Аттестатов много'],
    ['beside signs', 'Нужен «аттестат», паспорт.', ['аттестат', 'паспорт'], 'Нужен «[аттестат]», [паспорт].'],
    ['the longer one wins', 'ЕГЭ-2027 и ЕГЭ', ['ЕГЭ', 'ЕГЭ-2027'], '[ЕГЭ-2027] и [ЕГЭ]'],
    ['signs of patterns are signs', 'Курс 60+ (база)', ['60+', '(база)'], 'Курс [60+] [(база)]'],
    ['ё is a letter', 'Ещё счёт', ['счёт'], 'Ещё [счёт]'],
    ['a space that does not break', 'в\u00a0вуз', ['в вуз'], '[в\u00a0вуз]'],
    ['words in Latin letters', 'Бот в Telegram', ['Telegram'], 'Бот в [Telegram]'],
    ['nothing looked for', 'Просто текст', [], 'Просто текст'],
    ['empty words are none', 'Просто текст', ['', ' '], 'Просто текст'],
  ])('%s', (_, text, words, expected) => {
    expect(marked(text, words)).toBe(expected);
  });

  test('the pieces are the text, whatever is in it', () => {
    const texts = ['', ' ', '<b>жирный</b> & «кавычки»', '😀 аттестат 😀', 'аттестат'.repeat(3)];
    for (const text of texts) {
      const pieces = piecesOf(text, patternOf(['аттестат', 'b', '<', '&']));
      expect(pieces.map((piece) => piece.text).join('')).toBe(text);
    }
  });
});
