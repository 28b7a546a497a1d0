import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { Link } from 'wouter';
import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { readablePhone } from '#client/lib/phone.ts';
import { icon } from '#client/ui/icon.ts';
import type_ from '#client/ui/type.module.css';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { StudentFilter, StudentRowDto, StudentSort } from '#shared/students.ts';
import { StateTag } from './state-tag.tsx';
import { firstOrder } from './student-filter.ts';
import classes from './student-table.module.css';

interface StudentTableProps {
  rows: StudentRowDto[];
  filter: Pick<StudentFilter, 'sort' | 'order'>;
  onSort: (part: Pick<StudentFilter, 'sort' | 'order'>) => void;
}

/** A table, sorted by its heads; on a phone each row is a small card of its own. */
export function StudentTable({ rows, filter, onSort }: StudentTableProps) {
  const { list: words } = useOfficeText().students;
  const head = (sort: StudentSort, label: string) => <SortHead sort={sort} label={label} filter={filter} onSort={onSort} />;
  return (
    <table className={classes.table}>
      <caption className={type_.hidden}>{words.table}</caption>
      <thead>
        <tr>
          {head('name', words.column.name)}
          <th scope="col">{words.column.courses}</th>
          <th scope="col" className={classes.number}>
            {words.column.tasks}
          </th>
          {head('active', words.column.active)}
          {head('registered', words.column.registered)}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <StudentRow key={row.id} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function SortHead({ sort, label, filter, onSort }: { sort: StudentSort; label: string } & Pick<StudentTableProps, 'filter' | 'onSort'>) {
  const active = filter.sort === sort;
  const turned = filter.order === 'asc' ? 'desc' : 'asc';
  return (
    <th scope="col" aria-sort={active ? (filter.order === 'asc' ? 'ascending' : 'descending') : undefined}>
      <button type="button" className={classes.sort} onClick={() => onSort({ sort, order: active ? turned : firstOrder[sort] })}>
        {label}
        <span className={active ? undefined : classes.unsorted}>
          {active && filter.order === 'asc' ? <IconArrowUp {...icon.sm} /> : <IconArrowDown {...icon.sm} />}
        </span>
      </button>
    </th>
  );
}

function StudentRow({ row }: { row: StudentRowDto }) {
  const { list: words } = useOfficeText().students;
  const format = useFormat();
  const [first, second, ...others] = row.courses;
  return (
    <tr>
      <td className={classes.who}>
        <Link href={`/admin/students/${row.id}`} className={classes.name}>
          {row.lastName} {row.firstName}
        </Link>
        <span className={classes.contacts}>
          <span>{row.email}</span>
          {row.phone && <span className={type_.nowrap}>{readablePhone(row.phone)}</span>}
        </span>
        <StateTag blocked={row.blocked} unverified={!row.verified} />
      </td>
      <td className={classes.courses}>
        {first === undefined ? words.noCourses : [first, second].flatMap((title) => (title ? [setTitle(title)] : [])).join(' · ')}
        {others.length > 0 && ` ${words.moreCourses(others.length)}`}
      </td>
      <td className={classes.number}>
        {row.tasks.total > 0 && (
          <>
            <span aria-hidden="true">{words.tasksOf(format.number(row.tasks.done), format.number(row.tasks.total))}</span>
            <span className={type_.hidden}>{words.tasksSpoken(row.tasks.done, row.tasks.total)}</span>
          </>
        )}
      </td>
      <td className={classes.active}>
        {row.lastActiveAt ? (
          <>
            <span className={classes.label}>{words.activeLabel} </span>
            <time dateTime={row.lastActiveAt} title={format.dateTime(row.lastActiveAt)}>
              {format.daysAgo(row.lastActiveAt)}
            </time>
          </>
        ) : (
          words.neverActive
        )}
      </td>
      <td className={classes.registered}>
        <time dateTime={row.registeredAt} title={format.dateTime(row.registeredAt)}>
          {format.date(row.registeredAt)}
        </time>
      </td>
    </tr>
  );
}
