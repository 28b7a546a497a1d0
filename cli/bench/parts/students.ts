/** The moderators' list of students in a school of a hundred, and in one of fifty thousand. */

import { seedDemo } from '#prisma/seed.ts';
import { exportStudents } from '#server/features/people/students/export/queries.ts';
import { listStudents } from '#server/features/people/students/list/queries.ts';
import type { App } from '#server/platform/app.ts';
import { withClient } from '#server/platform/database-admin.ts';
import { studentFilterInput } from '#shared/students.ts';
import { alternately } from '../alternately.ts';
import type { Row } from '../row.ts';
import type { World } from '../world.ts';

const sizes = { small: 100, large: 50_000 };
const goal = { atMost: 1.5 };

const stems =
  'Иван Петр Сидор Кузнец Смирн Поп Васил Сокол Михайл Новик Мороз Волк Лебед Егор Козл Орл Андре Макар Захар Воробь Фрол Корол Борис Яковл';
const endings = 'ов ев ин ский енко ова ева ина ская ук';
const firsts = 'Анна Мария Елена Ольга Алёна Пётр Илья Фёдор Семён Артём Дарья Софья Егор Юлия Лев Глеб Роман Марк Вера Денис';

/** Names as they are spread in a class book, phones for two of three, activity over six weeks. */
const insertNamed = `WITH words AS (SELECT string_to_array($2, ' ') AS stems, string_to_array($3, ' ') AS endings, string_to_array($4, ' ') AS firsts)
  INSERT INTO person (role, email, first_name, last_name, phone, registered_at, email_verified_at, last_active_at)
  SELECT 'student', 'student' || n || '@example.ru', firsts[1 + n * 7 % 20], stems[1 + n * 13 % 24] || endings[1 + n * 3 % 10],
    CASE WHEN n % 3 > 0 THEN '+79' || lpad((n::bigint * 7919 % 1000000000)::text, 9, '0') END, now() - n * interval '7 minutes', now(),
    CASE WHEN n % 4 > 0 THEN now() - n % 97 * interval '11 hours' END
  FROM words, generate_series(1, $1::int) n`;

/** Found by her name in either school. */
const insertOne = `INSERT INTO person (role, email, first_name, last_name, registered_at) VALUES ('student', 'a@example.ru', 'Аглая', 'Преображенская', now() - interval '8 minutes')`;

/** Two courses each of the four, and a share of their tasks tried, half of it solved. */
const work = [
  `INSERT INTO enrolment (person_id, course_id, enrolled_at) SELECT p.id, c.id, now() FROM (SELECT id, row_number() OVER () AS n FROM person) p
    JOIN (SELECT id, row_number() OVER (ORDER BY slug) AS n FROM course) c ON (p.n + c.n) % 2 = 0`,
  `INSERT INTO task_progress (person_id, task_id, wrong_count, solved_at, last_at)
    SELECT e.person_id, k.id, 1, CASE WHEN abs(hashtext(e.person_id::text || k.id::text)) % 2 = 0 THEN now() END, now()
    FROM enrolment e JOIN topic t ON t.course_id = e.course_id JOIN task k ON k.topic_id = t.id
    WHERE abs(hashtext(k.id::text || e.person_id::text)) % 5 = 0`,
  'VACUUM ANALYZE',
];

type Asked = Parameters<typeof studentFilterInput.parse>[0] & object;

/** One student each is looked for, so that both schools find as many. */
const questions: { name: string; filter: Asked; next?: boolean }[] = [
  { name: 'list', filter: {} },
  { name: 'list by name', filter: { sort: 'name', order: 'asc' } },
  { name: 'next page', filter: {}, next: true },
  { name: 'next page by activity', filter: { sort: 'active' }, next: true },
  { name: 'search by e-mail', filter: { q: 'student77@' } },
  { name: 'search by phone', filter: { q: '8 900 060-97-63' } },
  { name: 'search by name', filter: { q: 'аглая преображенская' } },
  { name: 'search that finds nobody', filter: { q: 'достоевский' } },
  { name: 'filter by course', filter: { course: 'math-80' } },
  { name: 'filter by activity', filter: { activity: 'inactive14' } },
];

export async function students(world: World): Promise<Row[]> {
  const schools = { large: await aSchool(world, sizes.large), small: await aSchool(world, sizes.small) };
  const rows: Row[] = [];
  for (const { name, filter, next } of questions) {
    const asked = { large: await question(schools.large, filter, next), small: await question(schools.small, filter, next) };
    const { a: value, b: floor, ratio, n } = await alternately({ a: asked.large, b: asked.small });
    rows.push({ name: `students: ${name}, 5·10⁴ : 10²`, unit: 'ms p50', value, floor, ratio, n, goal });
  }
  return [...rows, ...(await exportRows(schools.large))];
}

async function question(app: App, asked: Asked, next = false) {
  const filter = studentFilterInput.parse(asked);
  const cursor = next ? (await listStudents(app, { kind: 'system' }, filter)).nextCursor : null;
  return () => listStudents(app, { kind: 'system' }, { ...filter, cursor });
}

/** The statistics of everybody, page by page, as the Excel file takes them. */
async function exportRows(app: App): Promise<Row[]> {
  const startedAt = performance.now();
  let n = 0;
  for await (const page of exportStudents(app, { kind: 'system' }, studentFilterInput.parse({}))) n += page.length;
  const value = (performance.now() - startedAt) / 1000;
  return [{ name: 'students: statistics of 5·10⁴ for Excel', unit: 's', value, floor: null, ratio: null, n }];
}

async function aSchool(world: World, count: number): Promise<App> {
  const { url } = await world.anEmptySchool();
  const { app, close } = await world.openApp(url);
  world.afterwards(close);
  await seedDemo(app);
  await withClient(url, async (client) => {
    await client.query(insertNamed, [count, stems, endings, firsts]);
    for (const statement of [insertOne, ...work]) await client.query(statement);
  });
  return app;
}
