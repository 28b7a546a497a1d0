import type { Lines } from '../../formats/safe-tree.ts';

/** What a letter says, one under another. */
export type Part =
  /** Words of our own: plain text, no Markdown. */
  | { kind: 'paragraph'; text: string }
  | { kind: 'markdown'; source: string; lines?: Lines }
  /** Signs that somebody has to type somewhere. */
  | { kind: 'code'; label: string; code: string }
  /** @property url absolute, or a path of the school */
  | { kind: 'button'; label: string; url: string }
  /** @property at an absolute address, or the bytes, which then travel along under `name` */
  | { kind: 'picture'; name: string; alt: string; at: { url: string } | { content: Buffer; contentType: string }; width?: number };
