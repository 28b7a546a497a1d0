import type { App } from '../../../../platform/app.ts';
import { ownFiles, type Section } from './sections.ts';

/** Values by the names of the columns. Instants are dates, what is nested is as in JSON. */
export type SectionRow = Record<string, unknown>;

const pageSize = 1_000;

/** Rows of one kind, page by page: whoever has a hundred thousand answers costs no more memory than who has ten. */
export async function* readSection(app: App, section: Section, personId: string): AsyncGenerator<SectionRow[]> {
  const { key, columns, from } = section;
  const list = columns.map(({ name, sql }) => `${sql} AS "${name}"`).join(', ');
  let after: string | null = null;
  for (;;) {
    const { rows }: { rows: (SectionRow & { _key: string })[] } = await app.pool.query(
      `SELECT (${key.column})::text AS _key, ${list} FROM ${from} AND ($2::${key.type} IS NULL OR (${key.column}) > $2::${key.type}) ORDER BY ${key.column} LIMIT ${pageSize}`,
      [personId, after],
    );
    if (rows.length > 0) yield rows.map(({ _key, ...row }) => row);
    if (rows.length < pageSize) return;
    after = rows.at(-1)?._key ?? null;
  }
}

export interface OwnFile {
  folder: string;
  name: string;
  key: string;
}

/** Where the person's files lie: names and places only, a few hundred bytes each. */
export async function listOwnFiles(app: App, personId: string): Promise<OwnFile[]> {
  const files: OwnFile[] = [];
  let after = '';
  for (;;) {
    const { rows } = await app.pool.query<OwnFile & { place: string }>(ownFiles, [personId, after, pageSize]);
    files.push(...rows.map(({ folder, name, key }) => ({ folder, name, key })));
    if (rows.length < pageSize) return files;
    after = rows.at(-1)?.place ?? '';
  }
}
