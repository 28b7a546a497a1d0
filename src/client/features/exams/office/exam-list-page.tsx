import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useLocation, useParams } from 'wouter';
import { BinList } from '#client/features/courses/office/bin.tsx';
import { CourseMissing } from '#client/features/courses/office/course-missing.tsx';
import { CourseTabs } from '#client/features/courses/office/course-tabs.tsx';
import { NameDialog } from '#client/features/courses/office/name-dialog.tsx';
import { useNewId } from '#client/features/courses/office/new-dialogs.tsx';
import { Facts } from '#client/features/courses/office/programme-page.tsx';
import { OfficePage } from '#client/features/office/office-page.tsx';
import { appError } from '#client/lib/errors.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { Button } from '#client/ui/button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { icon } from '#client/ui/icon.ts';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import type { OfficeExamsDto } from '#shared/exams-office.ts';
import { ExamList } from './exam-list.tsx';
import { useExams } from './use-exams.ts';

/** The exams of a course: their order, windows, states and how many have written them. */
export function ExamListPage() {
  const { course: slug = '' } = useParams<{ course: string }>();
  const { exams: words, shell } = useOfficeText();
  const head = trpc.courses.office.programme.useQuery({ course: slug });
  const list = trpc.exams.office.list.useQuery({ course: slug }, { refetchOnWindowFocus: 'always' });
  const [adding, setAdding] = useState(false);
  const course = head.data;
  if (appError(head.error)?.code === 'COURSES_NOT_FOUND') return <CourseMissing />;
  return (
    <OfficePage
      title={course?.title}
      trail={[{ href: '/admin/courses', label: shell.nav.courses }]}
      facts={course && <Facts course={course} />}
      actions={
        course && (
          <Button size="sm" leftSection={<IconPlus {...icon.sm} />} onClick={() => setAdding(true)}>
            {words.list.add}
          </Button>
        )
      }
    >
      <CourseTabs course={slug} />
      <QueryView query={list} skeleton={<SkeletonBlock height={320} />} errorTitle={words.failed}>
        {(loaded) => (
          <>
            {loaded.exams.length === 0 ? (
              <EmptyState title={words.list.empty} action={course && <Button onClick={() => setAdding(true)}>{words.list.add}</Button>}>
                {words.list.emptyText}
              </EmptyState>
            ) : (
              <ExamList course={slug} list={loaded} />
            )}
            <DeletedExams deleted={loaded.deleted} />
          </>
        )}
      </QueryView>
      {adding && course && <NewExamDialog courseId={course.id} onClose={() => setAdding(false)} />}
    </OfficePage>
  );
}

/** Makes a draft and leads to it. */
function NewExamDialog({ courseId, onClose }: { courseId: string; onClose: () => void }) {
  const { exams: words } = useOfficeText();
  const { api, change } = useExams();
  const [, navigate] = useLocation();
  const id = useNewId();
  return (
    <NameDialog
      title={words.list.addTitle}
      note={words.list.addNote}
      label={words.list.name}
      submitLabel={words.act.create}
      busyLabel={words.act.creating}
      onSubmit={async (title) => {
        await change({ send: () => api.create.mutate({ id, courseId, title }) });
        navigate(`/admin/exams/${id}`);
      }}
      onClose={onClose}
    />
  );
}

function DeletedExams({ deleted }: { deleted: OfficeExamsDto['deleted'] }) {
  const { exams: words } = useOfficeText();
  const { api, act } = useExams();
  return (
    <BinList
      items={deleted.map(({ id, title, deletedAt }) => ({
        id,
        title,
        about: words.deletedAbout,
        deletedAt,
        restore: () => void act({ send: () => api.restore.mutate({ id }) }, () => words.done.restored(title)),
      }))}
    />
  );
}
