import { AppError } from '#shared/errors.ts';
import type { TransferCourseDto } from '#shared/transfer.ts';
import type { App } from '../../platform/app.ts';

/** A course as the page of exports and imports shows it, drafts and all. For moderators. */
export async function getTransferCourse(app: App, slug: string): Promise<TransferCourseDto> {
  const shown = { deletedAt: null };
  const course = await app.db.course.findUnique({
    where: { slug, ...shown },
    select: {
      slug: true,
      title: true,
      publishedAt: true,
      topics: {
        where: shown,
        orderBy: [{ position: 'asc' }, { slug: 'asc' }],
        select: { id: true, title: true, _count: { select: { tasks: { where: shown } } } },
      },
    },
  });
  if (!course) throw new AppError('COURSES_NOT_FOUND');
  const topics = course.topics.map(({ id, title, _count }, place) => ({ id, title, number: place + 1, tasks: _count.tasks }));
  return { slug: course.slug, title: course.title, published: course.publishedAt !== null, topics };
}
