import { AppError } from '#shared/errors.ts';
import type { App } from '../../platform/app.ts';

const fileColumns = { name: true, title: true, listedAt: true, storageKey: true, size: true } as const;
const taskColumns = { id: true, slug: true, source: true, publishedAt: true } as const;
const shown = { deletedAt: null };

/** All that an export writes down, as it is at one moment. */
export type ExportState = Awaited<ReturnType<typeof readExportState>>;

export async function readExportState(app: App, slug: string) {
  return app.db.$transaction(
    async (tx) => {
      const found = await tx.course.findUnique({
        where: { slug, ...shown },
        select: {
          id: true,
          title: true,
          target: true,
          summary: true,
          description: true,
          schedule: true,
          chatAfter: true,
          publishedAt: true,
          subject: {
            select: { slug: true, title: true, about: true, maxPrimary: true, scales: { select: { year: true, points: true } } },
          },
          topics: {
            where: shown,
            orderBy: [{ position: 'asc' }, { slug: 'asc' }],
            select: {
              id: true,
              slug: true,
              title: true,
              theory: true,
              opensAt: true,
              publishedAt: true,
              videos: { orderBy: [{ position: 'asc' }, { id: 'asc' }], select: { title: true, url: true, minutes: true } },
              files: { select: fileColumns },
              tasks: { where: shown, orderBy: [{ position: 'asc' }, { slug: 'asc' }], select: taskColumns },
            },
          },
        },
      });
      if (!found) throw new AppError('COURSES_NOT_FOUND');
      const { subject, topics, ...course } = found;
      const ids = [course.id, ...topics.flatMap((topic) => [topic.id, ...topic.tasks.map(({ id }) => id)])];
      const states = await tx.textState.findMany({
        where: { subjectId: { in: ids }, draft: { not: null } },
        select: { subjectId: true, draft: true },
      });
      const drafts = new Map(states.map(({ subjectId, draft }) => [subjectId, draft]));
      const draftOf = (id: string) => drafts.get(id) ?? null;
      return {
        subject,
        course,
        descriptionDraft: draftOf(course.id),
        topics: topics.map((topic) => ({
          ...topic,
          theoryDraft: draftOf(topic.id),
          tasks: topic.tasks.map((task) => ({ ...task, draft: draftOf(task.id) })),
        })),
      };
    },
    { isolationLevel: 'RepeatableRead', timeout: 60_000 },
  );
}
