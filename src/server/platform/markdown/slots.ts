import { escapeHtml } from './text.ts';

/** What the caller knows of a file: where it is and, of a picture, its size in pixels. */
export interface FileAddress {
  url: string;
  /** Of a picture that is kept in several widths: their addresses, as `srcset` has them. */
  srcset?: string | null;
  width: number | null;
  height: number | null;
}
export type FileUrl = (name: string) => FileAddress | null;

/** A place in rendered HTML that depends on where a file is. Addresses may change from minute to minute; the text around them does not. */
export type Slot = { kind: 'picture'; name: string; alt: string; title: string } | { kind: 'link-start' | 'link-end'; name: string };

export interface SlotLabels {
  missingPicture: string;
  missingFile: string;
}

export function fillSlot(slot: Slot, fileUrl: FileUrl | undefined, labels: SlotLabels): string {
  const file = fileUrl?.(slot.name) ?? null;
  switch (slot.kind) {
    case 'picture':
      return file ? picture(slot, file) : missingPicture(slot.alt || slot.name, labels);
    case 'link-start':
      return file ? `<a href="${escapeHtml(file.url)}" download="${escapeHtml(slot.name)}">` : '<span class="md-missing">';
    case 'link-end':
      return file ? '</a>' : ` (${escapeHtml(labels.missingFile)})</span>`;
  }
}

export function missingPicture(alt: string, labels: Pick<SlotLabels, 'missingPicture'>): string {
  return `<span class="md-missing">${escapeHtml(alt ? `${labels.missingPicture}: ${alt}` : labels.missingPicture)}</span>`;
}

/** The text column is never wider than this; below it, pictures are as wide as the screen. */
const pictureSizes = '(max-width: 760px) 100vw, 720px';

function picture(slot: Slot & { kind: 'picture' }, file: FileAddress): string {
  const attributes = [
    `src="${escapeHtml(file.url)}"`,
    ...(file.srcset ? [`srcset="${escapeHtml(file.srcset)}"`, `sizes="${pictureSizes}"`] : []),
    `alt="${escapeHtml(slot.alt)}"`,
    ...(slot.title === '' ? [] : [`title="${escapeHtml(slot.title)}"`]),
    ...(file.width === null ? [] : [`width="${file.width}"`]),
    ...(file.height === null ? [] : [`height="${file.height}"`]),
    'loading="lazy"',
    'decoding="async"',
  ];
  return `<img ${attributes.join(' ')}>`;
}
