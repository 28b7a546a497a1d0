import { Link } from 'wouter';
import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import table from '#client/ui/table.module.css';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { HardestDto } from '#shared/statistics.ts';
import classes from './hardest-tasks.module.css';

/** Where most get stuck: the statement, the theory before it or the key may be at fault. */
export function HardestTasks({ course }: { course: string }) {
  const { hardest: words } = useOfficeText().group;
  const query = trpc.progress.group.hardest.useQuery({ course });
  return (
    <section className={classes.section} aria-labelledby="hardest">
      <h2 id="hardest">{words.title}</h2>
      <QueryView query={query} skeleton={<SkeletonBlock height={240} mt={16} />} errorTitle={words.load} level={3}>
        {(tasks) =>
          tasks.length === 0 ? (
            <EmptyState title={words.none} level={3} className={classes.empty}>
              {words.noneText}
            </EmptyState>
          ) : (
            <>
              <p className={classes.note}>{words.note}</p>
              <HardestTable tasks={tasks} />
            </>
          )
        }
      </QueryView>
    </section>
  );
}

function HardestTable({ tasks }: { tasks: HardestDto }) {
  const { hardest: words } = useOfficeText().group;
  return (
    <table className={`${table.table} ${classes.table}`} aria-labelledby="hardest">
      <thead>
        <tr>
          <th scope="col">{words.column.task}</th>
          <th scope="col">{words.column.solved}</th>
          <th scope="col">{words.column.firstTry}</th>
          <th scope="col">{words.column.wrong}</th>
          <td />
        </tr>
      </thead>
      <tbody>
        {tasks.map((task) => (
          <HardestRow key={task.id} task={task} />
        ))}
      </tbody>
    </table>
  );
}

function HardestRow({ task }: { task: HardestDto[number] }) {
  const { hardest: words } = useOfficeText().group;
  const format = useFormat();
  const { id, title, topicTitle, examNumber, tried, solved, firstTry, wrong } = task;
  // The words of the head again, for where there is no room for it.
  const label = (of: string) => <span className={classes.label}>{of}: </span>;
  return (
    <tr>
      <th scope="row">
        <Link lang="ru" href={`/admin/tasks/${id}`} className={classes.task}>
          {setTitle(title)}
        </Link>
        <span className={classes.note}>
          {[examNumber === null ? null : words.number(examNumber), setTitle(topicTitle)].filter(Boolean).join(' · ')}
        </span>
      </th>
      <td>
        {label(words.column.solved)}
        <b>{format.percent(solved / tried)}</b>{' '}
        <span className={classes.note}>{words.of(format.number(solved), format.number(tried))}</span>
      </td>
      <td>
        {label(words.column.firstTry)}
        {format.percent(firstTry / tried)}
      </td>
      <td>
        {label(words.column.wrong)}
        {format.number(Math.round(wrong * 10) / 10)}
      </td>
      <td>
        <Link href={`/admin/tasks/${id}/answers`} aria-label={words.answersOf(title)} className={classes.answers}>
          {words.answers}
        </Link>
      </td>
    </tr>
  );
}
