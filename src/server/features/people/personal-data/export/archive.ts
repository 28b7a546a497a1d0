import { Readable } from 'node:stream';
import { AppError } from '#shared/errors.ts';
import type { App } from '../../../../platform/app.ts';
import { dayIn } from '../../../../platform/clock.ts';
import { wallClockOf } from '../../../registry/rules.ts';
import { type PackedEntry, zipOf } from '../../../transfer/zip-writer.ts';
import { listOwnFiles, readSection } from './queries.ts';
import { placesOf, readme } from './rules.ts';
import { type Section, sections } from './sections.ts';
import { tableOf } from './workbook.ts';

/**
 * Everything about a person as one archive, packed while it is read: neither memory nor disk holds it.
 * @throws AppError STUDENTS_NOT_FOUND
 */
export async function personalArchive(app: App, personId: string): Promise<Readable> {
  const person = await app.db.person.findUnique({ where: { id: personId }, select: { timeZone: true } });
  if (!person) throw new AppError('STUDENTS_NOT_FOUND');
  const files = await listOwnFiles(app, personId);
  const places = placesOf(files);
  const entries: PackedEntry[] = [
    { path: 'ПРОЧТИТЕ.txt', content: Buffer.from(readme(dayIn(person.timeZone, app.clock.now()), files.length, sections)) },
    ...sections.map((section) => ({ path: `${section.file}.json`, content: () => Readable.from(jsonOf(app, section, personId)) })),
    { path: 'Данные.xlsx', content: () => tableOf(app, personId, wallClockOf(person.timeZone)) },
    ...files.map(({ key }, index) => ({ path: places[index] ?? key, content: () => Readable.from(bytesOf(app, key)) })),
  ];
  return zipOf(entries);
}

async function* jsonOf(app: App, section: Section, personId: string): AsyncGenerator<Buffer> {
  let first = true;
  for await (const rows of readSection(app, section, personId)) {
    const written = rows.map((row) => JSON.stringify(row)).join(',\n');
    yield Buffer.from(`${first ? '[\n' : ',\n'}${written}`);
    first = false;
  }
  yield Buffer.from(first ? '[]\n' : '\n]\n');
}

/** A file that is missing in the store is an empty one: the rest of the archive is worth more than none. */
async function* bytesOf(app: App, key: string): AsyncGenerator<Buffer> {
  if (await app.storage.find(key)) yield* app.storage.read(key);
  else app.log.warn({ key }, 'a file is missing in the store: it is empty in an archive of personal data');
}
