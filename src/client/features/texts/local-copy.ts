import { deviceMemory } from '#client/lib/memory.ts';
import type { TextDto, TextInput, Theirs } from '#shared/texts.ts';

export interface LocalCopy {
  source: string;
  baseRev: number;
}

/** What was typed and has not reached the server: outlives a killed tab and a dead battery. */
export function localCopyOf(personId: string, { kind, subjectId }: TextInput) {
  const key = `text.${personId}.${kind}.${subjectId}`;
  return {
    read: (): LocalCopy | null => parse(deviceMemory.read(key)),
    write: (copy: LocalCopy | null): void => deviceMemory.write(key, copy && JSON.stringify(copy)),
  };
}

function parse(stored: string | null): LocalCopy | null {
  try {
    const copy: unknown = JSON.parse(stored ?? 'null');
    if (typeof copy !== 'object' || copy === null || !('source' in copy) || !('baseRev' in copy)) return null;
    const { source, baseRev } = copy;
    return typeof source === 'string' && typeof baseRev === 'number' ? { source, baseRev } : null;
  } catch {
    return null;
  }
}

export interface Beginning {
  /** What stands in the editor. */
  text: string;
  /** What the server holds. */
  stored: string;
  restored: boolean;
  /** The server holds something else than the copy was begun from. */
  theirs: Theirs | null;
}

/** With what an editor begins: the server's text, or what was left on this device. */
export function beginningOf(dto: TextDto, copy: LocalCopy | null): Beginning {
  const stored = dto.draft ?? dto.published ?? '';
  if (!copy || copy.source === stored) return { text: stored, stored, restored: false, theirs: null };
  const { rev, editedBy: by, editedByMe: byMe, editedAt: at, draft } = dto;
  const theirs = copy.baseRev === rev ? null : { source: stored, by, byMe, at, rev, published: draft === null };
  return { text: copy.source, stored, restored: true, theirs };
}
