import type { AuditChangeDto } from '#shared/audit.ts';

/** Longer than a line that is read at a glance. */
const lineLength = 160;
/** Nothing of the kind is written down; should it be one day, it is not shown. */
const secret = /password|hash|token|secret|code$/i;

type Scalar = AuditChangeDto['before'];

/** What a journal entry changed, field by field. Where both sides are known, only what differs. */
export function changesOf(before: unknown, after: unknown): AuditChangeDto[] {
  const [was, is] = [fieldsOf(before), fieldsOf(after)];
  // An action that changes some fields may write down all of them as they were: what it does not name afterwards stayed.
  const named = isRecord(after) ? new Set(Object.keys(after)) : null;
  const fields = [...new Set([...was.keys(), ...is.keys()])].filter((field) => named === null || named.has(field.split('.')[0] ?? ''));
  return fields
    .filter((field) => !secret.test(field))
    .map((field) => ({ field, before: was.get(field) ?? null, after: is.get(field) ?? null }))
    .filter(({ before: from, after: to }) => from !== to)
    .map(({ field, before: from, after: to }) =>
      isLong(from) || isLong(to) ? { field, before: null, after: null, long: true } : { field, before: from, after: to, long: false },
    );
}

function isLong(value: Scalar): boolean {
  return typeof value === 'string' && (value.length > lineLength || value.includes('\n'));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `{ spec: { key: '5' }, points: 1 }` → `spec.key`, `points`. */
function fieldsOf(value: unknown, path = ''): Map<string, Scalar> {
  if (!isRecord(value)) return new Map();
  return new Map(
    Object.entries(value).flatMap(([name, inner]): [string, Scalar][] => {
      const field = path + name;
      return isRecord(inner) ? [...fieldsOf(inner, `${field}.`)] : [[field, readable(inner)]];
    }),
  );
}

function readable(value: unknown): Scalar {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (!Array.isArray(value)) return JSON.stringify(value);
  if (value.every((item) => !Array.isArray(item) && !isRecord(item))) return value.join(', ');
  if (value.every(Array.isArray)) return value.map((row) => row.join(' · ')).join('; ');
  return value.map((item) => (isRecord(item) ? Object.values(item).join(' ') : String(item))).join('; ');
}
