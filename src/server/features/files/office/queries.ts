import { Prisma } from '#prisma/generated/client.ts';
import { AppError } from '#shared/errors.ts';
import type { FilesPageDto, ListFilesInput, OfficeFileDto } from '#shared/files.ts';
import { filesPageSize } from '#shared/files.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import type { Tx } from '../../../platform/db.ts';
import { pictureWidths, topicFileUrl, widthsBelow } from '../urls.ts';

interface OfficeFileRow extends Omit<OfficeFileDto, 'url' | 'previewUrl' | 'addedAt'> {
  addedAt: Date;
  topicId: string;
  topicTitle: string;
  courseId: string;
  courseSlug: string;
  courseTitle: string;
}

/**
 * Files with the places that mention them, read from the texts themselves: a list kept beside them would be wrong some day. SQL, because only there
 * can a page of files be held against the texts of their topics in one statement. A name consists of letters, digits, «_», «-» and dots.
 */
const rows = (chosen: Prisma.Sql) => Prisma.sql`
  WITH chosen AS (${chosen})
  SELECT f.id, f.name, f.title, f.listed_at AS "listedAt", f.mime, f.size, f.width, f.height, f.added_at AS "addedAt",
    t.id AS "topicId", t.title AS "topicTitle", c.id AS "courseId", c.slug AS "courseSlug", c.title AS "courseTitle",
    (SELECT coalesce(json_agg(json_build_object('kind', u.kind, 'title', u.title, 'taskId', u.task_id, 'draft', u.draft) ORDER BY u.place), '[]')
      FROM (
        SELECT 'theory' AS kind, t.title, NULL::uuid AS task_id, NOT said AS draft, -1 AS place
        FROM (SELECT t.theory ~ p.link AS said, coalesce(s.draft ~ p.link, false) AS drafted
          FROM (SELECT 1) one LEFT JOIN text_state s ON s.kind = 'theory' AND s.subject_id = t.id) x WHERE said OR drafted
        UNION ALL
        SELECT 'task', k.title, k.id, NOT said, k.position FROM task k
          LEFT JOIN text_state s ON s.kind = 'task' AND s.subject_id = k.id
          CROSS JOIN LATERAL (SELECT
            f.name = ANY(k.file_names) OR concat_ws(E'\n', k.source, k.statement, k.hint, k.solution) ~ p.link AS said,
            coalesce(s.draft ~ p.link OR s.draft ~ p.given, false) AS drafted) x
        WHERE k.topic_id = t.id AND (said OR drafted)
        UNION ALL
        SELECT 'video', v.title, NULL, false, -2 FROM topic_video v WHERE v.topic_id = t.id AND v.url = 'files/' || f.name
      ) u) AS "usedIn"
  FROM chosen JOIN topic_file f ON f.id = chosen.id JOIN topic t ON t.id = f.topic_id JOIN course c ON c.id = t.course_id
    CROSS JOIN LATERAL (SELECT
      'files/' || replace(f.name, '.', '\\.') || '(?![A-Za-z0-9_.-])' AS link,
      'name:[ \t]*["'']?' || replace(f.name, '.', '\\.') || '["'']?[ \t\r]*(\n|$)' AS given) p
  ORDER BY chosen.place`;

function toOfficeFileDto(app: App, actor: PersonActor, row: OfficeFileRow): OfficeFileDto {
  const { topicId: _t, topicTitle: _tt, courseId: _c, courseSlug: _cs, courseTitle: _ct, addedAt, ...file } = row;
  const small = widthsBelow(file.width, file.name)[0];
  const isPicture = file.mime.startsWith('image/');
  return {
    ...file,
    addedAt: addedAt.toISOString(),
    url: topicFileUrl(app, actor, file),
    previewUrl: isPicture ? topicFileUrl(app, actor, file, small === undefined ? undefined : pictureWidths[0]) : null,
  };
}

/** The files of a topic: those under the theory in their order, then the others by name. */
export async function listTopicFiles(app: App, actor: PersonActor, topicId: string): Promise<OfficeFileDto[]> {
  const found = await app.db.$queryRaw<OfficeFileRow[]>(
    rows(
      Prisma.sql`SELECT id, row_number() OVER (ORDER BY listed_at NULLS LAST, name) AS place FROM topic_file WHERE topic_id = ${topicId}::uuid`,
    ),
  );
  return found.map((row) => toOfficeFileDto(app, actor, row));
}

/** @throws AppError FILES_NOT_FOUND */
export async function getOfficeFile(app: App, actor: PersonActor, fileId: string, tx: Tx = app.db): Promise<OfficeFileDto> {
  const [row] = await tx.$queryRaw<OfficeFileRow[]>(rows(Prisma.sql`SELECT ${fileId}::uuid AS id, 1 AS place`));
  if (!row) throw new AppError('FILES_NOT_FOUND');
  return toOfficeFileDto(app, actor, row);
}

const orders: Record<ListFilesInput['sort'], Prisma.Sql> = {
  newest: Prisma.sql`f.added_at DESC, f.id`,
  largest: Prisma.sql`f.size DESC, f.id`,
  name: Prisma.sql`f.name, f.id`,
};

const kinds: Record<NonNullable<ListFilesInput['kind']>, Prisma.Sql> = {
  picture: Prisma.sql`f.mime LIKE 'image/%'`,
  video: Prisma.sql`f.mime LIKE 'video/%'`,
  other: Prisma.sql`f.mime NOT LIKE 'image/%' AND f.mime NOT LIKE 'video/%'`,
};

/** All files of all topics, page by page. */
export async function listFiles(app: App, actor: PersonActor, input: ListFilesInput): Promise<FilesPageDto> {
  const { page, search, courseId, kind, sort } = input;
  const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
  const conditions = [
    ...(search === '' ? [] : [Prisma.sql`(f.name ILIKE ${pattern} OR f.title ILIKE ${pattern} OR t.title ILIKE ${pattern})`]),
    ...(courseId === undefined ? [] : [Prisma.sql`t.course_id = ${courseId}::uuid`]),
    ...(kind === undefined ? [] : [kinds[kind]]),
  ];
  const where = conditions.length === 0 ? Prisma.empty : Prisma.sql`WHERE ${Prisma.join(conditions, ' AND ')}`;
  const from = Prisma.sql`FROM topic_file f JOIN topic t ON t.id = f.topic_id ${where}`;
  const [found, sums, courses] = await Promise.all([
    app.db.$queryRaw<OfficeFileRow[]>(
      rows(Prisma.sql`SELECT f.id, row_number() OVER (ORDER BY ${orders[sort]}) AS place ${from}
        ORDER BY ${orders[sort]} LIMIT ${filesPageSize} OFFSET ${(page - 1) * filesPageSize}`),
    ),
    app.db.$queryRaw<{ total: number; bytes: number }[]>`SELECT count(*)::int AS total, coalesce(sum(f.size), 0)::float8 AS bytes ${from}`,
    app.db.course.findMany({
      where: { topics: { some: { files: { some: {} } } } },
      orderBy: [{ position: 'asc' }, { id: 'asc' }],
      select: { id: true, title: true },
    }),
  ]);
  return {
    total: sums[0]?.total ?? 0,
    bytes: sums[0]?.bytes ?? 0,
    pageSize: filesPageSize,
    rows: found.map((row) => ({
      ...toOfficeFileDto(app, actor, row),
      topic: { id: row.topicId, title: row.topicTitle },
      course: { id: row.courseId, slug: row.courseSlug, title: row.courseTitle },
    })),
    courses,
  };
}
