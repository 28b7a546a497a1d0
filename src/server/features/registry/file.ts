import { createHash } from 'node:crypto';
import { Transform, type Writable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import type { App } from '../../platform/app.ts';
import type { Tx } from '../../platform/db.ts';
import { getRegistryState } from './queries.ts';
import type { RegistryRow } from './rules.ts';
import { writeWorkbook } from './workbook.ts';

export const registryKey = 'registry/registrations.xlsx';
/** Beside the table, in the form `sha256sum -c` reads: tells a damaged or edited file from the one that was written. */
export const registrySumKey = `${registryKey}.sha256`;

const pageSize = 1000;
const writeTimeoutMs = 60_000;

/**
 * Writes the table of all students into the store. Whoever committed before this call is in it. Readers see the old file or the new one;
 * when the process ends in the middle, the old one stays.
 */
export async function writeRegistry(app: App): Promise<{ rows: number; writtenAt: Date }> {
  // The transaction is nothing but the lock: of two processes that write at once, the one with the older rows must not come last. What is read
  // is read outside of a common snapshot; a row that is missed behind the cursor was committed later and has a job of its own.
  return app.db.$transaction(
    async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended('registry.write', 0))) AS locked`;
      const writtenAt = app.clock.now();
      const hash = createHash('sha256');
      const body = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          hash.update(chunk);
          done(null, chunk);
        },
      });
      // Both ends of the body report their failure by themselves; nobody listening would end the process.
      body.on('error', () => {});
      const [rows] = await Promise.all([filled(body, app, tx, writtenAt), app.storage.put(registryKey, body)]);
      await app.storage.put(registrySumKey, Buffer.from(`${hash.digest('hex')}  registrations.xlsx\n`));
      await tx.registryFile.upsert({ where: { id: 1 }, create: { rows, writtenAt }, update: { rows, writtenAt }, select: { id: true } });
      return { rows, writtenAt };
    },
    { maxWait: 10_000, timeout: writeTimeoutMs },
  );
}

/** The stored bytes, or null where there are none or not those that were written. */
export async function findIntactRegistry(app: App): Promise<Buffer | null> {
  const [table, sum] = await Promise.all([app.storage.find(registryKey), app.storage.find(registrySumKey)]);
  if (!table || !sum) return null;
  // Whole in memory (3 MB for 50,000 students): what was checked is what is sent, even when the file is replaced meanwhile.
  const [bytes, line] = await Promise.all([buffer(app.storage.read(registryKey)), text(app.storage.read(registrySumKey))]);
  return line.startsWith(createHash('sha256').update(bytes).digest('hex')) ? bytes : null;
}

/** The table as of now: the stored one, or, where it is missing, damaged or behind the data, a new one. */
export async function readRegistry(app: App): Promise<Buffer> {
  const stored = (await getRegistryState(app)).behind ? null : await findIntactRegistry(app);
  if (stored) return stored;
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    await writeRegistry(app);
    // Another process may be between its table and its sum.
    const written = await findIntactRegistry(app);
    if (written) return written;
  }
  throw new Error('the table of registrations cannot be read back from the store');
}

async function filled(body: Writable, app: App, tx: Tx, now: Date): Promise<number> {
  try {
    return await writeWorkbook(body, studentPages(tx), app.config.schoolTimeZone, now);
  } catch (error) {
    // Without it the store would wait for the rest of the file for ever.
    body.destroy(error instanceof Error ? error : new Error(String(error)));
    throw error;
  }
}

async function* studentPages(tx: Tx): AsyncGenerator<RegistryRow[]> {
  let after = { registeredAt: new Date(0), id: '00000000-0000-0000-0000-000000000000' };
  for (;;) {
    // SQL, because Prisma has neither a keyset over two columns nor the newest consent of each row without reading all of them.
    const page = await tx.$queryRaw<(RegistryRow & { id: string })[]>`
      SELECT p.id, p.registered_at AS "registeredAt", p.last_name AS "lastName", p.first_name AS "firstName", p.email, p.phone, p.source,
        (SELECT c.version FROM consent c WHERE c.person_id = p.id AND c.document = 'personal-data' ORDER BY c.agreed_at DESC, c.id DESC LIMIT 1)
          AS "consentVersion"
      FROM person p
      WHERE p.role = 'student' AND (p.registered_at, p.id) > (${after.registeredAt}::timestamptz, ${after.id}::uuid)
      ORDER BY p.registered_at, p.id
      LIMIT ${pageSize}`;
    if (page.length > 0) yield page;
    const last = page.at(-1);
    if (!last || page.length < pageSize) return;
    after = last;
  }
}
