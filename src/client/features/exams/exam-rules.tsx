import { useFormat } from '#client/lib/i18n.tsx';
import { useStudyText } from '#client/lib/study-text.ts';
import type { ExamDto } from '#shared/exams.ts';
import type { StudyCatalogue } from '#shared/i18n/study-catalogue.ts';
import classes from './exam-page.module.css';

function reviewRule({ review, closesAt, attempts }: ExamDto, text: StudyCatalogue['exams']['page']): string {
  if (review === 'finish') return text.reviewAtOnce;
  if (closesAt !== null) return text.reviewClosing;
  return attempts.allowed === null ? text.reviewAtOnce : text.reviewUsed;
}

/** The rules in words. Each is a sentence of its own, and what does not hold for this exam is not there. */
export function ExamRules({ exam }: { exam: ExamDto }) {
  const text = useStudyText().exams.page;
  const format = useFormat();
  const { allowed } = exam.attempts;
  const rules = [
    text.tasks(exam.tasks, exam.maxPoints),
    exam.limitMinutes === null ? text.noLimit : text.limit(exam.limitMinutes),
    allowed === null ? text.attemptsFree : allowed === 1 ? text.once : text.attempts(allowed),
    exam.opensAt !== null && exam.state === 'soon' && text.opens(format.schoolTime(exam.opensAt)),
    exam.closesAt !== null && exam.state !== 'closed' && text.closes(format.schoolTime(exam.closesAt)),
    exam.shuffled && text.shuffled,
    exam.scaleYear !== null && text.scale(exam.scaleYear),
    reviewRule(exam, text),
  ].filter((rule) => rule !== false);
  return (
    <section aria-labelledby="exam-rules">
      <h2 id="exam-rules" className={classes.heading}>
        {text.rules}
      </h2>
      <ul className={classes.rules}>
        {rules.map((rule) => (
          <li key={rule}>{rule}</li>
        ))}
      </ul>
      <p className={classes.saves}>{text.saves}</p>
    </section>
  );
}
