import type { Letter } from '../mail.ts';

const width = 72;

/** A letter as one block for the terminal. Whatever could steer the terminal is taken out of it. */
export function letterBlock({ to, subject, text }: Letter): string {
  const head = `── letter to ${plain(to)} `;
  const lines = plain(text).split('\n');
  return ['', head.padEnd(width, '─'), plain(subject).replaceAll('\n', ' '), '', ...lines, '─'.repeat(width)].join('\n');
}

function plain(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/[^\P{C}\n]/gu, '');
}
