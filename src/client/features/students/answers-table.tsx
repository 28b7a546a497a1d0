import { IconMinus, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { Mark } from '#client/ui/mark.tsx';
import { Prose } from '#client/ui/prose.tsx';
import type_ from '#client/ui/type.module.css';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { StudentAnswerDto } from '#shared/students.ts';
import classes from './answers-table.module.css';
import { TaskChat } from './task-chat.tsx';

const signs: Record<StudentAnswerDto['verdict'], ReactNode> = {
  right: <Mark size={16} />,
  partly: <IconMinus size={16} stroke={2.5} color="var(--partly)" aria-hidden />,
  wrong: <IconX size={16} stroke={2.5} color="var(--wrong)" aria-hidden />,
};

export function AnswersTable({ rows, personId }: { rows: StudentAnswerDto[]; personId: string }) {
  const { answers: words } = useOfficeText().students;
  const { column } = words;
  return (
    <table className={classes.table}>
      <caption className={type_.hidden}>{words.table}</caption>
      <thead>
        <tr>
          <th scope="col">{column.task}</th>
          <th scope="col">{column.answer}</th>
          <th scope="col">{column.result}</th>
          <th scope="col">{column.when}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, at) => {
          // The chat belongs to the task: it is offered once, at the newest answer.
          const newest = rows.findIndex(({ taskId }) => taskId === row.taskId) === at;
          return <AnswerRow key={row.id} row={row} chatOf={newest ? personId : null} />;
        })}
      </tbody>
    </table>
  );
}

function AnswerRow({ row, chatOf }: { row: StudentAnswerDto; chatOf: string | null }) {
  const { answers: words } = useOfficeText().students;
  const format = useFormat();
  return (
    <tr>
      <td className={classes.task}>
        {row.shown ? (
          <Link lang="ru" href={`/courses/${row.courseSlug}/${row.topicSlug}#${row.taskSlug}`}>
            {setTitle(row.taskTitle)}
          </Link>
        ) : (
          <Link lang="ru" href={`/admin/tasks/${row.taskId}`}>
            {setTitle(row.taskTitle)}
          </Link>
        )}
        <span className={classes.place}>
          {setTitle(row.courseTitle)} · {setTitle(row.topicTitle)}
          {!row.shown && ` · ${words.hidden}`}
        </span>
        {chatOf !== null && <TaskChat personId={chatOf} task={{ id: row.taskId, title: row.taskTitle }} />}
      </td>
      <td className={classes.answer}>
        <Answer answer={row.answer} />
      </td>
      <td className={classes.result}>
        <span className={classes.verdict}>
          {signs[row.verdict]}
          {words.verdict[row.verdict]}
        </span>
        <span className={classes.place}>{words.points(row.points, row.maxPoints)}</span>
      </td>
      <td className={classes.when}>
        <time dateTime={row.at}>{format.dateTime(row.at)}</time>
      </td>
    </tr>
  );
}

function Answer({ answer }: { answer: StudentAnswerDto['answer'] }) {
  const { answers: words } = useOfficeText().students;
  if (answer.kind === 'work') return <span className={type_.dim}>{words.work}</span>;
  if (answer.kind === 'text') return answer.text === '' ? <span className={type_.dim}>{words.empty}</span> : answer.text;
  return (
    <ul className={classes.chosen}>
      {answer.chosen.map(({ place, html }) => (
        <li key={place}>
          {place}) <Prose html={html} size="inline" line />
        </li>
      ))}
    </ul>
  );
}
