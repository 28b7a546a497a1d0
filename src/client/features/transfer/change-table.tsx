import { useOfficeText } from '#client/lib/office-text.ts';
import { Button } from '#client/ui/button.tsx';
import type { ImportChange } from '#shared/transfer.ts';
import classes from './transfer.module.css';
import { useShown } from './use-shown.ts';

/** What an import does, thing by thing. */
export function ChangeTable({ changes }: { changes: ImportChange[] }) {
  const { transfer, shell } = useOfficeText();
  const words = transfer.report;
  const { shown, more } = useShown(changes);
  if (changes.length === 0) return null;
  return (
    <>
      <table className={classes.table}>
        <caption className={classes.caption}>{words.table}</caption>
        <thead>
          <tr>
            <th scope="col">{words.column.kind}</th>
            <th scope="col">{words.column.name}</th>
            <th scope="col">{words.column.change}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((change) => (
            <tr key={`${change.kind} ${change.name}`}>
              <td className={classes.kind}>{words.kinds[change.kind]}</td>
              <th scope="row" className={classes.name}>
                {change.title}
                <span className={classes.path}>{change.name}</span>
              </th>
              <td className={change.change === 'removed' ? classes.removed : undefined}>
                <Words change={change} />
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

function Words({ change: { kind, change, parts, answers } }: { change: ImportChange }) {
  const { report: words } = useOfficeText().transfer;
  const what = parts.map((part) => words.parts[part]).join(', ');
  return (
    <>
      {what ? `${words.change[change]}: ${what}` : words.change[change]}
      {answers > 0 && (
        <span className={classes.answers}>
          {kind === 'exam' ? words.attempts(answers) : `${words.column.answers}: ${words.answers(answers)}.`}{' '}
          {parts.includes('answer') && words.rekeyed}
        </span>
      )}
    </>
  );
}
