/** The steps of erasing, each in portions or one statement. Every one may be done again: a process that was killed is followed by another. */
import type { App } from '../../../../platform/app.ts';
import { unlessBackup } from '../../../../platform/backup/locks.ts';
import { limitRules } from '../../../../platform/limits.ts';
import { forgetLettersTo } from '../../../../platform/mail/folder.ts';
import { sha256 } from '../../../../platform/secrets.ts';
import { uploadRecords } from '../../../files/uploads/queries.ts';
import { findProvider } from '../../../payments/provider.ts';
import { nobody } from '../rules.ts';
import { portions } from './rules.ts';

export interface Erased {
  id: string;
  email: string;
  phone: string | null;
  firstName: string;
  lastName: string;
  telegramId: string | null;
}

/** Rows and files that went, by table. */
export type Counts = Record<string, number>;

const atOnce = 2_000;
const filesAtOnce = 200;
const uuidPattern = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

/** Has the acquirers forget the saved cards. @throws ProviderError: it is tried again */
export async function forgetCards(app: App, { id }: Erased): Promise<void> {
  if (!app.payments) return;
  const methods = await app.db.paymentMethod.findMany({ where: { personId: id }, select: { id: true, provider: true, providerRef: true } });
  for (const method of methods) {
    await findProvider(app, method.provider)?.forgetMethod({ customerId: id, providerRef: method.providerRef });
    await app.db.paymentMethod.deleteMany({ where: { id: method.id } });
  }
}

/** Ids of whatever is the person's own and is named elsewhere without a foreign key: in notices and in the journal. */
async function ownIds(app: App, { id }: Erased): Promise<string[]> {
  const { rows } = await app.pool.query<{ id: string }>(
    `SELECT $1::text AS id UNION SELECT id::text FROM chat_thread WHERE student_id = $1::uuid UNION SELECT id::text FROM work WHERE person_id = $1::uuid
      UNION SELECT id::text FROM exam_attempt WHERE person_id = $1::uuid UNION SELECT id::text FROM payment_order WHERE person_id = $1::uuid
      UNION SELECT id::text FROM subscription WHERE person_id = $1::uuid
      UNION SELECT a.id::text FROM payment_attempt a JOIN payment_order o ON o.id = a.order_id WHERE o.person_id = $1::uuid
      UNION SELECT r.id::text FROM payment_refund r JOIN payment_attempt a ON a.id = r.attempt_id JOIN payment_order o ON o.id = a.order_id WHERE o.person_id = $1::uuid
      UNION SELECT i.id::text FROM payment_issue i JOIN payment_attempt a ON a.id = i.attempt_id JOIN payment_order o ON o.id = a.order_id WHERE o.person_id = $1::uuid`,
    [id],
  );
  return rows.map((row) => row.id);
}

/**
 * What others were told about the person, and what the journal says of them: entries stay, with the deed and the day, without names and values. Before
 * the rows go, for it is they that say what is theirs.
 */
export async function unname(app: App, person: Erased): Promise<Counts> {
  const own = await ownIds(app, person);
  const notices = await app.pool.query(
    `DELETE FROM notice WHERE id IN (SELECT n.id FROM notice n CROSS JOIN LATERAL regexp_matches(n.about || ' ' || n.data::text, $2, 'g') AS found
      WHERE n.kind NOT IN ('news', 'topic', 'alert') AND found[1] = ANY($1))`,
    [own, `(${uuidPattern})`],
  );
  const name = `${person.lastName} ${person.firstName}`;
  const entries = await app.pool.query(
    // By the exam and the name: such an entry is about the exam, and says the student in words.
    `UPDATE audit_entry e SET label = '', before = NULL, after = NULL, actor = CASE WHEN actor = $2 THEN $7 ELSE actor END,
      subject = CASE WHEN subject IN ($2, $3) THEN $7 ELSE subject END
      WHERE actor = $2 OR subject = $3 OR subject = ANY($1)
        OR (action IN ('exam.extra', 'exam.finish') AND $5 IN (before->>'student', after->>'student')
          AND subject IN (SELECT exam_id::text FROM exam_attempt WHERE person_id = $2::uuid UNION SELECT exam_id::text FROM exam_extra WHERE person_id = $2::uuid))
        OR strpos(concat(label, before::text, after::text), $2) > 0 OR strpos(lower(concat(label, before::text, after::text)), $3) > 0
        OR ($4 <> '' AND strpos(concat(label, before::text, after::text), $4) > 0)
        OR (action LIKE '%.export' AND (strpos(after::text, $5) > 0 OR strpos(after::text, $6) > 0))`,
    [own, person.id, person.email, person.phone ?? '', name, `${person.firstName} ${person.lastName}`, nobody],
  );
  return { notice: notices.rowCount ?? 0, audit_entry: entries.rowCount ?? 0 };
}

/** Orders keep their money, their dates and the provider's numbers; nothing in them says whose they were. */
export async function unnamePayments(app: App, { id }: Erased): Promise<Counts> {
  const own = 'a.order_id IN (SELECT id FROM payment_order WHERE person_id = $1)';
  await app.pool.query(
    `UPDATE payment_event v SET body = '', ip = '' FROM payment_attempt a WHERE v.attempt_id = a.id AND ${own} AND v.processed_at IS NOT NULL`,
    [id],
  );
  await app.pool.query(
    `UPDATE payment_refund r SET reason = '', error = NULL FROM payment_attempt a WHERE r.attempt_id = a.id AND ${own}`,
    [id],
  );
  await app.pool.query(
    `UPDATE payment_issue i SET note = NULL, data = i.data || '{"detail": null}' FROM payment_attempt a WHERE i.attempt_id = a.id AND ${own}`,
    [id],
  );
  await app.pool.query(`UPDATE payment_attempt a SET pay_url = NULL, receipt_url = NULL, paid_with = NULL WHERE ${own}`, [id]);
  const orders = await app.pool.query(`UPDATE payment_order SET email = '' WHERE person_id = $1`, [id]);
  return { payment_order: orders.rowCount ?? 0 };
}

/** What providers told of such orders later is emptied as soon as it has been worked off. */
export async function unnameLatePayments(app: App): Promise<void> {
  await app.pool.query(
    `UPDATE payment_event v SET body = '', ip = '' FROM payment_attempt a JOIN payment_order o ON o.id = a.order_id
      WHERE v.attempt_id = a.id AND o.person_id IS NULL AND o.email = '' AND v.processed_at IS NOT NULL AND v.ip <> ''`,
  );
  await app.pool.query(
    `UPDATE payment_attempt a SET receipt_url = NULL, paid_with = NULL, pay_url = NULL FROM payment_order o
      WHERE o.id = a.order_id AND o.person_id IS NULL AND o.email = '' AND coalesce(a.receipt_url, a.paid_with, a.pay_url) IS NOT NULL`,
  );
}

const fileTables: readonly { table: string; of: string }[] = [
  { table: 'work_file', of: 'work_id IN (SELECT id FROM work WHERE person_id = $1)' },
  { table: 'exam_answer_file', of: 'attempt_id IN (SELECT id FROM exam_attempt WHERE person_id = $1)' },
  { table: 'chat_file', of: 'thread_id IN (SELECT id FROM chat_thread WHERE student_id = $1)' },
];

/**
 * Files and their smaller copies: first the bytes, then the row that names them, so that nothing is left unnamed by a crash.
 * @throws Error while a backup is being made, which copies the files that its rows name: it is tried again
 */
export async function removeFiles(app: App, person: Erased): Promise<Counts> {
  const counts: Counts = {};
  for (const table of fileTables) {
    for (;;) {
      const gone = await notInBackup(app, () => removeSome(app, person, table));
      if (gone === 0) break;
      counts[table.table] = (counts[table.table] ?? 0) + gone;
    }
  }
  const uploads = await notInBackup(app, () => removeUploads(app, person));
  return { ...counts, upload: uploads };
}

async function notInBackup<T>(app: App, work: () => Promise<T>): Promise<T> {
  const done = await unlessBackup(app.pool, async () => ({ result: await work() }));
  if (!done) throw new Error('a backup is being made: files are removed after it');
  return done.result;
}

async function removeSome(app: App, { id }: Erased, { table, of }: (typeof fileTables)[number]): Promise<number> {
  const { rows } = await app.pool.query<{ key: string }>(
    `SELECT DISTINCT storage_key AS key FROM ${table} WHERE ${of} LIMIT ${filesAtOnce}`,
    [id],
  );
  for (const { key } of rows) {
    await removeFile(app, key);
    await app.pool.query(`DELETE FROM ${table} WHERE storage_key = $2 AND ${of}`, [id, key]);
  }
  return rows.length;
}

async function removeUploads(app: App, { id }: Erased): Promise<number> {
  const { store, idOf } = await app.storage.receiver(uploadRecords(app));
  const uploads = await app.db.upload.findMany({ where: { personId: id }, select: { id: true, storageKey: true } });
  for (const upload of uploads) {
    await store.remove(idOf(upload.storageKey)).catch(() => app.storage.remove(upload.storageKey));
    await app.db.upload.deleteMany({ where: { id: upload.id } });
  }
  return uploads.length;
}

async function removeFile(app: App, key: string): Promise<void> {
  const copies = await app.db.fileVariant.findMany({ where: { sourceKey: key }, select: { storageKey: true } });
  for (const { storageKey } of copies) if (storageKey !== '') await app.storage.remove(storageKey);
  await app.db.fileVariant.deleteMany({ where: { sourceKey: key } });
  await app.storage.remove(key);
}

export async function removeRows(app: App, { id }: Erased): Promise<Counts> {
  const counts: Counts = {};
  for (const { table, of } of portions) {
    for (;;) {
      const { rowCount } = await app.pool.query(
        `DELETE FROM ${table} WHERE ctid = ANY(ARRAY(SELECT ctid FROM ${table} WHERE ${of} LIMIT ${atOnce}))`,
        [id],
      );
      counts[table] = (counts[table] ?? 0) + (rowCount ?? 0);
      if ((rowCount ?? 0) < atOnce) break;
    }
  }
  return counts;
}

/** What is found by the address, the Telegram or the id, and by no foreign key. */
export async function removeTraces(app: App, { id, email, telegramId }: Erased): Promise<void> {
  await app.pool.query('DELETE FROM login_code WHERE email = $1', [email]);
  await app.pool.query('DELETE FROM mail_block WHERE email = $1', [email]);
  await app.pool.query('DELETE FROM faq_vote WHERE voter = $1', [id]);
  if (telegramId) await app.pool.query('DELETE FROM telegram_message WHERE telegram_id = $1', [telegramId]);
  const keys = [id, email, `own:${id}`, ...(telegramId ? [telegramId] : [])].map(sha256);
  const counted = Object.keys(limitRules).flatMap((rule) => keys.map((key) => `${rule}:${key}`));
  await app.pool.query('DELETE FROM rate_limit WHERE key = ANY($1)', [counted]);
  await forgetLettersTo(app.config.dataDir, email);
  // Done jobs are kept for some days, with what a mail server said of an address.
  await app.pool.query(
    `DELETE FROM pgboss.job WHERE state IN ('completed', 'failed', 'cancelled')
      AND (strpos(concat(data::text, output::text), $1) > 0 OR strpos(lower(concat(data::text, output::text)), $2) > 0)`,
    [id, email],
  );
}
