import type { ThreadDto } from '#shared/chat.ts';

/** Where a student talks in this thread: below its task, or on the page of support. */
export function threadHref({ task }: Pick<ThreadDto, 'task'>): string {
  return task ? `/courses/${task.courseSlug}/${task.topicSlug}?chat#${task.slug}` : '/support/chat';
}
