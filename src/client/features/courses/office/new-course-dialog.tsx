import '@mantine/core/styles/Input.layer.css';
import { useLocation } from 'wouter';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { Dialog } from '#client/ui/dialog.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { LinkButton } from '#client/ui/link-button.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import { CourseForm } from './course-form.tsx';
import { useNewId } from './new-dialogs.tsx';
import { useCurriculum } from './use-curriculum.ts';

export function NewCourseDialog({ onClose }: { onClose: () => void }) {
  const { curriculum } = useOfficeText();
  const subjects = trpc.courses.office.subjects.useQuery();
  const { api, change } = useCurriculum();
  const [, navigate] = useLocation();
  const id = useNewId();
  const words = curriculum.courses;
  return (
    <Dialog title={words.add} small onClose={onClose}>
      <QueryView query={subjects} skeleton={<SkeletonBlock height={280} />} errorTitle={curriculum.subjects.failed} level={3}>
        {(found) =>
          found.length === 0 ? (
            <EmptyState title={words.noSubjects} level={3} action={<LinkButton href="/admin/settings">{words.toSubjects}</LinkButton>}>
              {words.noSubjectsText}
            </EmptyState>
          ) : (
            <CourseForm
              subjects={found}
              memory="new-course"
              stored={{ title: '', subjectId: found[0]?.id ?? '', target: '', summary: '' }}
              submitLabel={curriculum.act.create}
              busyLabel={curriculum.act.creating}
              onSubmit={async ({ title, subjectId, target, summary }) => {
                let slug = '';
                await change({
                  send: async () => {
                    slug = (await api.createCourse.mutate({ id, title, subjectId, target: Number(target), summary })).slug;
                  },
                });
                navigate(`/admin/courses/${slug}`);
              }}
            />
          )
        }
      </QueryView>
    </Dialog>
  );
}
