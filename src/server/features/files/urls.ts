import type { App, PersonActor } from '../../platform/app.ts';
import { sameSecret } from '../../platform/secrets.ts';

/** A file of a topic, one that was handed in with a work, one that lies with an answer of a running exam, one of a message, or a picture of an announcement. */
export type FileKind = 'topic' | 'work' | 'exam' | 'chat' | 'news';
/** What an address opens: a file, or (`zip`) all files of an attempt at an exam. */
type Addressed = FileKind | 'zip';
interface NamedFile {
  id: string;
  name: string;
}

/** An address is good until the end of the window after this one, so that it stays the same for hours and browsers keep what they have. */
const windowMs = 6 * 3_600_000;
const windowOf = (at: Date) => Math.floor(at.getTime() / windowMs);

/** Widths in which pictures are kept beside the original. */
export const pictureWidths = [480, 960, 1600] as const;

/** Where this person, and nobody else, finds a file of a topic for some hours. Only for files that the person may see at this moment. */
export function topicFileUrl(app: App, actor: Pick<PersonActor, 'id'>, file: NamedFile, width?: number): string {
  return address(app, actor.id, 'topic', file, width);
}

export function workFileUrl(app: App, actor: Pick<PersonActor, 'id'>, file: NamedFile, width?: number): string {
  return address(app, actor.id, 'work', file, width);
}

export function examFileUrl(app: App, actor: Pick<PersonActor, 'id'>, file: NamedFile, width?: number): string {
  return address(app, actor.id, 'exam', file, width);
}

export function chatFileUrl(app: App, actor: Pick<PersonActor, 'id'>, file: NamedFile, width?: number): string {
  return address(app, actor.id, 'chat', file, width);
}

export function newsFileUrl(app: App, actor: Pick<PersonActor, 'id'>, file: NamedFile, width?: number): string {
  return address(app, actor.id, 'news', file, width);
}

const folders: Record<FileKind, string> = {
  topic: '/files',
  work: '/files/work',
  exam: '/files/exam',
  chat: '/files/chat',
  news: '/files/news',
};

function address(app: App, personId: string, kind: FileKind, { id, name }: NamedFile, width: number | undefined): string {
  const size = width === undefined ? '' : `w=${width}&`;
  return `${folders[kind]}/${id}/${encodeURIComponent(name)}?${size}${signedEnd(app, personId, kind, id)}`;
}

/** Where a letter shows a picture of an announcement from: nobody is signed in there, so who has the address may see it, for as long as the announcement is there. */
export function letterPictureUrl(app: App, { id, name }: NamedFile, width?: number): string {
  const size = width === undefined ? '' : `?w=${width}`;
  return `${folders.news}/${id}/${letterSignature(app, id)}/${encodeURIComponent(name)}${size}`;
}

export function isLetterPicture(app: App, id: string, signature: string): boolean {
  return sameSecret(signature, letterSignature(app, id));
}

function letterSignature(app: App, id: string): string {
  return app.secrets.keyed('picture of a letter', id).toString('base64url', 0, 16);
}

/** The part of an address that makes it one person's: when it ends, and the proof that it was given. */
export function signedEnd(app: App, personId: string, kind: Addressed, id: string): string {
  const last = windowOf(app.clock.now()) + 1;
  return `e=${last}&s=${signature(app, personId, kind, id, last)}`;
}

function signature(app: App, personId: string, kind: Addressed, id: string, last: number): string {
  return app.secrets.keyed('file address', kind, id, personId, String(last)).toString('base64url', 0, 16);
}

/** Was this address given to this person, and when does it end? Null: it was not, or it has ended. */
export function readAddress(
  app: App,
  actor: PersonActor,
  kind: Addressed,
  id: string,
  query: { e?: unknown; s?: unknown },
): { secondsLeft: number } | null {
  const { e, s } = query;
  if (typeof e !== 'string' || typeof s !== 'string' || !/^\d{1,9}$/.test(e)) return null;
  const msLeft = (Number(e) + 1) * windowMs - app.clock.now().getTime();
  if (msLeft <= 0 || !sameSecret(s, signature(app, actor.id, kind, id, Number(e)))) return null;
  return { secondsLeft: Math.floor(msLeft / 1000) };
}

/** The width that an address asks for; null: the original. */
export function askedWidth(query: { w?: unknown }): number | null {
  return pictureWidths.find((width) => String(width) === query.w) ?? null;
}

/** Widths to offer for a picture of this one: none that it does not have. */
export function widthsBelow(width: number | null, name: string): number[] {
  // GIFs may move, drawings have no pixels.
  if (width === null || !/\.(png|jpe?g|webp)$/i.test(name)) return [];
  return pictureWidths.filter((candidate) => candidate < width);
}

/** As a browser is told of them; the original stands at the end where it is not far larger than any page. Null: there is but the original. */
export function sourceSet(widths: number[], original: number | null, url: (width?: number) => string): string | null {
  if (widths.length === 0 || original === null) return null;
  const smaller = widths.map((width) => `${url(width)} ${width}w`);
  return (original <= Math.max(...pictureWidths) ? [...smaller, `${url()} ${original}w`] : smaller).join(', ');
}
