import { IconAlertCircle } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { showUnderstood } from '#client/features/tasks/answers.ts';
import { problemVerdict } from '#client/features/tasks/verdict.ts';
import { useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { offline } from '#client/lib/online.ts';
import { trpc } from '#client/lib/trpc.ts';
import { icon } from '#client/ui/icon.ts';
import { Mark } from '#client/ui/mark.tsx';
import { Sign } from '#client/ui/sign.tsx';
import type { AnswerFormatDto } from '#shared/tasks.ts';
import { type LikelyAnswersDto, storableText, type TaskPreview, type TextDto } from '#shared/texts.ts';
import classes from './text-editor.module.css';

const restMs = 500;

interface LikelyAnswersProps {
  text: TextDto;
  source: string;
  task: TaskPreview;
  format: AnswerFormatDto;
}

/** How the right answer will be written, how it will be missed, and what was really answered, each with the checker's word. */
export function LikelyAnswers({ text, source, task, format }: LikelyAnswersProps) {
  const { editor } = useOfficeText();
  const { likely: words } = editor;
  const { likely, failed } = useLikelyAnswers(text, source);
  if (failed && !likely) return <p className={classes.nothing}>{words.failed}</p>;
  if (!likely || likely.answers.length === 0) return null;
  return (
    <section className={classes.check}>
      <h3>{words.title}</h3>
      <table className={classes.likely}>
        <thead className={classes.likelyHead}>
          <tr>
            <th scope="col">{words.answer}</th>
            <th scope="col">{words.result}</th>
          </tr>
        </thead>
        <tbody>
          {likely.answers.map((answer) => (
            <tr key={`${answer.origin} ${answer.shown}`}>
              <td>{answer.shown}</td>
              <td>
                <Result answer={answer} students={likely.students} task={task} format={format} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

type Likely = LikelyAnswersDto['answers'][number];

interface ResultProps {
  answer: Likely;
  students: number;
  task: TaskPreview;
  format: AnswerFormatDto;
}

function Result({ answer, students, task, format }: ResultProps) {
  const { likely: words } = useOfficeText().editor;
  const { tasks } = useText();
  const { check, shown, count } = answer;
  const given = count === null ? null : words.given(count, Math.max(count, students));
  if (check.outcome !== 'graded') {
    const reason = check.outcome === 'malformed' ? problemVerdict(check.problem, format, shown, tasks).title : words.wrong;
    return <Line sign={<IconAlertCircle {...icon.md} className={classes.unspent} />} parts={[words.unspent(reason), given]} />;
  }
  const understood = showUnderstood(format, check.understood);
  const as = understood === shown || understood.length > 40 ? null : words.as(understood);
  switch (check.verdict) {
    case 'right':
      return <Line sign={<Mark size={20} />} parts={[words.right, as, given]} />;
    case 'partly':
      return <Line sign={<Sign kind="partly" size={20} />} parts={[words.partly(check.points, task.points), as, given]} />;
    case 'wrong':
      return <Line sign={<Sign kind="wrong" size={20} />} parts={[words.wrong, as, given]} />;
  }
}

function Line({ sign, parts }: { sign: React.ReactNode; parts: (string | null)[] }) {
  return (
    <span className={classes.likelyResult}>
      {sign}
      <span>{parts.filter(Boolean).join(', ')}</span>
    </span>
  );
}

/** Only the front matter says what is right: typing in the statement asks nothing. */
function useLikelyAnswers({ subjectId }: TextDto, source: string) {
  const { client } = trpc.useUtils();
  const [likely, setLikely] = useState<LikelyAnswersDto | null>(null);
  const [failed, setFailed] = useState(false);
  const header = headerOf(source);
  const reachable = offline.use() === null;
  useEffect(() => {
    if (!reachable) return;
    const abort = new AbortController();
    const ask = async () => {
      try {
        // The statement plays no part in it, and is not sent.
        const next = await client.texts.likelyAnswers.mutate({ subjectId, source: storableText(`${header}\n…`) }, { signal: abort.signal });
        if (abort.signal.aborted) return;
        setLikely(next);
        setFailed(false);
      } catch {
        if (!abort.signal.aborted) setFailed(true);
      }
    };
    const timer = setTimeout(() => void ask(), restMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [client, subjectId, header, reachable]);
  return { likely, failed };
}

function headerOf(source: string): string {
  return /^---[ \t]*\r?\n[\s\S]*?^---[ \t]*$/m.exec(source)?.[0] ?? '';
}
