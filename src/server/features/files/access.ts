import { AppError } from '#shared/errors.ts';
import type { App, PersonActor } from '../../platform/app.ts';
import { accessTopicFile } from '../courses/access.ts';
import { accessExamFile } from '../exams/long/access.ts';
import { accessWorkFile } from '../reviews/access.ts';
import type { FileKind } from './urls.ts';

/**
 * Who may see a file, asked the long way: by the gate of its topic, or by whose work or exam it belongs to.
 * @throws AppError FILES_NOT_FOUND
 */
export async function accessFile(app: App, actor: PersonActor, kind: FileKind, id: string): Promise<{ name: string }> {
  return gates[kind](app, actor, id);
}

const gates = { topic: accessTopicFile, work: accessWorkFile, exam: accessExamFile };

/** A file by an address that was given to this very person: that was the gate. */
export interface ServedFile {
  name: string;
  mime: string;
  size: number;
  storage_key: string;
  /** Of the width asked for. */
  variants: { format: string; key: string; size: number }[];
}

const tables: Record<FileKind, string> = { topic: 'topic_file', work: 'work_file', exam: 'exam_answer_file' };

/** One statement. @throws AppError FILES_NOT_FOUND when it is gone since */
export async function accessAddressedFile(app: App, kind: FileKind, id: string, width: number | null): Promise<ServedFile> {
  const { rows } = await app.pool.query<ServedFile>({
    name: `addressed-${kind}-file`,
    text: `SELECT f.name, f.mime, f.size, f.storage_key,
        (SELECT coalesce(json_agg(json_build_object('format', v.format, 'key', v.storage_key, 'size', v.size)), '[]')
          FROM file_variant v WHERE v.source_key = f.storage_key AND v.width = $2) AS variants
      FROM ${tables[kind]} f WHERE f.id = $1`,
    values: [id, width],
  });
  if (!rows[0]) throw new AppError('FILES_NOT_FOUND');
  return rows[0];
}
