import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { OfficePage } from '#client/features/office/office-page.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { Button } from '#client/ui/button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { icon } from '#client/ui/icon.ts';
import { LinkButton } from '#client/ui/link-button.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import type { CourseListDto } from '#shared/curriculum.ts';
import { BinList } from './bin.tsx';
import { CourseList } from './course-list.tsx';
import { NewCourseDialog } from './new-course-dialog.tsx';
import { useCurriculum } from './use-curriculum.ts';

/** Every course of the school, drafts and deleted ones too. */
export function OfficeCourseListPage() {
  const { courses: words } = useOfficeText().curriculum;
  const list = trpc.courses.office.list.useQuery(undefined, { refetchOnWindowFocus: 'always' });
  const [adding, setAdding] = useState(false);
  return (
    <OfficePage
      title={words.title}
      actions={
        <>
          <LinkButton href="/admin/import" variant="default" size="sm">
            {words.import}
          </LinkButton>
          <Button size="sm" leftSection={<IconPlus {...icon.sm} />} onClick={() => setAdding(true)}>
            {words.add}
          </Button>
        </>
      }
    >
      <QueryView query={list} skeleton={<SkeletonBlock height={320} />} errorTitle={words.failed}>
        {(loaded) => (
          <>
            {loaded.courses.length === 0 ? (
              <EmptyState title={words.empty} action={<Button onClick={() => setAdding(true)}>{words.add}</Button>}>
                {words.emptyText}
              </EmptyState>
            ) : (
              <CourseList courses={loaded.courses} />
            )}
            <DeletedCourses deleted={loaded.deleted} />
          </>
        )}
      </QueryView>
      {adding && <NewCourseDialog onClose={() => setAdding(false)} />}
    </OfficePage>
  );
}

function DeletedCourses({ deleted }: { deleted: CourseListDto['deleted'] }) {
  const { curriculum } = useOfficeText();
  const { api, act } = useCurriculum();
  return (
    <BinList
      items={deleted.map(({ id, title, subject, deletedAt }) => ({
        id,
        title,
        about: subject.title,
        deletedAt: deletedAt ?? '',
        restore: () => act({ send: () => api.restoreCourse.mutate({ id }) }, () => curriculum.done.course.restored(title)),
      }))}
    />
  );
}
