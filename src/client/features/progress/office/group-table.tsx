import { useMediaQuery } from '@mantine/hooks';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { memo, useMemo } from 'react';
import { Link } from 'wouter';
import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { icon } from '#client/ui/icon.ts';
import type_ from '#client/ui/type.module.css';
import type { GroupDto, GroupFilter } from '#shared/statistics.ts';
import { shadeOf } from './group-filter.ts';
import classes from './group-table.module.css';

type Topic = GroupDto['topics'][number];
/** A topic and its place in each student's row. */
type Column = Topic & { place: number };
type Student = GroupDto['students'][number];

interface GroupTableProps {
  topics: Topic[];
  students: Student[];
  sort: GroupFilter['sort'];
  onSort: (part: Pick<GroupFilter, 'sort'>) => void;
}

/**
 * Names and head stay where they are while the rest is scrolled; the box takes the keyboard's arrows. On a phone there is room for little beside the
 * names: the topics come first, their sum and the last answer after them.
 */
export function GroupTable({ topics, students, sort, onSort }: GroupTableProps) {
  const { group: words } = useOfficeText();
  // Of a topic that is theory alone there is nothing to count.
  const narrow = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false });
  const columns = useMemo(() => topics.map((topic, place) => ({ ...topic, place })).filter(({ tasks }) => tasks > 0), [topics]);
  const sums = (
    <>
      <th scope="col" className={classes.total}>
        {words.column.tasks}
      </th>
      <SortHead by="active" sort={sort} onSort={onSort} className={classes.active} />
    </>
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className={classes.box} aria-label={words.scroll} tabIndex={0}>
      <table className={classes.table}>
        <caption className={type_.hidden}>{words.table}</caption>
        <thead>
          <tr>
            <SortHead by="name" sort={sort} onSort={onSort} className={classes.who} />
            {!narrow && sums}
            {columns.map((topic) => (
              <TopicHead key={topic.slug} topic={topic} />
            ))}
            {narrow && sums}
          </tr>
        </thead>
        <tbody>
          {students.map((student) => (
            <StudentRow key={student.id} student={student} columns={columns} narrow={narrow} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface SortHeadProps {
  by: GroupFilter['sort'];
  sort: GroupFilter['sort'];
  onSort: GroupTableProps['onSort'];
  className: string | undefined;
}

/** Names go from А, answers from the newest. */
function SortHead({ by, sort, onSort, className }: SortHeadProps) {
  const { group: words } = useOfficeText();
  const Arrow = by === 'name' ? IconArrowUp : IconArrowDown;
  const sorted = by === 'name' ? 'ascending' : 'descending';
  return (
    <th scope="col" aria-sort={by === sort ? sorted : undefined} className={className}>
      <button type="button" className={classes.sort} onClick={() => onSort({ sort: by })}>
        {words.column[by]}
        <span className={by === sort ? undefined : classes.unsorted}>
          <Arrow {...icon.sm} />
        </span>
      </button>
    </th>
  );
}

/** A topic is called by its number; its title is in the legend, and here for the mouse and the screen reader. */
function TopicHead({ topic }: { topic: Topic }) {
  const { group: words } = useOfficeText();
  const title = [words.topic(topic.number, topic.title), topic.open ? null : words.locked].filter(Boolean).join(', ');
  return (
    <th scope="col" className={classes.topic} title={title}>
      <span aria-hidden="true" className={topic.open ? undefined : classes.locked}>
        {topic.number}
      </span>
      <span className={type_.hidden}>{title}</span>
    </th>
  );
}

/** Kept while more rows come: a thousand of them have twenty thousand cells. */
const StudentRow = memo(function StudentRow({ student, columns, narrow }: { student: Student; columns: Column[]; narrow: boolean }) {
  const { group: words } = useOfficeText();
  const format = useFormat();
  const { done, total } = student.tasks;
  const sums = (
    <>
      <td className={classes.total} title={words.tasksNote(done, total)}>
        {words.cell(format.number(done), format.number(total))}
      </td>
      <td className={classes.active}>
        {student.lastActiveAt ? (
          <time dateTime={student.lastActiveAt} title={format.dateTime(student.lastActiveAt)}>
            {format.daysAgo(student.lastActiveAt)}
          </time>
        ) : (
          words.never
        )}
      </td>
    </>
  );
  return (
    <tr>
      <th scope="row" className={classes.who}>
        <Link href={`/admin/students/${student.id}`} className={classes.name}>
          {student.lastName} {student.firstName}
        </Link>
        {student.blocked && <span className={classes.blocked}>{words.blocked}</span>}
      </th>
      {!narrow && sums}
      {columns.map(({ slug, tasks, place }) => {
        const work = student.topics[place];
        if (!work) return <td key={slug} className={classes.cell} />;
        return (
          <td
            key={slug}
            className={classes.cell}
            data-shade={shadeOf(work, tasks)}
            title={words.cellNote(work.solved, tasks, work.tried, work.firstTry)}
          >
            {work.tried === 0 ? '–' : words.cell(String(work.solved), String(tasks))}
          </td>
        );
      })}
      {narrow && sums}
    </tr>
  );
});
