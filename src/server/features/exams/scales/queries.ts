import type { ScaleSubjectDto } from '#shared/scales.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import type { Tx } from '../../../platform/db.ts';
import { forModerators } from '../../courses/office/access.ts';

/** Every subject with its scales, those without courses too. A school has some dozen subjects, and each a scale a year: there is nothing to page. */
export async function listScales(app: App, actor: PersonActor): Promise<ScaleSubjectDto[]> {
  forModerators(actor);
  const scales = { select: { year: true, points: true }, orderBy: { year: 'desc' } } as const;
  const subjects = await app.db.subject.findMany({
    select: { id: true, title: true, maxPrimary: true, scales },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
  });
  const exams = await examsOnScales(app.db, null);
  return subjects.map((subject) => ({
    ...subject,
    scales: subject.scales.map((scale) => ({ ...scale, exams: exams(subject.id, scale.year) })),
  }));
}

/** How many exams name a scale. Those that were put away do not: brought back without it, they show primary points. */
export async function examsOnScales(tx: Tx, subjectId: string | null): Promise<(subjectId: string, year: number) => number> {
  const rows = await tx.$queryRaw<{ subject_id: string; year: number; exams: number }[]>`
    SELECT c.subject_id, x.scale_year AS year, count(*)::int AS exams FROM exam x JOIN course c ON c.id = x.course_id
    WHERE x.scale_year IS NOT NULL AND x.deleted_at IS NULL AND c.deleted_at IS NULL
      AND (${subjectId}::uuid IS NULL OR c.subject_id = ${subjectId}::uuid)
    GROUP BY c.subject_id, x.scale_year`;
  const counts = new Map(rows.map((row) => [`${row.subject_id} ${row.year}`, row.exams]));
  return (subject, year) => counts.get(`${subject} ${year}`) ?? 0;
}
