import { Link } from 'wouter';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { FormError } from '#client/ui/field-error.tsx';
import layout from '#client/ui/layout.module.css';
import type_ from '#client/ui/type.module.css';
import type { StudentAttemptDto } from '#shared/exams-office.ts';
import { setTitle } from '#shared/i18n/set-title.ts';
import classes from './student-works.module.css';

/** The last attempts of a student at exams; nothing where there are none. */
export function StudentExams({ personId }: { personId: string }) {
  const { exams } = useOfficeText();
  const text = useText();
  const format = useFormat();
  const attempts = trpc.exams.office.ofStudent.useQuery({ personId });
  if (attempts.isError) return <FormError>{`${exams.ofStudent.failed}. ${errorText(attempts.error, text, format)}`}</FormError>;
  if (!attempts.data || attempts.data.length === 0) return null;
  return (
    <section className={classes.works} aria-labelledby="exams">
      <h2 id="exams" className={type_.h3}>
        {exams.ofStudent.title}
      </h2>
      <ul className={`${layout.list} ${classes.list}`}>
        {attempts.data.map((attempt) => (
          <AttemptRow key={attempt.attemptId} attempt={attempt} />
        ))}
      </ul>
    </section>
  );
}

function AttemptRow({ attempt }: { attempt: StudentAttemptDto }) {
  const { exams } = useOfficeText();
  const format = useFormat();
  const { score } = attempt;
  return (
    <li className={classes.work}>
      <div className={classes.words}>
        <Link lang="ru" href={`/admin/attempts/${attempt.attemptId}`}>
          {setTitle(attempt.exam.title)}
        </Link>
        <p lang="ru" className={`${type_.sm} ${type_.dim}`}>
          {setTitle(attempt.courseTitle)}
        </p>
        <p className={`${type_.sm} ${type_.dim}`}>
          {exams.results.attempt(attempt.number)}, {format.dateTime(attempt.startedAt)}
        </p>
      </div>
      <p className={type_.sm}>
        {score === null ? exams.ofStudent.runs : exams.results.pointsSpoken(score.points, score.maxPoints)}
        {score?.score != null && `, ${exams.results.testScore(score.score)}`}
        {score !== null && score.waiting > 0 && `, ${exams.results.waiting(score.waiting)}`}
      </p>
    </li>
  );
}
