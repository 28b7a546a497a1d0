import { lazy, Suspense, useId, useState } from 'react';
import { appError, errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import layout from '#client/ui/layout.module.css';
import { PlainProse } from '#client/ui/plain-prose.tsx';
import { Pending, SkeletonBlock, SkeletonText } from '#client/ui/skeleton.tsx';
import { Verdict } from '#client/ui/verdict.tsx';
import type { AnswerValue } from '#shared/answers/format.ts';
import type { SampleTaskDto } from '#shared/tasks.ts';
import type { AnswerFieldProps } from './answer-field.tsx';
import { blankAnswer, sameAnswer } from './answers.ts';
import classes from './sample-task.module.css';
import { TextAnswer } from './text-answer.tsx';
import { useSlow } from './use-slow.ts';
import { gradedVerdict, type Problem, problemVerdict, type VerdictView } from './verdict.ts';

/** Most samples ask for one line: what the other kinds need, and the styles of formulas, come with such a task only. */
const OtherField = lazy(() => import('./answer-field.tsx').then((file) => ({ default: file.AnswerField })));
const Prose = lazy(() => import('#client/ui/prose.tsx').then((file) => ({ default: file.Prose })));

/** The guest's home: one public task and the real checker, without an account. Nothing is shown where the school has chosen no task. */
export function SampleTask({ className }: { className?: string }) {
  const query = trpc.tasks.sample.useQuery(undefined, { staleTime: Number.POSITIVE_INFINITY });
  if (query.isError || query.data === null) return null;
  return (
    <div className={[classes.card, className].filter(Boolean).join(' ')}>
      {query.data ? (
        <Suspense fallback={<SampleSkeleton />}>
          <Sample task={query.data} />
        </Suspense>
      ) : (
        <SampleSkeleton />
      )}
    </div>
  );
}

function Sample({ task }: { task: SampleTaskDto }) {
  const words = useText().tasks;
  const id = useId();
  const headingId = `${id}-heading`;
  const verdictId = `${id}-verdict`;
  const [value, setValue] = useState<AnswerValue>(() => blankAnswer(task.format));
  const { judged, problem, check, checking } = useSampleCheck(task);
  const slow = useSlow(checking);
  const Statement = task.statementHtml.includes('class="katex') ? Prose : PlainProse;
  const complaint = judged?.verdict.state === 'wrong' || judged?.verdict.state === 'format';
  return (
    <section aria-labelledby={headingId}>
      <div className={classes.head}>
        <h2 id={headingId}>{words.sample.title}</h2>
        {task.examNumber !== null && <span className={layout.tag}>{words.examNumber(task.examNumber)}</span>}
      </div>
      <Statement html={task.statementHtml} className={classes.statement} />
      <form
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          check(value);
          document.getElementById(verdictId)?.scrollIntoView({ block: 'nearest' });
        }}
      >
        <SampleField
          format={task.format}
          value={value}
          onChange={setValue}
          readOnly={false}
          invalid={complaint && sameAnswer(judged.value, value)}
          problem={problem}
          headingId={headingId}
          describedBy={verdictId}
          button={
            <BusyButton variant="default" busy={slow} busyLabel={words.checking} style={{ flex: 'none' }}>
              {words.check}
            </BusyButton>
          }
        />
        <div className={classes.verdict}>
          <Verdict id={verdictId} state={judged?.verdict.state ?? null} idle={words.sample.idle} title={judged?.verdict.title}>
            {judged?.verdict.text}
          </Verdict>
        </div>
      </form>
    </section>
  );
}

function SampleField({ format, value, ...rest }: AnswerFieldProps) {
  const ofOneLine = format.kind !== 'choice' && format.kind !== 'choices' && format.kind !== 'cells' && format.kind !== 'long';
  if (ofOneLine && typeof value === 'string') return <TextAnswer format={format} text={value} {...rest} />;
  return <OtherField format={format} value={value} {...rest} />;
}

type CheckSampleResult = NonNullable<ReturnType<typeof trpc.tasks.checkSample.useMutation>['data']>;

/** The last verdict stays until the next one comes. */
function useSampleCheck(task: SampleTaskDto) {
  const text = useText();
  const format = useFormat();
  const words = text.tasks;
  const [judged, setJudged] = useState<{ value: AnswerValue; verdict: VerdictView } | null>(null);
  const [problem, setProblem] = useState<Problem>();
  const mutation = trpc.tasks.checkSample.useMutation();

  function refuse(found: Problem, value: AnswerValue): void {
    setProblem(found);
    setJudged({ value, verdict: problemVerdict(found, task.format, value, words) });
  }

  function onAnswered(result: CheckSampleResult, value: AnswerValue): void {
    if (result.outcome === 'malformed') {
      refuse(result.problem, value);
    } else {
      setProblem(undefined);
      setJudged({ value, verdict: gradedVerdict(result, task, words) });
    }
  }

  function onError(error: unknown, value: AnswerValue): void {
    const app = appError(error);
    const busy = app?.code === 'AUTH_RATE_LIMITED' ? words.sample.busy(format.wait(app.data.retryAfterSeconds)) : null;
    setJudged({ value, verdict: { state: 'repeat', title: words.verdict.failed, text: busy ?? errorText(error, text, format) } });
  }

  return {
    judged,
    problem,
    checking: mutation.isPending,
    check(value: AnswerValue): void {
      if (mutation.isPending) return;
      if (sameAnswer(value, blankAnswer(task.format))) refuse({ code: 'empty' }, value);
      else mutation.mutate({ value }, { onSuccess: (result) => onAnswered(result, value), onError: (error) => onError(error, value) });
    },
  };
}

function SampleSkeleton() {
  return (
    <Pending>
      <SkeletonBlock width="60%" height={14} />
      <SkeletonText lines={3} lineHeight={28} mt={20} />
      <SkeletonBlock height={44} mt={36} radius={8} />
      <SkeletonBlock height={72} mt={16} radius={8} />
    </Pending>
  );
}
