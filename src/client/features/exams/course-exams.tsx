import { Link } from 'wouter';
import { useFormat } from '#client/lib/i18n.tsx';
import { useStudyText } from '#client/lib/study-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { ErrorState } from '#client/ui/error-state.tsx';
import layout from '#client/ui/layout.module.css';
import type { ExamRowDto } from '#shared/exams.ts';
import { setTitle } from '#shared/i18n/set-title.ts';
import classes from './course-exams.module.css';

/** The exams of a course on its page; nothing where there are none. */
export function CourseExams({ course, allowed }: { course: string; allowed: boolean }) {
  const text = useStudyText().exams.course;
  const query = trpc.exams.ofCourse.useQuery({ course });
  if (query.isError && query.data === undefined) {
    return (
      <ErrorState
        className={classes.exams}
        error={query.error}
        level={2}
        title={text.failed}
        retrying={query.isFetching}
        onRetry={() => void query.refetch()}
      />
    );
  }
  const exams = query.data?.exams ?? [];
  if (exams.length === 0) return null;
  return (
    <section className={classes.exams} aria-labelledby="course-exams">
      <h2 id="course-exams">{text.title}</h2>
      <ul className={`${layout.list} ${classes.list}`}>
        {exams.map((exam) => (
          <ExamRow key={exam.id} exam={exam} allowed={allowed} href={`/courses/${course}/exams/${exam.slug}`} />
        ))}
      </ul>
    </section>
  );
}

function ExamRow({ exam, allowed, href }: { exam: ExamRowDto; allowed: boolean; href: string }) {
  const text = useStudyText().exams.course;
  const format = useFormat();
  const { best } = exam;
  const about = [text.tasks(exam.tasks), exam.limitMinutes === null ? text.unlimited : text.minutes(exam.limitMinutes)];
  const state = () => {
    if (exam.running) return text.running;
    if (exam.state === 'open' && !allowed) return text.withCourse;
    if (exam.state === 'soon' && exam.opensAt !== null) return text.soon(format.schoolTime(exam.opensAt));
    if (exam.state === 'open') return exam.closesAt === null ? text.open : text.until(format.schoolTime(exam.closesAt));
    return exam.state === 'used' ? text.used : text.closed;
  };
  return (
    <li>
      <div className={classes.words}>
        <h3 className={classes.title}>
          <Link lang="ru" href={href}>
            {setTitle(exam.title)}
          </Link>
        </h3>
        <p className={classes.dim}>{about.join(', ')}</p>
      </div>
      <div className={classes.state}>
        <p className={exam.running ? classes.now : undefined}>{state()}</p>
        {best && (
          <p>
            {text.best(best.points, best.maxPoints)}
            {best.score !== null && `, ${text.score(best.score)}`}
          </p>
        )}
      </div>
    </li>
  );
}
