import { toPlainText } from '../../formats/plain.ts';
import { readable } from '../../formats/readable.ts';
import type { Part } from './parts.ts';

/** A part of a letter in its text. */
export function partText(part: Part, siteUrl: string): string {
  switch (part.kind) {
    case 'paragraph':
      return readable(part.text).trim();
    case 'markdown':
      return toPlainText(part.source, { siteUrl, lines: part.lines });
    case 'code':
      return `${part.label}: ${part.code}`;
    case 'button':
      return `${part.label}: ${new URL(part.url, siteUrl).href}`;
    case 'picture':
      return readable(part.alt).trim();
  }
}
