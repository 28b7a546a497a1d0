import { AppError } from '#shared/errors.ts';
import type { App, PersonActor } from '../../platform/app.ts';
import { accessChatFile } from '../chat/access.ts';
import { accessTopicFile } from '../courses/access.ts';
import { accessExamFile } from '../exams/long/access.ts';
import { accessNewsFile } from '../news/access.ts';
import { accessWorkFile } from '../reviews/access.ts';
import type { FileKind } from './urls.ts';

/**
 * Who may see a file, asked the long way: by the gate of its topic, or by whose work, exam or thread it belongs to, or for whom the announcement is.
 * @throws AppError FILES_NOT_FOUND
 */
export async function accessFile(app: App, actor: PersonActor, kind: FileKind, id: string): Promise<{ name: string }> {
  return gates[kind](app, actor, id);
}

const gates = { topic: accessTopicFile, work: accessWorkFile, exam: accessExamFile, chat: accessChatFile, news: accessNewsFile };

/** A file by an address that was given to this very person: that was the gate. */
export interface ServedFile {
  name: string;
  mime: string;
  size: number;
  storage_key: string;
  /** Of the width asked for. */
  variants: { format: string; key: string; size: number }[];
}

const tables: Record<FileKind, string> = {
  topic: 'topic_file f',
  work: 'work_file f',
  exam: 'exam_answer_file f',
  // With its message the file is gone, whatever addresses were given before.
  chat: 'chat_file f JOIN chat_message m ON m.thread_id = f.thread_id AND m.seq = f.seq AND m.deleted_at IS NULL',
  news: 'news_file f JOIN news_post n ON n.id = f.post_id AND n.deleted_at IS NULL',
};

/** One statement. @throws AppError FILES_NOT_FOUND when it is gone since */
export async function accessAddressedFile(app: App, kind: FileKind, id: string, width: number | null): Promise<ServedFile> {
  const { rows } = await app.pool.query<ServedFile>({
    name: `addressed-${kind}-file`,
    text: `SELECT f.name, f.mime, f.size, f.storage_key,
        (SELECT coalesce(json_agg(json_build_object('format', v.format, 'key', v.storage_key, 'size', v.size)), '[]')
          FROM file_variant v WHERE v.source_key = f.storage_key AND v.width = $2) AS variants
      FROM ${tables[kind]} WHERE f.id = $1`,
    values: [id, width],
  });
  if (!rows[0]) throw new AppError('FILES_NOT_FOUND');
  return rows[0];
}
