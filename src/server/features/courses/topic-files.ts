import type { FileDto } from '#shared/courses.ts';
import { topicFileUrl } from '../files/urls.ts';

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

/** All files of the topic `t` as one JSON column. */
export const topicFilesColumn = `(SELECT coalesce(json_agg(json_build_object('id', f.id, 'name', f.name, 'title', f.title, 'listedAt', f.listed_at,
    'size', f.size, 'width', f.width, 'height', f.height) ORDER BY f.listed_at NULLS LAST, f.name), '[]')
  FROM topic_file f WHERE f.topic_id = t.id) AS files`;

export function byName(files: TopicFileRow[]): TopicFiles {
  return new Map(files.map((file) => [file.name, file]));
}

/** How Markdown of a topic finds its pictures. */
export function fileUrlOf(files: TopicFiles) {
  return (name: string) => {
    const file = files.get(name);
    return file ? { url: topicFileUrl(file.id, file.name), width: file.width, height: file.height } : null;
  };
}
export type FileUrl = ReturnType<typeof fileUrlOf>;

export function toFileDto(file: TopicFileRow): FileDto {
  return { name: file.name, title: file.title ?? file.name, url: topicFileUrl(file.id, file.name), size: file.size };
}
