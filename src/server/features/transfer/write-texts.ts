import { type Actor, type App, actorName } from '../../platform/app.ts';
import { recordAudit } from '../../platform/audit.ts';
import type { Tx } from '../../platform/db.ts';
import { normaliseSource } from './source-text.ts';

export interface TextWrite {
  kind: 'task' | 'theory' | 'course';
  subjectId: string;
  /** For the journal. */
  title: string;
  /** The published text as it was; null: the thing is new. */
  before: string | null;
  after: string;
  /** The text that somebody writes at, as the files have it; null: none. */
  draft: string | null;
}

export interface TextsWritten {
  /** Of these the unpublished text is another than before. */
  drafted: Set<string>;
  /** Of these an unpublished text is gone. */
  lost: Set<string>;
  /** Every text that was written over. */
  replaced: string[];
}

interface State {
  draft: string | null;
  editedBy: string | null;
  editedAt: Date | null;
}

/** Writes history and pending edits beside texts that an import has written. An edit that the files do not have goes into the history. */
export async function writeTexts(app: App, tx: Tx, actor: Actor, writes: TextWrite[]): Promise<TextsWritten> {
  const states = await statesOf(tx, writes);
  const published = writes.filter(({ before, after }) => (before === null ? after !== '' : before !== after));
  const drafted = writes.filter(({ subjectId, draft }) => isOtherDraft(states.get(subjectId)?.draft ?? null, draft));
  const lost = drafted.flatMap((write) => {
    const { draft = null, editedBy = null, editedAt = null } = states.get(write.subjectId) ?? {};
    return draft === null || draft === write.after ? [] : [{ ...write, draft, editedBy, editedAt }];
  });
  const changed = new Set([...published.filter(({ before }) => before !== null), ...drafted]);
  // Before the versions are counted: whoever publishes one of these texts at this moment holds its state.
  for (const write of changed) await writeState(app, tx, actor, write);
  await addVersions(app, tx, actor, published, lost);
  for (const { kind, subjectId, title } of lost) {
    await recordAudit(app, tx, actor, { action: `${kind}.discardDraft`, subject: subjectId, label: title });
  }
  return {
    drafted: new Set(drafted.map(({ subjectId }) => subjectId)),
    lost: new Set(lost.map(({ subjectId }) => subjectId)),
    replaced: [...published.map(({ before }) => before ?? ''), ...lost.map(({ draft }) => draft)],
  };
}

/** Files have the line ends of Unix: a draft that differs in nothing else is the same. */
function isOtherDraft(stored: string | null, wanted: string | null): boolean {
  return stored === null || wanted === null ? stored !== wanted : normaliseSource(stored) !== wanted;
}

async function statesOf(tx: Tx, writes: TextWrite[]): Promise<Map<string, State>> {
  const rows = await tx.textState.findMany({
    where: { subjectId: { in: writes.map(({ subjectId }) => subjectId) } },
    select: { subjectId: true, draft: true, editedBy: true, editedAt: true },
  });
  return new Map(rows.map(({ subjectId, ...state }) => [subjectId, state]));
}

async function writeState(app: App, tx: Tx, actor: Actor, { kind, subjectId, draft }: TextWrite): Promise<void> {
  const edited = { draft, editedBy: actorName(actor), editedAt: app.clock.now() };
  await tx.textState.upsert({
    where: { kind_subjectId: { kind, subjectId } },
    create: { kind, subjectId, rev: 1, ...edited },
    update: { ...edited, rev: { increment: 1 } },
    select: { rev: true },
  });
}

interface LostDraft {
  kind: TextWrite['kind'];
  subjectId: string;
  draft: string;
  editedBy: string | null;
  editedAt: Date | null;
}

/**
 * Adds to the histories of texts: first an edit that somebody left unpublished and that the files do not have, then what is published now. A text
 * without a history gets its former wording as the first version, so that it can be brought back.
 */
async function addVersions(app: App, tx: Tx, actor: Actor, writes: TextWrite[], lost: LostDraft[]): Promise<void> {
  const subjects = [...new Set([...writes, ...lost].map(({ subjectId }) => subjectId))];
  if (subjects.length === 0) return;
  const where = { subjectId: { in: subjects } };
  const numbers = await tx.textVersion.groupBy({ by: ['subjectId'], where, _max: { number: true } });
  const published = await tx.textVersion.groupBy({ by: ['subjectId'], where: { ...where, isDraft: false } });
  const last = new Map(numbers.map(({ subjectId, _max }) => [subjectId, _max.number ?? 0]));
  const isKept = new Set(published.map(({ subjectId }) => subjectId));
  const now = app.clock.now();
  const next = (subjectId: string) => {
    const number = (last.get(subjectId) ?? 0) + 1;
    last.set(subjectId, number);
    return { subjectId, number };
  };
  const drafts = lost.map(({ kind, subjectId, draft, editedBy, editedAt }) => {
    return { kind, ...next(subjectId), source: draft, actor: editedBy ?? 'system', at: editedAt ?? now, isDraft: true };
  });
  const versions = writes.flatMap(({ kind, subjectId, before, after }) => [
    ...(before && !isKept.has(subjectId) ? [{ kind, ...next(subjectId), source: before, actor: 'system', at: now }] : []),
    { kind, ...next(subjectId), source: after, actor: actorName(actor), at: now },
  ]);
  await tx.textVersion.createMany({ data: [...drafts, ...versions] });
}
