import { useId, useState } from 'react';
import { AnswerField } from '#client/features/tasks/answer-field.tsx';
import { blankAnswer, sameAnswer, showUnderstood } from '#client/features/tasks/answers.ts';
import { useSlow } from '#client/features/tasks/use-slow.ts';
import { gradedVerdict, type Problem, problemVerdict, type VerdictView } from '#client/features/tasks/verdict.ts';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { Prose } from '#client/ui/prose.tsx';
import { Verdict } from '#client/ui/verdict.tsx';
import type { AnswerValue } from '#shared/answers/format.ts';
import type { AnswerFormatDto } from '#shared/tasks.ts';
import { type AnswerCheckDto, storableText, type TaskPreview, type TextDto } from '#shared/texts.ts';
import classes from './text-editor.module.css';

interface AnswerCheckProps {
  text: TextDto;
  source: string;
  task: TaskPreview;
  format: AnswerFormatDto;
  headingId: string;
}

/** «Проверить ответ»: the student's own field, judged by the real checker with the key that is being written. */
export function AnswerCheck({ text, source, task, format, headingId }: AnswerCheckProps) {
  const { editor } = useOfficeText();
  const site = useText();
  const words = site.tasks;
  const numbers = useFormat();
  const id = useId();
  const titleId = `${id}-title`;
  const verdictId = `${id}-verdict`;
  const [value, setValue] = useState<AnswerValue>(() => blankAnswer(format));
  const [judged, setJudged] = useState<{ value: AnswerValue; view: VerdictView; problem?: Problem } | null>(null);
  const { mutateAsync, isPending } = trpc.texts.checkAnswer.useMutation();
  const slow = useSlow(isPending);

  function viewOf(check: AnswerCheckDto): { view: VerdictView; problem?: Problem } {
    switch (check.outcome) {
      case 'graded': {
        const shown = showUnderstood(format, check.understood);
        const view = gradedVerdict(check, { format, points: task.points }, words);
        return { view: { ...view, text: shown.length > 80 ? editor.check.plain : editor.check.understood(shown) } };
      }
      case 'malformed':
        return { view: problemVerdict(check.problem, format, value, words), problem: check.problem };
      case 'no-key':
        return { view: { state: 'format', title: editor.check.noKey, text: editor.check.noKeyText } };
    }
  }

  async function check(): Promise<void> {
    if (isPending) return;
    try {
      const result = await mutateAsync({ subjectId: text.subjectId, source: storableText(source), value });
      setJudged({ value, ...viewOf(result) });
    } catch (error) {
      setJudged({ value, view: { state: 'repeat', title: words.verdict.failed, text: errorText(error, site, numbers) } });
    }
  }

  if (format.kind === 'long') {
    return (
      <section className={classes.check}>
        <h3>{editor.check.title}</h3>
        <p className={classes.nothing}>{editor.check.long}</p>
        <ul className={classes.criteria}>
          {format.criteria.map(({ id: criterion, html, max }) => (
            <li key={criterion}>
              <b>{criterion}</b> <Prose html={html} size="inline" line /> <span>{words.points(max)}</span>
            </li>
          ))}
        </ul>
      </section>
    );
  }
  const complaint = judged?.view.state === 'wrong' || judged?.view.state === 'format';
  return (
    <section className={classes.check} aria-labelledby={titleId}>
      <h3 id={titleId}>{editor.check.title}</h3>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void check();
        }}
      >
        <AnswerField
          format={format}
          value={value}
          onChange={setValue}
          readOnly={false}
          invalid={complaint && sameAnswer(judged.value, value)}
          problem={judged?.problem}
          headingId={headingId}
          describedBy={verdictId}
          button={
            <BusyButton variant="default" busy={slow} busyLabel={words.checking} style={{ flex: 'none' }}>
              {words.check}
            </BusyButton>
          }
        />
        <div className={classes.verdict}>
          <Verdict id={verdictId} state={judged?.view.state ?? null} idle={editor.check.plain} title={judged?.view.title}>
            {judged?.view.text}
          </Verdict>
        </div>
      </form>
    </section>
  );
}
