import { deviceMemory } from '#client/lib/memory.ts';
import type { FaqOfficeArticleDto } from '#shared/support.ts';

/** What is typed of an article. */
export interface FaqFields {
  categoryId: string;
  title: string;
  body: string;
  keywords: string;
}

export interface FaqCopy {
  fields: FaqFields;
  /** Of the article it was begun from; null: a new one. */
  rev: number | null;
}

const names = ['categoryId', 'title', 'body', 'keywords'] as const;

export function sameFields(a: FaqFields, b: FaqFields): boolean {
  return names.every((name) => a[name] === b[name]);
}

export function fieldsOf({ categoryId, title, body, keywords }: FaqOfficeArticleDto): FaqFields {
  return { categoryId, title, body, keywords };
}

/** What was typed and is not saved: outlives a closed tab. `about`: the article's id, or of a new one what it is made of. */
export function faqCopyOf(personId: string, about: string) {
  const key = `faq.${personId}.${about}`;
  return {
    read: (): FaqCopy | null => parseCopy(deviceMemory.read(key)),
    write: (copy: FaqCopy | null): void => deviceMemory.write(key, copy && JSON.stringify(copy)),
  };
}

export function parseCopy(stored: string | null): FaqCopy | null {
  try {
    const copy: unknown = JSON.parse(stored ?? 'null');
    if (!isRecord(copy) || !isRecord(copy.fields)) return null;
    const { categoryId, title, body, keywords } = copy.fields;
    if (typeof categoryId !== 'string' || typeof title !== 'string' || typeof body !== 'string' || typeof keywords !== 'string')
      return null;
    return { fields: { categoryId, title, body, keywords }, rev: typeof copy.rev === 'number' ? copy.rev : null };
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

export interface Beginning {
  fields: FaqFields;
  /** The revision that the text was begun from. */
  rev: number | null;
  restored: boolean;
  /** Somebody has saved another text since. */
  conflict: boolean;
}

/** With what the form begins: what is stored, or what was left on this device. */
export function beginningOf(stored: FaqFields, rev: number | null, copy: FaqCopy | null): Beginning {
  if (!copy || sameFields(copy.fields, stored)) return { fields: stored, rev, restored: false, conflict: false };
  return { fields: copy.fields, rev: copy.rev ?? rev, restored: true, conflict: copy.rev !== null && copy.rev !== rev };
}
