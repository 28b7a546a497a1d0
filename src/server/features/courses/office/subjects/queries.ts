import type * as z from 'zod';
import type { OfficeSubjectDto, schoolFactsDto } from '#shared/curriculum.ts';
import type { App, PersonActor } from '../../../../platform/app.ts';
import { forModerators } from '../access.ts';

/** All subjects, those without courses too. */
export async function listOfficeSubjects(app: App, actor: PersonActor): Promise<OfficeSubjectDto[]> {
  forModerators(actor);
  const newest = { select: { year: true, points: true }, orderBy: { year: 'desc' }, take: 1 } as const;
  const rows = await app.db.subject.findMany({
    select: { id: true, slug: true, title: true, about: true, maxPrimary: true, scales: newest, _count: { select: { courses: true } } },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
  });
  return rows.map(({ _count, scales: [scale], ...subject }) => ({
    ...subject,
    courses: _count.courses,
    scale: scale ? { year: scale.year, points: scale.points.length } : null,
  }));
}

/** How the school is set up. */
export function getSchoolFacts(app: App, actor: PersonActor): z.output<typeof schoolFactsDto> {
  forModerators(actor);
  return { timeZone: app.config.schoolTimeZone, mail: app.config.mail.kind, storage: app.config.store.kind };
}
