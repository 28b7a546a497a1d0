import { IconAlertTriangle } from '@tabler/icons-react';
import { useLocation, useParams } from 'wouter';
import { RowMenu } from '#client/features/courses/office/row-menu.tsx';
import { OfficePage } from '#client/features/office/office-page.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { Button } from '#client/ui/button.tsx';
import { icon } from '#client/ui/icon.ts';
import { LinkButton } from '#client/ui/link-button.tsx';
import { NoteBox } from '#client/ui/note-box.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import type { OfficeExamDto } from '#shared/exams-office.ts';
import classes from './exam-editor.module.css';
import { ExamMissing, isMissing } from './exam-missing.tsx';
import { ExamSettings } from './exam-settings.tsx';
import { ExamStateTag } from './exam-state.tsx';
import { ExamTasks } from './exam-tasks.tsx';
import { useExamActions } from './use-exam-actions.ts';

/** An exam: its tasks and its rules, which save themselves. */
export function ExamEditorPage() {
  const { id = '' } = useParams<{ id: string }>();
  const { exams: words, shell } = useOfficeText();
  const query = trpc.exams.office.get.useQuery({ id }, { refetchOnWindowFocus: 'always' });
  const exam = query.data;
  if (!exam && isMissing(query.error)) return <ExamMissing />;
  return (
    <OfficePage
      title={exam?.title}
      trail={[
        { href: '/admin/courses', label: shell.nav.courses },
        ...(exam
          ? [
              { href: `/admin/courses/${exam.course.slug}`, label: exam.course.title },
              { href: `/admin/courses/${exam.course.slug}/exams`, label: words.list.title },
            ]
          : []),
      ]}
      facts={exam && <Facts exam={exam} />}
      actions={exam && <Actions exam={exam} />}
    >
      <QueryView query={query} skeleton={<SkeletonBlock height={520} />} errorTitle={words.failedOne}>
        {(loaded) => (
          <>
            <Notes exam={loaded} />
            <div className={classes.split}>
              <ExamTasks exam={loaded} />
              <ExamSettings exam={loaded} />
            </div>
          </>
        )}
      </QueryView>
    </OfficePage>
  );
}

function Facts({ exam }: { exam: OfficeExamDto }) {
  const { exams: words } = useOfficeText();
  return (
    <>
      <ExamStateTag state={exam.state} />
      <span>{words.tasks(exam.tasks.length)}</span>
      <span>{words.points(exam.maxPoints)}</span>
      {exam.finished > 0 && <span>{words.list.finished(exam.finished)}</span>}
      {exam.running > 0 && <span>{words.list.running(exam.running)}</span>}
    </>
  );
}

function Actions({ exam }: { exam: OfficeExamDto }) {
  const { exams: words } = useOfficeText();
  const [, navigate] = useLocation();
  const { publish, unpublish, copy, remove } = useExamActions(exam.course.slug, exam);
  const list = `/admin/courses/${exam.course.slug}/exams`;
  return (
    <>
      <LinkButton href={`/admin/exams/${exam.id}/results`} variant="default" size="sm">
        {words.act.results}
      </LinkButton>
      {exam.state === 'draft' && (
        <Button size="sm" onClick={() => void publish()}>
          {words.act.publish}
        </Button>
      )}
      <RowMenu
        name={exam.title}
        actions={[
          ...(exam.state === 'draft' ? [] : [{ label: words.act.unpublish, act: () => void unpublish() }]),
          { label: words.act.copy, act: () => void copy().then((done) => done && navigate(list)) },
          { label: words.act.delete, act: () => void remove(() => navigate(list)) },
        ]}
      />
    </>
  );
}

/** What to know before anything is changed. */
function Notes({ exam }: { exam: OfficeExamDto }) {
  const { exams: words } = useOfficeText();
  const notes = [
    ...(exam.running > 0 ? [words.editor.running(exam.running)] : []),
    ...(exam.state !== 'draft' && exam.problem ? [words.incomplete[exam.problem]] : []),
    ...(exam.state !== 'draft' && !exam.course.published ? [words.editor.courseDraft] : []),
  ];
  return (
    <div role="status">
      {notes.map((note) => (
        <NoteBox key={note} className={classes.note} icon={<IconAlertTriangle {...icon.md} />}>
          <p>{note}</p>
        </NoteBox>
      ))}
    </div>
  );
}
