import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { NewsFields } from './news-fields.ts';

/** Whom it is for, in words: «Курсу „Профильная математика“». */
export function useAudienceWords(): (fields: Pick<NewsFields, 'audience' | 'courseId' | 'inactiveDays'>) => string {
  const { to } = useOfficeText().news;
  const courses = trpc.people.students.courseChoices.useQuery().data ?? [];
  return ({ audience, courseId, inactiveDays }) => {
    if (audience === 'course') return to.course(setTitle(courses.find(({ id }) => id === courseId)?.title ?? '…'));
    return audience === 'inactive' ? to.inactive(Number(inactiveDays)) : to[audience];
  };
}
