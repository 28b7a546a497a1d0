import { latinLetters } from '#shared/latin.ts';
import { extensionOf } from '#shared/upload-rules.ts';

const longestStem = 60;

/**
 * A name within a topic: Latin letters, digits and hyphens, with the ending of the file that was sent, and none that the topic has already.
 * @param wish as typed or as the file is called on its owner's disk
 * @param sent the name under which it was sent, whose ending was proven by its content
 */
export function fileNameFor(wish: string, sent: string, taken: ReadonlySet<string>): string {
  const extension = extensionOf(sent);
  const typed = wish.toLowerCase().endsWith(`.${extension}`) ? wish.slice(0, -extension.length - 1) : wish;
  const stem =
    [...typed.normalize('NFC').toLowerCase()]
      .map((letter) => latinLetters[letter] ?? letter)
      .join('')
      // «é» is «e» with a mark.
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .replace(/[^a-z0-9_]+/g, '-')
      .slice(0, longestStem)
      .replace(/^-+|-+$/g, '') || 'file';
  // Names are kept apart by more than their case: not every disk can tell «A» from «a».
  const used = new Set([...taken].map((name) => name.toLowerCase()));
  for (let number = 1; ; number += 1) {
    const name = `${stem}${number === 1 ? '' : `-${number}`}.${extension}`;
    if (!used.has(name)) return name;
  }
}
