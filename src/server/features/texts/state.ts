import type { TextInput, Theirs } from '#shared/texts.ts';
import { type Actor, actorName } from '../../platform/app.ts';
import type { Db, Tx } from '../../platform/db.ts';

export interface TextState {
  rev: number;
  draft: string | null;
  editedBy: string | null;
  editedAt: Date | null;
}

/** As it is for a text that nobody has written at yet, where there is no row. */
export async function findState(db: Db | Tx, { kind, subjectId }: TextInput): Promise<TextState> {
  const select = { rev: true, draft: true, editedBy: true, editedAt: true } as const;
  const state = await db.textState.findUnique({ where: { kind_subjectId: { kind, subjectId } }, select });
  return state ?? { rev: 0, draft: null, editedBy: null, editedAt: null };
}

export interface Published {
  /** Null: a task that was never published. */
  source: string | null;
  /** Since when students may see the thing. */
  at: Date | null;
}

/** What the table of the thing itself holds now: the truth that students see. */
export async function findPublished(db: Db | Tx, { kind, subjectId: id }: TextInput): Promise<Published> {
  switch (kind) {
    case 'task': {
      const row = await db.task.findUnique({ where: { id }, select: { source: true, publishedAt: true } });
      return { source: row?.source || null, at: row?.publishedAt ?? null };
    }
    case 'theory': {
      const row = await db.topic.findUnique({ where: { id }, select: { theory: true, publishedAt: true } });
      return { source: row?.theory ?? null, at: row?.publishedAt ?? null };
    }
    case 'course': {
      const row = await db.course.findUnique({ where: { id }, select: { description: true, publishedAt: true } });
      return { source: row?.description ?? null, at: row?.publishedAt ?? null };
    }
  }
}

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Names of those who stand in `actor` and `editedBy`; the command line and the system have none. */
export async function namesOf(db: Db | Tx, actors: (string | null)[]): Promise<(actor: string | null) => string | null> {
  const ids = [...new Set(actors.filter((actor): actor is string => actor !== null && uuid.test(actor)))];
  const people =
    ids.length === 0 ? [] : await db.person.findMany({ where: { id: { in: ids } }, select: { id: true, firstName: true, lastName: true } });
  const names = new Map(people.map(({ id, firstName, lastName }) => [id, `${firstName} ${lastName}`.trim()]));
  return (actor) => (actor === null ? null : (names.get(actor) ?? null));
}

/** The text as somebody else left it. */
export async function theirsOf(db: Db | Tx, actor: Actor, state: TextState, published: string | null): Promise<Theirs> {
  const name = await namesOf(db, [state.editedBy]);
  return {
    source: state.draft ?? published ?? '',
    by: name(state.editedBy),
    byMe: state.editedBy === actorName(actor),
    at: state.editedAt?.toISOString() ?? null,
    rev: state.rev,
    published: state.draft === null,
  };
}

/** The state's row, made where there is none, and held until the transaction ends: of two who write one text the second waits. */
export async function lockState(tx: Tx, { kind, subjectId }: TextInput): Promise<TextState> {
  const [state] = await tx.$queryRaw<TextState[]>`INSERT INTO text_state (kind, subject_id) VALUES (${kind}::text_kind, ${subjectId}::uuid)
    ON CONFLICT (kind, subject_id) DO UPDATE SET kind = EXCLUDED.kind
    RETURNING rev, draft, edited_by AS "editedBy", edited_at AS "editedAt"`;
  if (!state) throw new Error('the state of a text was not returned');
  return state;
}
