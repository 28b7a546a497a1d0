import { localeSchema } from '#shared/auth.ts';
import { AppError } from '#shared/errors.ts';
import { catalogues } from '#shared/i18n/server.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { pathsOf } from './rules.ts';

export interface AttemptFile {
  path: string;
  storageKey: string;
  size: number;
}

export interface AttemptFiles {
  slug: string;
  files: AttemptFile[];
}

interface Row {
  slug: string;
  locale: string;
  tasks: (number | null)[];
  files: { place: number; examNumber: number | null; name: string; storageKey: string; size: number }[];
}

/**
 * The files that the tasks of an attempt name, as they are to lie in an archive. One statement.
 * @throws AppError FILES_NOT_FOUND
 */
export async function listAttemptFiles(app: App, actor: PersonActor, attemptId: string): Promise<AttemptFiles> {
  const { rows } = await app.pool.query<Row>({
    name: 'attempt-files',
    text: `WITH part AS (
        SELECT k.id, k.topic_id, k.exam_number, k.file_names, (row_number() OVER (ORDER BY a.position, a.task_id))::int AS place
        FROM exam_answer a JOIN task k ON k.id = a.task_id WHERE a.attempt_id = $1
      )
      SELECT e.slug, p.locale, (SELECT coalesce(json_agg(exam_number ORDER BY place), '[]') FROM part) AS tasks,
        (SELECT coalesce(json_agg(json_build_object('place', part.place, 'examNumber', part.exam_number, 'name', f.name, 'storageKey', f.storage_key,
            'size', f.size) ORDER BY part.place, f.name), '[]')
          FROM part JOIN topic_file f ON f.topic_id = part.topic_id AND f.name = ANY(part.file_names)) AS files
      FROM exam_attempt t JOIN exam e ON e.id = t.exam_id JOIN person p ON p.id = $2 WHERE t.id = $1`,
    values: [attemptId, actor.id],
  });
  const row = rows[0];
  if (!row) throw new AppError('FILES_NOT_FOUND');
  const { taskHeading } = catalogues[localeSchema.catch('ru').parse(row.locale)];
  const paths = pathsOf(taskHeading, row.tasks, row.files);
  return {
    slug: row.slug,
    files: row.files.map(({ storageKey, size }, index) => ({ path: paths[index] ?? '', storageKey, size })),
  };
}
