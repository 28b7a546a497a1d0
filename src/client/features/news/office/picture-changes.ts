import type { NewsPictureDto } from '#shared/news.ts';

/** What is done to the pictures. Said as a change and not as a list, so that it holds also where somebody else has changed them meanwhile. */
export type PictureChange =
  | { kind: 'add'; id: string; alt: string }
  | { kind: 'remove'; id: string }
  /** One place up or down. */
  | { kind: 'move'; id: string; by: 1 | -1 }
  | { kind: 'describe'; id: string; alt: string };

export type Placed = Pick<NewsPictureDto, 'id' | 'alt'>;

export function withChange<P extends Placed>(pictures: readonly (P | Placed)[], change: PictureChange): (P | Placed)[] {
  const at = pictures.findIndex(({ id }) => id === change.id);
  if (change.kind === 'add') return at === -1 ? [...pictures, { id: change.id, alt: change.alt }] : [...pictures];
  const picture = pictures[at];
  if (picture === undefined) return [...pictures];
  if (change.kind === 'remove') return pictures.toSpliced(at, 1);
  if (change.kind === 'describe') return pictures.with(at, { ...picture, alt: change.alt });
  const to = at + change.by;
  return to < 0 || to >= pictures.length ? [...pictures] : pictures.toSpliced(at, 1).toSpliced(to, 0, picture);
}

/** A description is told once, as it stands when the typing rests. */
export function queued(queue: readonly PictureChange[], change: PictureChange): PictureChange[] {
  const last = queue.at(-1);
  const isLonger = change.kind === 'describe' && last?.kind === 'describe' && last.id === change.id;
  return isLonger ? queue.with(-1, change) : [...queue, change];
}
