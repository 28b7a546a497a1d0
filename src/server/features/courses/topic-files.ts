import type { FileDto } from '#shared/courses.ts';
import type { App, PersonActor } from '../../platform/app.ts';
import { sourceSet, topicFileUrl, widthsBelow } from '../files/urls.ts';

export interface TopicFileRow {
  id: string;
  name: string;
  title: string | null;
  listedAt: number | null;
  size: number;
  width: number | null;
  height: number | null;
}

export type TopicFiles = ReadonlyMap<string, TopicFileRow>;

/** A file with its address, which is one person's and is made when it is asked for. */
export interface SignedFile extends TopicFileRow {
  /** @param width of a picture; the original without it */
  url(width?: number): string;
}

export type SignedFiles = ReadonlyMap<string, SignedFile>;

/** All files of the topic `t` as one JSON column. */
export const topicFilesColumn = `(SELECT coalesce(json_agg(json_build_object('id', f.id, 'name', f.name, 'title', f.title, 'listedAt', f.listed_at,
    'size', f.size, 'width', f.width, 'height', f.height) ORDER BY f.listed_at NULLS LAST, f.name), '[]')
  FROM topic_file f WHERE f.topic_id = t.id) AS files`;

export function byName(files: TopicFileRow[]): TopicFiles {
  return new Map(files.map((file) => [file.name, file]));
}

/** By name and in the same order, for somebody to whom the topic is open. */
export function signedFor(app: App, actor: PersonActor, files: Iterable<TopicFileRow>): SignedFiles {
  return new Map(
    Array.from(files, (file) => [file.name, { ...file, url: (width?: number) => topicFileUrl(app, actor, file, width) }] as const),
  );
}

/** How Markdown of a topic finds its pictures. */
export function fileUrlOf(files: SignedFiles) {
  return (name: string) => {
    const file = files.get(name);
    if (!file) return null;
    const { width, height, url } = file;
    return { url: url(), srcset: sourceSet(widthsBelow(width, name), width, url), width, height };
  };
}
export type FileUrl = ReturnType<typeof fileUrlOf>;

export function toFileDto(file: SignedFile): FileDto {
  return { name: file.name, title: file.title ?? file.name, url: file.url(), size: file.size };
}
