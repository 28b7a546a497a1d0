import { normalizeEmail } from '#shared/values.ts';

/** One student as somebody named them in a list: what they typed, and what it is by the rules of the database. */
export interface Named {
  typed: string;
  kind: 'id' | 'email' | 'phone';
  value: string;
  /** The row of a pasted table (columns are parted by tabs), which is one student in several words; null in any other text. */
  row: number | null;
}

const between = String.raw`[ \u00a0()\-‐‑–—.]{0,3}`;
const apart = String.raw`\s<>,;:"'()[\]|«»„“”`;
/**
 * An id, an address, or a phone with what people put between its digits; of one line, so that two in a column stay two. Each begins where a word does
 * and has an end, so that a megabyte of letters is gone through once.
 */
const pieces = new RegExp(
  [
    String.raw`(?<![\da-f-])([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})`,
    `(?<![^${apart}])([^@${apart}]{1,80}@[^@${apart}]{1,255})`,
    String.raw`(?<!\d)(\+?[78](?:${between}\d){10}(?!\d)|\+\d(?:${between}\d){7,14}(?!\d)|9(?:${between}\d){9}(?!\d))`,
  ].join('|'),
  'giu',
);

/** Finds students in a pasted text: addresses, phones and ids, in any order and with anything in between. Each once, in the order of the text. */
export function namedIn(text: string): Named[] {
  const found = new Map<string, Named>();
  for (const [at, line] of text.normalize('NFKC').split('\n').entries()) {
    const row = line.includes('\t') ? at : null;
    for (const [typed, id, email, phone] of line.matchAll(pieces)) {
      const named = id ? { kind: 'id' as const, value: id.toLowerCase() } : email ? address(email) : phone ? number(phone) : null;
      if (named && !found.has(`${named.kind} ${named.value}`))
        found.set(`${named.kind} ${named.value}`, { typed: typed.trim(), ...named, row });
    }
  }
  return [...found.values()];
}

/** What nobody was found by, as it was typed. A row of a table is one student: whoever is found by one of its columns is found. */
export function unknownOf(named: readonly Named[], known: ReadonlySet<string>): string[] {
  const done = new Set(named.flatMap(({ row, value }) => (row !== null && known.has(value) ? [row] : [])));
  return named.flatMap(({ typed, value, row }) => {
    if (known.has(value) || (row !== null && done.has(row))) return [];
    if (row !== null) done.add(row);
    return [typed];
  });
}

function address(email: string): { kind: 'email'; value: string } {
  return { kind: 'email', value: normalizeEmail(email).replace(/^[.\-*•]+|[.!?*]+$/g, '') };
}

/** As it is kept: E.164. At home people begin with 8, or leave the country out. */
function number(phone: string): { kind: 'phone'; value: string } {
  const digits = phone.replace(/\D/g, '');
  if (digits.length === 10 && !phone.startsWith('+')) return { kind: 'phone', value: `+7${digits}` };
  return { kind: 'phone', value: /^8\d{10}$/.test(digits) ? `+7${digits.slice(1)}` : `+${digits}` };
}
