import type { GroupFilter } from '#shared/statistics.ts';
import { studentFilterInput } from '#shared/students.ts';
import type { Activity, ListFilter } from '../../people/students/list/rules.ts';
import { cellText } from '../../registry/rules.ts';
import type { CellKind } from '../../registry/workbook.ts';

const activities: Record<GroupFilter['active'], Activity | null> = { all: null, week: 'active7', idle: 'idle7' };

/** Whom the table shows, as the list of students asks for them. The course is known by its id there. */
export function listFilterOf({ q, sort, active }: GroupFilter): ListFilter {
  return { ...studentFilterInput.parse({ sort, order: sort === 'name' ? 'asc' : 'desc' }), q, activity: activities[active] };
}

/** What one student has done of one topic. */
export interface TopicWork {
  solved: number;
  tried: number;
  firstTry: number;
}

/** A student as the file shows them. */
export interface GroupRow {
  firstName: string;
  lastName: string;
  lastActiveAt: Date | null;
  blocked: boolean;
  /** In the order of the topics. */
  topics: TopicWork[];
}

type Column = { header: string; width: number; kind: CellKind };

const ownColumns: Column[] = [
  { header: '№', width: 7, kind: 'number' },
  { header: 'Фамилия', width: 22, kind: 'text' },
  { header: 'Имя', width: 18, kind: 'text' },
  { header: 'Состояние', width: 18, kind: 'text' },
  { header: 'Последний ответ', width: 18, kind: 'instant' },
  { header: 'Заданий решено', width: 16, kind: 'number' },
  { header: 'Заданий всего', width: 15, kind: 'number' },
  { header: 'С первой попытки', width: 18, kind: 'percent' },
];

/** One column a topic: how many of its tasks are solved. */
export function groupColumns(topics: readonly { title: string; tasks: number }[]): Column[] {
  const header = (title: string, number: number, tasks: number) => cellText(`${number}. ${title} (из ${tasks})`);
  return [
    ...ownColumns,
    ...topics.map(({ title, tasks }, index): Column => ({ header: header(title, index + 1, tasks), width: 12, kind: 'number' })),
  ];
}

/** The cells of a row, in the order of the columns. `wallClock` comes from `wallClockOf`. */
export function groupCells(row: GroupRow, number: number, tasks: number, wallClock: (at: Date) => Date): (number | Date | string | null)[] {
  const { solved, tried, firstTry } = sumOf(row.topics);
  return [
    number,
    cellText(row.lastName),
    cellText(row.firstName),
    row.blocked ? 'Доступ закрыт' : null,
    row.lastActiveAt && wallClock(row.lastActiveAt),
    solved,
    tasks,
    tried > 0 ? firstTry / tried : null,
    ...row.topics.map((topic) => topic.solved),
  ];
}

export function sumOf(topics: readonly TopicWork[]): TopicWork {
  const sum = { solved: 0, tried: 0, firstTry: 0 };
  for (const { solved, tried, firstTry } of topics) {
    sum.solved += solved;
    sum.tried += tried;
    sum.firstTry += firstTry;
  }
  return sum;
}

/** How many tasks the course gives. */
export const tasksOf = (topics: readonly { tasks: number }[]): number => topics.reduce((sum, { tasks }) => sum + tasks, 0);

/** What was asked for, without what was left open: for the journal. */
export function groupInWords({ course, q, active }: GroupFilter): Record<string, string> {
  return { course, ...(q.trim() ? { q } : {}), ...(active === 'all' ? {} : { activity: activities[active] ?? '' }) };
}
