import { useOfficeText } from '#client/lib/office-text.ts';
import { Button } from '#client/ui/button.tsx';
import type { QuestionDto, QuestionFormat } from '#shared/transfer.ts';
import classes from './transfer.module.css';
import { useShown } from './use-shown.ts';

/** The rows of a file, each with what is wrong in it. */
export function QuestionTable({ format, questions }: { format: QuestionFormat; questions: QuestionDto[] }) {
  const { transfer, shell } = useOfficeText();
  const words = transfer.questions;
  const { shown, more } = useShown(questions);
  return (
    <>
      <table className={classes.table}>
        <caption className={classes.caption}>{words.table}</caption>
        <thead>
          <tr>
            <th scope="col">{format === 'xlsx' ? words.column.row : words.column.number}</th>
            <th scope="col">{words.column.title}</th>
            <th scope="col">{words.column.state}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((question) => (
            <tr key={question.place}>
              <td className={classes.number}>{question.place}</td>
              <th scope="row" className={classes.name}>
                {question.title || words.untitled}
              </th>
              <td>
                <State question={question} format={format} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {more && (
        <Button variant="default" size="sm" onClick={more}>
          {shell.showMore}
        </Button>
      )}
    </>
  );
}

function State({ question: { problems, notes }, format }: { question: QuestionDto; format: QuestionFormat }) {
  const { transfer } = useOfficeText();
  return (
    <>
      {problems.length === 0 && <p>{transfer.questions.fine}</p>}
      {problems.map(({ column, problem }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a list that never changes; the same problem may stand twice
        <p key={at} className={classes.problem}>
          {format === 'xlsx' && column && <b>{transfer.columns[column]}: </b>}
          {transfer.rowProblem(problem)}
        </p>
      ))}
      {notes.map((note) => (
        <p key={note} className={classes.answers}>
          {transfer.notes[note]}
        </p>
      ))}
    </>
  );
}
