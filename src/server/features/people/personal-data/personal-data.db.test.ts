/** Export, erasure and consents of one school in one file: the two students of it, who have something in every table, are dear to make. */
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import type { App } from '../../../platform/app.ts';
import { folderMailer, listLetters } from '../../../platform/mail/folder.ts';
import { aFullStudent, type FullStudent } from '../../../testing/full-student.ts';
import { aPayingSchool, type PayingSchool, runJobs } from '../../../testing/payments.ts';
import { aMachine, aModerator, aStudent, codeFor, limitsElapse, type Student } from '../../../testing/world.ts';
import { requestCode, verifyCode } from '../../auth/actions.ts';
import { setOperator } from '../../settings/operator/actions.ts';
import { consentVersion } from '../consent.ts';
import { blockStudent } from '../students/actions.ts';
import { askToErase, closeAccount, keepAccount } from './closing/actions.ts';
import { agreeToConsent } from './consents/actions.ts';
import { findConsentDue, getPrivacyPolicy } from './consents/queries.ts';
import { eraseAgain, eraseDue, eraseStudent, scheduleErasure } from './erasing/actions.ts';
import { kept, portions } from './erasing/rules.ts';
import { personalArchive } from './export/archive.ts';
import { readSection } from './export/queries.ts';
import { notExported, sections } from './export/sections.ts';

let school: PayingSchool;
let teacher: Student;
let anna: FullStudent;
let boris: FullStudent;
beforeAll(async () => {
  school = await aPayingSchool();
  teacher = await aModerator(school.app);
  anna = await aFullStudent(school, teacher, { firstName: 'Аполлинария', lastName: 'Вознесенская', phone: '+79161112233' });
  boris = await aFullStudent(school, teacher, { firstName: 'Борислав', lastName: 'Гречанинов', phone: '+79164445566' });
}, 60_000);
afterAll(() => school.close());

const system = { kind: 'system' } as const;
const dayMs = 86_400_000;

interface Reference {
  table: string;
  column: string;
  onDelete: string;
}

/** Every foreign key to a person, as the database itself knows them. */
async function references(app: App): Promise<Reference[]> {
  const { rows } = await app.pool.query<Reference>(
    `SELECT c.conrelid::regclass::text AS "table", a.attname AS "column", c.confdeltype AS "onDelete" FROM pg_constraint c
      JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] WHERE c.contype = 'f' AND c.confrelid = 'person'::regclass ORDER BY 1, 2`,
  );
  return rows;
}

/** Every row of every table, as text; bytes in hexadecimal. */
async function everyRow(app: App): Promise<Map<string, Set<string>>> {
  const { rows: tables } = await app.pool.query<{ name: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
      WHERE table_schema IN ('public', 'pgboss') AND table_type = 'BASE TABLE' ORDER BY 1`,
  );
  const all = new Map<string, Set<string>>();
  for (const { name } of tables) {
    const { rows } = await app.pool.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
    all.set(name, new Set(rows.map(({ row }) => row)));
  }
  return all;
}

async function everyFile(app: App): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const folder of ['uploads/', 'variants/', 'topics/'])
    for await (const { key } of app.storage.list(folder)) files.set(key, (await buffer(app.storage.read(key))).toString('utf8'));
  return files;
}

const needlesOf = ({ email, firstName, lastName, phone, mark, actor }: FullStudent) =>
  [email, firstName, lastName, phone, mark, actor.id].flatMap((needle) => [needle, Buffer.from(needle).toString('hex')]);

const found = (texts: Iterable<string>, needles: string[]) => [...texts].filter((text) => needles.some((needle) => text.includes(needle)));

async function unpacked(app: App, personId: string): Promise<Map<string, Buffer>> {
  const zip = await fromBufferPromise(await buffer(await personalArchive(app, personId)));
  const entries = new Map<string, Buffer>();
  for await (const entry of zip.eachEntry()) entries.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)));
  return entries;
}

test('every table that names a person is exported, or stands in the list with a reason; every one of them is erased', async () => {
  const exported = new Set(sections.flatMap(({ tables }) => tables));
  const found = await references(school.app);
  expect(found.length).toBeGreaterThan(30);
  const names = [...new Set(found.map(({ table }) => table))];
  expect(names.filter((table) => !exported.has(table) && !(table in notExported))).toEqual([]);
  // Erased with the person (c: ON DELETE CASCADE), in portions, or kept without them.
  const left = found.filter(({ table, onDelete }) => onDelete !== 'c' && !portions.some((one) => one.table === table) && !(table in kept));
  expect(left).toEqual([]);
  // The lists name no table that is not there.
  const { rows } = await school.app.pool.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`,
  );
  const tables = new Set(rows.map(({ name }) => name));
  expect([...exported, ...Object.keys(notExported), ...Object.keys(kept)].filter((table) => !tables.has(table))).toEqual([]);
});

test('the student of these tests has something in every such table, so that what is said of them below is said of all', async () => {
  const ofModerators = new Set([
    'second_step',
    'news_post',
    'chat_answer',
    'chat_thread.opened_by_id',
    'chat_thread.held_by_id',
    'chat_thread.assignee_id',
  ]);
  const empty: string[] = [];
  for (const { table, column } of await references(school.app)) {
    if (ofModerators.has(table) || ofModerators.has(`${table}.${column}`)) continue;
    const { rows } = await school.app.pool.query(`SELECT 1 FROM ${table} WHERE ${column} = $1 LIMIT 1`, [anna.actor.id]);
    if (rows.length === 0) empty.push(`${table}.${column}`);
  }
  expect(empty).toEqual([]);
});

test('the archive holds everything of one’s own, in JSON and as tables, with one’s files, and nothing of another student', async () => {
  const entries = await unpacked(school.app, anna.actor.id);
  const json = sections.map(({ file }) => [file, JSON.parse(entries.get(`${file}.json`)?.toString('utf8') ?? 'null')] as const);
  // Each kind has rows, but for codes: the one of the registration was used, and is told all the same.
  expect(json.filter(([, rows]) => !Array.isArray(rows) || rows.length === 0).map(([file]) => file)).toEqual([]);
  expect(Object.fromEntries(json).profile).toMatchObject([{ email: anna.email, lastName: anna.lastName, phone: anna.phone }]);
  expect(Object.fromEntries(json).messages).toMatchObject([
    { from: 'Вы', text: `Не выходит: ${anna.mark}`, files: ['тетрадь.jpg'] },
    { from: 'Ольга Громова', text: `Посмотрим вместе, ${anna.firstName}` },
  ]);
  expect(entries.get('ПРОЧТИТЕ.txt')?.toString('utf8')).toContain('Файлы – файлы, которые вы присылали: 3.');
  const files = [...entries].filter(([path]) => path.startsWith('Файлы/'));
  expect(files.map(([, body]) => body.toString('utf8')).toSorted()).toEqual([
    `exam ${anna.mark}`,
    `jpeg ${anna.mark}`,
    `jpeg ${anna.mark}`,
  ]);

  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(Uint8Array.from(entries.get('Данные.xlsx') ?? []).buffer);
  expect(workbook.worksheets.map(({ name }) => name)).toEqual(sections.map(({ title }) => title));
  const cells: string[] = [];
  for (const sheet of workbook.worksheets) sheet.eachRow((row) => row.eachCell((cell) => cells.push(String(cell.value))));
  expect(cells).toContain(`Не выходит: ${anna.mark}`);
  for (const [path, body] of [...entries].filter(([path]) => !path.endsWith('.xlsx')))
    expect(found([body.toString('utf8')], needlesOf(boris)), path).toEqual([]);
  expect(found(cells, needlesOf(boris))).toEqual([]);
  // No secrets either.
  const { rows } = await school.app.pool.query<{ id: string }>('SELECT id FROM session WHERE person_id = $1', [anna.actor.id]);
  expect(
    found(
      [...entries.values()].map(String),
      rows.map(({ id }) => id),
    ),
  ).toEqual([]);
});

test('rows come page by page, in order and without a gap, however many there are', async () => {
  const student = await aStudent(school.app);
  await school.app.pool.query(
    `INSERT INTO submission (person_id, task_id, client_id, given, canonical, canonical_hash, understood, verdict, points, created_at, local_on)
      SELECT $1, (SELECT id FROM task LIMIT 1), gen_random_uuid(), to_jsonb(i), i::text, md5(i::text), i::text, 'wrong', 0, now(), current_date FROM generate_series(1, 2500) i`,
    [student.actor.id],
  );
  const answers = sections.find(({ file }) => file === 'answers') ?? expect.fail('no such section');
  const pages: number[][] = [];
  for await (const rows of readSection(school.app, answers, student.actor.id)) pages.push(rows.map(({ given }) => Number(given)));
  expect(pages.map((page) => page.length)).toEqual([1000, 1000, 500]);
  expect(pages.flat()).toEqual(Array.from({ length: 2500 }, (_, index) => index + 1));
});

/** An App whose database, or whose store, fails at the n-th use: what a `kill -9` leaves behind. */
function dyingAt(app: App, n: number): App {
  let uses = 0;
  const use = () => {
    uses += 1;
    if (uses === n) throw new Error('killed');
  };
  const pool = new Proxy(app.pool, {
    get(target, name) {
      const value = Reflect.get(target, name);
      if (name !== 'query') return typeof value === 'function' ? value.bind(target) : value;
      return (...args: unknown[]) => {
        use();
        return Reflect.apply(value, target, args);
      };
    },
  });
  const remove = async (key: string) => {
    use();
    await app.storage.remove(key);
  };
  const storage = { ...app.storage, remove };
  return { ...app, pool, storage };
}

test('erasing leaves nothing of the person, whatever it was killed at, and takes nothing of anybody else', async () => {
  const { app, bank } = school;
  const [before, filesBefore] = [await everyRow(app), await everyFile(app)];
  expect(
    found(
      [...before.values()].flatMap((rows) => [...rows]),
      needlesOf(anna),
    ).length,
  ).toBeGreaterThan(50);
  const own = await app.pool.query<{ id: string }>(
    `SELECT id::text FROM chat_thread WHERE student_id = $1 UNION SELECT id::text FROM work WHERE person_id = $1 UNION SELECT id::text FROM exam_attempt WHERE person_id = $1
      UNION SELECT id::text FROM payment_order WHERE person_id = $1 UNION SELECT a.id::text FROM payment_attempt a JOIN payment_order o ON o.id = a.order_id WHERE o.person_id = $1
      UNION SELECT storage_key FROM work_file f JOIN work w ON w.id = f.work_id WHERE w.person_id = $1 UNION SELECT telegram_id::text FROM telegram_link WHERE person_id = $1`,
    [anna.actor.id],
  );
  const money = await app.pool.query('SELECT at, kind, amount_minor, currency FROM payment_ledger ORDER BY id');

  const post = folderMailer(app.config.dataDir, () => {});
  for (const to of [anna.email, boris.email]) await post.send({ id: to, to, subject: 'Код', text: 'Код', html: 'Код' });

  // Killed at the first use, the third, the fifth …, and gone on with every time.
  let deaths = 0;
  for (let n = 1; ; n += 2) {
    if (await eraseStudent(dyingAt(app, n), system, { personId: anna.actor.id, by: 'self' }).catch(() => null)) break;
    deaths += 1;
  }
  expect(deaths).toBeGreaterThan(8);
  await runJobs(app, ['payments.forget-method']);

  const after = await everyRow(app);
  const left = [...after].flatMap(([table, rows]) => found(rows, needlesOf(anna)).map((row) => `${table}: ${row}`));
  // The journal of erasures knows the id of who is no more, and nothing else.
  expect(left.filter((row) => !row.startsWith('public.erasure:'))).toEqual([]);
  expect(found(left, needlesOf({ ...anna, actor: { ...anna.actor, id: anna.email } }))).toEqual([]);

  expect((await listLetters(app.config.dataDir)).map(({ to }) => to)).toEqual([boris.email]);
  const files = await everyFile(app);
  expect(found(files.values(), [anna.mark])).toEqual([]);
  expect([...filesBefore].filter(([key, body]) => !files.has(key) && !body.includes(anna.mark))).toEqual([]);

  // Whatever row went or was changed was the person's own, or hung on something of theirs.
  const theirs = [...needlesOf(anna), ...own.rows.map(({ id }) => id)];
  const told = found(before.get('public.notice') ?? [], theirs).map((row) => row.slice(1, 37));
  const needles = [...theirs, ...told];
  const counted = new Set(['public.rate_limit', 'public.erasure', 'public.work_comment']);
  const foreign = [...before].flatMap(([table, rows]) =>
    counted.has(table) || table.startsWith('pgboss.')
      ? []
      : [...rows]
          .filter((row) => !after.get(table)?.has(row) && !needles.some((needle) => row.includes(needle)))
          .map((row) => `${table}: ${row}`),
  );
  expect(foreign).toEqual([]);
  const lives = (row: string) => row.includes(boris.actor.id) || row.includes(boris.mark) || row.includes(boris.email);
  const ofBoris = (all: Map<string, Set<string>>) =>
    [...all].filter(([table]) => !table.startsWith('pgboss.')).flatMap(([, rows]) => [...rows].filter(lives));
  expect(ofBoris(after).length).toBeGreaterThan(30);
  expect(ofBoris(after)).toEqual(ofBoris(before));

  // Money stays, its owner does not; the acquirer has forgotten the cards, and nothing will be charged.
  expect((await app.pool.query('SELECT at, kind, amount_minor, currency FROM payment_ledger ORDER BY id')).rows).toEqual(money.rows);
  expect(
    bank.tbank.calls.filter(({ call, with: given }) => call === 'forgetMethod' && JSON.stringify(given).includes(anna.actor.id)).length,
  ).toBeGreaterThan(1);
  expect(await app.db.subscription.count({ where: { personId: null, state: { not: 'ended' } } })).toBe(0);
  expect(await app.db.erasure.findMany()).toMatchObject([{ personId: anna.actor.id, by: 'self', finishedAt: school.clock.now() }]);
  const file = await readFile(join(app.config.backups.dir, 'erasures.jsonl'), 'utf8');
  expect(file.trim().split('\n')).toHaveLength(1);
  expect(found([file], needlesOf({ ...anna, actor: { ...anna.actor, id: anna.email } }))).toEqual([]);
}, 60_000);

test('a copy of the database that is older than an erasure is brought up to it', async () => {
  const { app } = school;
  const erased = await aStudent(app);
  await eraseStudent(app, { kind: 'cli' }, { personId: erased.actor.id, by: 'cli' });
  // As an older copy has them: the person is there, the row that says they were erased is not. And a line that a power cut has left.
  await app.db.erasure.delete({ where: { personId: erased.actor.id } });
  await app.db.person.create({
    data: { id: erased.actor.id, role: 'student', email: erased.email, firstName: 'Вера', lastName: 'Лебедева' },
  });
  await mkdir(app.config.backups.dir, { recursive: true });
  await appendFile(join(app.config.backups.dir, 'erasures.jsonl'), '{"personId":"');
  const people = await app.db.person.count();
  expect(await eraseAgain(app)).toBe(1);
  expect(await app.db.person.count()).toBe(people - 1);
  expect(await app.db.person.count({ where: { email: erased.email } })).toBe(0);
  expect(await app.db.erasure.findUnique({ where: { personId: erased.actor.id } })).toMatchObject({ finishedAt: school.clock.now() });
  expect(await eraseAgain(app)).toBe(0);
});

test('an acquirer that does not answer holds an erasure up for days, not for ever; the account is closed meanwhile', async () => {
  const { app, bank, clock } = school;
  const student = boris;
  bank.tbank.next = { forgetMethod: ['unknown', 'unknown'] };
  await expect(eraseStudent(app, system, { personId: student.actor.id, by: 'self' })).rejects.toThrow('unknown');
  expect(await app.sessions.read(student.cookie)).toBeNull();
  clock.forward(3 * dayMs);
  await eraseDue(app);
  expect(await app.db.person.count({ where: { id: student.actor.id } })).toBe(0);
  clock.forward(-3 * dayMs);
});

async function closed(student: Student) {
  const { app } = school;
  await limitsElapse(app, 61);
  // The newest of several codes is told by its instant.
  school.clock.forward(1000);
  const { token } = await askToErase(app, student.actor, aMachine(), { locale: 'ru' });
  const code = await codeFor(app, student.email);
  return { token, code, result: await closeAccount(app, student.actor, aMachine(), { token, code }) };
}

test('an account is closed by a code, may be taken back for a week, and is erased then', async () => {
  const { app, clock } = school;
  const student = await aStudent(app);
  const { token, code, result } = await closed(student);
  const eraseAt = new Date(clock.now().getTime() + 7 * dayMs).toISOString();
  expect(result).toEqual({ outcome: 'closed', eraseAt });
  expect(await app.sessions.read(student.cookie)).toBeNull();
  expect(await closeAccount(app, student.actor, aMachine(), { token, code })).toEqual({ outcome: 'no-flow' });

  const signIn = async () => {
    await limitsElapse(app, 61);
    clock.forward(1000);
    const { token } = await requestCode(app, aMachine(), { email: student.email, locale: 'ru' });
    return verifyCode(app, aMachine(), token, await codeFor(app, student.email));
  };
  const door = await signIn();
  if (door.outcome !== 'closing') return expect.fail(door.outcome);
  expect(door.eraseAt).toBe(eraseAt);
  await eraseDue(app);
  expect(await keepAccount(app, aMachine(), { token: `${door.token.slice(0, -2)}xx` })).toEqual({ outcome: 'over' });
  expect(await keepAccount(app, aMachine(), { token: door.token })).toMatchObject({ outcome: 'signed-in', me: { id: student.actor.id } });
  expect(await keepAccount(app, aMachine(), { token: door.token })).toEqual({ outcome: 'over' });

  await closed(student);
  const again = await signIn();
  clock.forward(7 * dayMs);
  // The page stood open for a week.
  if (again.outcome === 'closing') expect(await keepAccount(app, aMachine(), { token: again.token })).toEqual({ outcome: 'over' });
  await eraseDue(app);
  expect(await app.db.person.count({ where: { id: student.actor.id } })).toBe(0);
  clock.forward(-7 * dayMs);
});

test('who was blocked by a moderator does not come back by asking to be erased, in whatever order it happens', async () => {
  const { app, clock } = school;
  const door = async (student: Student) => {
    await limitsElapse(app, 61);
    clock.forward(1000);
    const { token } = await requestCode(app, aMachine(), { email: student.email, locale: 'ru' });
    return verifyCode(app, aMachine(), token, await codeFor(app, student.email));
  };
  const block = ({ actor }: Student) => blockStudent(app, teacher.actor, { personId: actor.id, reason: 'грубость' });
  const [first, second] = [await aStudent(app), await aStudent(app)];
  await scheduleErasure(app, { kind: 'cli' }, second.actor.id);
  const before = await door(second);
  if (before.outcome !== 'closing') return expect.fail(before.outcome);
  await block(second);
  await block(second);
  expect(await keepAccount(app, aMachine(), { token: before.token })).toEqual({ outcome: 'over' });
  expect(await app.db.auditEntry.count({ where: { subject: second.actor.id, action: 'student.block' } })).toBe(1);
  await block(first);
  await scheduleErasure(app, { kind: 'cli' }, first.actor.id);
  for (const student of [first, second]) {
    expect(await door(student)).toEqual({ outcome: 'blocked' });
    expect(await app.db.person.findUniqueOrThrow({ where: { id: student.actor.id } })).toMatchObject({
      blockedAt: expect.any(Date),
      eraseAt: expect.any(Date),
    });
  }
});

test('a code for one thing is none for another, and wrong ones run out', async () => {
  const { app } = school;
  const student = await aStudent(app);
  await limitsElapse(app, 61);
  // The newest of several codes is told by its instant.
  school.clock.forward(1000);
  const { token } = await askToErase(app, student.actor, aMachine(), { locale: 'ru' });
  const code = await codeFor(app, student.email);
  expect(await verifyCode(app, aMachine(), token, code)).toEqual({ outcome: 'no-flow' });
  const wrong = code === '000000' ? '000001' : '000000';
  const tries = [];
  for (let left = 5; left > 0; left -= 1) tries.push((await closeAccount(app, student.actor, aMachine(), { token, code: wrong })).outcome);
  expect(tries).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'burnt']);
  expect(await closeAccount(app, student.actor, aMachine(), { token, code })).toEqual({ outcome: 'burnt' });
  // Another student's code is nobody's here.
  const other = await aStudent(app);
  await limitsElapse(app, 61);
  school.clock.forward(1000);
  const asked = await askToErase(app, other.actor, aMachine(), { locale: 'ru' });
  const theirs = { token: asked.token, code: await codeFor(app, other.email) };
  expect(await closeAccount(app, student.actor, aMachine(), theirs)).toEqual({ outcome: 'no-flow' });
  expect(await app.sessions.read(student.cookie)).not.toBeNull();
  await expect(askToErase(app, teacher.actor, aMachine(), { locale: 'ru' })).rejects.toMatchObject({ code: 'AUTH_FORBIDDEN' });
});

test('a new edition of the consent is asked for once, and written down with when and from where', async () => {
  const { app } = school;
  const student = await aStudent(app);
  expect(await findConsentDue(app, student.actor, 'ru')).toBeNull();
  await app.db.consent.updateMany({ where: { personId: student.actor.id }, data: { version: '2026-09-01' } });
  expect(await findConsentDue(app, student.actor, 'ru')).toMatchObject({ version: consentVersion, former: '2026-09-01' });
  expect(await findConsentDue(app, teacher.actor, 'ru')).toBeNull();
  await expect(agreeToConsent(app, student.actor, '10.0.0.1', { version: '2026-09-01' })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  await Promise.all([1, 2].map(() => agreeToConsent(app, student.actor, '10.0.0.1', { version: consentVersion })));
  expect(await findConsentDue(app, student.actor, 'ru')).toBeNull();
  const journal = await app.db.consent.findMany({ where: { personId: student.actor.id }, orderBy: { version: 'asc' } });
  expect(journal).toMatchObject([{ version: '2026-09-01' }, { version: consentVersion, ip: '10.0.0.1', agreedAt: school.clock.now() }]);
});

test('the privacy policy names the operator as typed, and says when it cannot', async () => {
  const { app } = school;
  expect(await getPrivacyPolicy(app, 'ru')).toMatchObject({ complete: false, html: expect.stringContaining('не указано') });
  const operator = { name: 'ИП <b>Ковалёва</b> [М](x)', inn: '123456789012', address: 'Пермь', contact: 'school@example.ru' };
  await setOperator(app, teacher.actor, operator);
  const { complete, html } = await getPrivacyPolicy(app, 'en');
  expect(complete).toBe(true);
  expect(html).toContain('Operator: ИП &#x3C;b>Ковалёва&#x3C;/b> [М](x)');
  expect(html).toContain('123456789012');
});
