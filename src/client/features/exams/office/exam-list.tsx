import { Link, useLocation } from 'wouter';
import { before as movedBefore } from '#client/features/courses/office/programme-changes.ts';
import { RowMenu } from '#client/features/courses/office/row-menu.tsx';
import { SortableList } from '#client/features/office/reorder/sortable-list.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import type { OfficeExamRowDto, OfficeExamsDto } from '#shared/exams-office.ts';
import classes from './exam-list.module.css';
import { ExamStateTag, useWindowWords } from './exam-state.tsx';
import { useExamActions } from './use-exam-actions.ts';
import { useExams } from './use-exams.ts';

/** In the order in which students find them. */
export function ExamList({ course, list }: { course: string; list: OfficeExamsDto }) {
  const { exams: words } = useOfficeText();
  const move = useMoveExam(course);
  const { exams } = list;
  return (
    <SortableList label={words.list.label} items={exams} nameOf={(exam) => exam.title} onMove={move}>
      {(exam) => {
        const at = exams.indexOf(exam);
        const [above, below] = [exams[at - 1], exams[at + 1]];
        return (
          <ExamRow
            course={course}
            exam={exam}
            zone={list.timeZone}
            up={above && (() => move(exam, above.id))}
            down={below && (() => move(exam, exams[at + 2]?.id ?? null))}
          />
        );
      }}
    </SortableList>
  );
}

interface ExamRowProps {
  course: string;
  exam: OfficeExamRowDto;
  zone: string;
  up: (() => void) | undefined;
  down: (() => void) | undefined;
}

function ExamRow({ course, exam, zone, up, down }: ExamRowProps) {
  const { exams: words } = useOfficeText();
  const [, navigate] = useLocation();
  const windowWords = useWindowWords();
  const { publish, unpublish, copy, remove } = useExamActions(course, exam);
  const facts = [
    windowWords(exam, zone),
    words.tasks(exam.tasks),
    words.points(exam.maxPoints),
    exam.limitMinutes === null ? words.list.noLimit : words.minutes(exam.limitMinutes),
    ...(exam.finished > 0 ? [words.list.finished(exam.finished)] : []),
    ...(exam.running > 0 ? [words.list.running(exam.running)] : []),
    ...(exam.waiting > 0 ? [words.waiting(exam.waiting)] : []),
  ];
  return (
    <div className={classes.row}>
      <div className={classes.what}>
        <Link href={`/admin/exams/${exam.id}`} className={classes.name}>
          {exam.title}
        </Link>
        <ExamStateTag state={exam.state} />
        <p className={classes.facts}>
          {facts.map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
        </p>
        {exam.problem && exam.state !== 'draft' && <p className={classes.problem}>{words.problem[exam.problem]}</p>}
      </div>
      <RowMenu
        name={exam.title}
        actions={[
          { label: words.act.results, act: () => navigate(`/admin/exams/${exam.id}/results`) },
          exam.state === 'draft'
            ? { label: words.act.publish, act: () => void publish() }
            : { label: words.act.unpublish, act: () => void unpublish() },
          { label: words.act.up, act: up, apart: true },
          { label: words.act.down, act: down },
          { label: words.act.copy, act: () => void copy(), apart: true },
          { label: words.act.delete, act: () => void remove() },
        ]}
      />
    </div>
  );
}

function useMoveExam(course: string) {
  const { done: words } = useOfficeText().exams;
  const { api, act } = useExams();
  return (exam: OfficeExamRowDto, beforeId: string | null) => {
    let back: string | null = null;
    void act(
      {
        list: { course, show: (before) => ({ ...before, exams: movedBefore(before.exams, exam.id, beforeId) }) },
        send: async () => {
          back = (await api.move.mutate({ id: exam.id, beforeId })).beforeId;
        },
      },
      () => ({
        message: words.moved(exam.title),
        undo: () => act({ send: () => api.move.mutate({ id: exam.id, beforeId: back }) }),
      }),
    );
  };
}
