import { isDeepStrictEqual } from 'node:util';
import type * as z from 'zod';
import type { AnswerSpec } from '#shared/answers/spec.ts';
import { AppError } from '#shared/errors.ts';
import type {
  DiscardDraftResult,
  discardDraftInput,
  PublishResult,
  publishInput,
  SaveDraftResult,
  saveDraftInput,
  TextInput,
  TextKind,
} from '#shared/texts.ts';
import { type Actor, type App, actorName } from '../../platform/app.ts';
import { recordAudit } from '../../platform/audit.ts';
import type { Tx } from '../../platform/db.ts';
import { followPoints } from '../exams/regrade/actions.ts';
import { countExamAnswers } from '../exams/regrade/queries.ts';
import { applyKeyFix, keyFixPatience, previewKeyFix } from '../tasks/key-fix.ts';
import { rereadAnswers } from '../tasks/reread.ts';
import type { ParsedTask } from '../transfer/task-source.ts';
import { accessText, hasFile, type OfficeText } from './access.ts';
import { inspectText } from './inspect.ts';
import { findPublished, lockState, theirsOf } from './state.ts';
import { addVersion, keepDraft, writePublished } from './write-text.ts';

/**
 * Keeps what is being typed, also while it is broken. Who began from another revision than the newest writes over nothing: both texts are shown
 * to them.
 * @throws AppError TASKS_NOT_FOUND, TOPICS_NOT_FOUND, COURSES_NOT_FOUND
 */
export async function saveDraft(app: App, actor: Actor, input: z.output<typeof saveDraftInput>): Promise<SaveDraftResult> {
  await accessText(app, input);
  return app.db.$transaction(async (tx) => {
    const state = await lockState(tx, input);
    const published = (await findPublished(tx, input)).source;
    const stands = state.draft ?? published ?? '';
    const at = app.clock.now();
    // The same text twice, from a retry or from two tabs, is no change.
    if (stands === input.source) return { outcome: 'saved', rev: state.rev, at: (state.editedAt ?? at).toISOString() };
    if (state.rev !== input.baseRev) return { outcome: 'conflict', theirs: await theirsOf(tx, actor, state, published) };
    await keepDraft(app, tx, actor, input, state);
    const rev = await writeState(tx, actor, input, { rev: state.rev + 1, draft: input.source === published ? null : input.source, at });
    return { outcome: 'saved', rev, at: at.toISOString() };
  });
}

/**
 * Goes back to the published text. What was discarded is handed back, so that saving it again undoes this.
 * @throws AppError as `saveDraft`
 */
export async function discardDraft(app: App, actor: Actor, input: z.output<typeof discardDraftInput>): Promise<DiscardDraftResult> {
  const { title } = await accessText(app, input);
  return app.db.$transaction(async (tx) => {
    const state = await lockState(tx, input);
    const published = (await findPublished(tx, input)).source;
    if (state.rev !== input.baseRev) return { outcome: 'conflict', theirs: await theirsOf(tx, actor, state, published) };
    // Of a task that was never published the draft is all there is.
    if (state.draft === null || published === null) return { outcome: 'nothing' };
    await keepDraft(app, tx, actor, input, state);
    const rev = await writeState(tx, actor, input, { rev: state.rev + 1, draft: null, at: app.clock.now() });
    await recordAudit(app, tx, actor, {
      action: 'text.discard',
      subject: input.subjectId,
      label: title,
      before: { characters: state.draft.length },
    });
    return { outcome: 'discarded', discarded: state.draft, published, rev };
  });
}

type PublishInput = z.output<typeof publishInput>;

/**
 * Gives a text to the students, if the reader of course files finds nothing wrong with it. Another key of a task that students have answered is
 * first shown with all it would change, and then grades those answers anew in the same transaction.
 * @throws AppError as `saveDraft`, of a thing that was put away too; TASKS_KEY_FIX_STALE
 */
export async function publishText(app: App, actor: Actor, input: PublishInput): Promise<PublishResult> {
  const text = await accessText(app, input);
  if (text.deleted) throw new AppError(notFound[input.kind]);
  const { problems, task, source } = inspectText(input.kind, input.source, hasFile(text));
  if (problems.length > 0) return { outcome: 'problems', problems };
  for (;;) {
    const preview = task && !input.keyFix ? await previewChange(app, input.subjectId, task) : null;
    if (preview && preview.changed + preview.exams.changed > 0) return { outcome: 'key-changed', preview };
    const result = await publishOnce(app, actor, input, text, {
      source,
      task,
      answersSeen: preview ? preview.submissions + preview.exams.answers : 0,
    });
    if (result) return result;
    // Somebody answered between the look and the lock: look again.
  }
}

const notFound = { task: 'TASKS_NOT_FOUND', theory: 'TOPICS_NOT_FOUND', course: 'COURSES_NOT_FOUND' } as const;

interface Ready {
  source: string;
  task: ParsedTask | null;
  /** Answers that the preview of another key has looked at. */
  answersSeen: number;
}

function publishOnce(app: App, actor: Actor, input: PublishInput, text: OfficeText, ready: Ready): Promise<PublishResult | null> {
  return app.db.$transaction(async (tx): Promise<PublishResult | null> => {
    const state = await lockState(tx, input);
    const { source: before, at: shownSince } = await findPublished(tx, input);
    const { source, task } = ready;
    if (state.rev !== input.baseRev && (state.draft ?? before) !== input.source) {
      return { outcome: 'conflict', theirs: await theirsOf(tx, actor, state, before) };
    }
    const now = app.clock.now();
    const graded = task ? await gradeAnew(app, tx, actor, input, task, ready.answersSeen) : { gained: null };
    if (!graded) return null;
    if (state.draft !== input.source) await keepDraft(app, tx, actor, input, state);
    await writePublished(tx, input, source, task, shownSince ?? now);
    const replaced = before === null ? null : { source: before, at: shownSince ?? now };
    const version = before === source ? null : await addVersion(app, tx, actor, input, source, replaced);
    const rev = await writeState(tx, actor, input, { rev: state.rev + 1, draft: null, at: now });
    if (version !== null || (task && shownSince === null)) {
      const label = task?.title ?? text.title;
      const titles =
        task && task.title !== text.title
          ? { before: { title: text.title }, after: { title: task.title, version } }
          : { after: { version } };
      await recordAudit(app, tx, actor, { ...publication[input.kind], subject: input.subjectId, label, ...titles });
    }
    return { outcome: 'published', rev, at: now.toISOString(), source, version, gained: graded.gained };
  }, keyFixPatience);
}

const publication = {
  task: { action: 'task.publish' },
  theory: { action: 'theory.publish' },
  course: { action: 'description.publish' },
} as const satisfies Record<TextKind, { action: string }>;

interface Grading {
  spec: AnswerSpec;
  points: number;
}

function sameGrading(row: { spec: unknown; points: number } | null, { spec, points }: Grading): boolean {
  return !row?.spec || (row.points === points && isDeepStrictEqual(row.spec, spec));
}

/** What the new key would change; null where no answer was given or the answer is judged as before. */
async function previewChange(app: App, taskId: string, { spec, points }: ParsedTask) {
  const row = await app.db.task.findUnique({ where: { id: taskId }, select: { spec: true, points: true } });
  if (sameGrading(row, { spec, points })) return null;
  return previewKeyFix(app, taskId, { spec, points });
}

/** Null: an answer came in that the preview has not seen. */
async function gradeAnew(
  app: App,
  tx: Tx,
  actor: Actor,
  { subjectId, keyFix }: PublishInput,
  { spec, points }: ParsedTask,
  answersSeen: number,
): Promise<{ gained: number | null } | null> {
  // The lock that `submitAnswer` waits at: from here on nobody's answer is counted by the former key.
  const [row] = await tx.$queryRaw<{ spec: AnswerSpec | null; points: number }[]>`SELECT spec, points FROM task
    WHERE id = ${subjectId}::uuid FOR NO KEY UPDATE`;
  if (!row?.spec || sameGrading(row, { spec, points })) return { gained: null };
  const answers = (await tx.submission.count({ where: { taskId: subjectId } })) + (await countExamAnswers(tx, subjectId));
  if (!keyFix) {
    if (answers !== answersSeen) return null;
    await followPoints(tx, subjectId, points);
    // Nobody's points change, but what counts as the same answer may.
    await rereadAnswers(tx, subjectId, row.spec, spec);
    return { gained: null };
  }
  if (answers === 0) return { gained: null };
  const { gained } = await applyKeyFix(app, tx, actor, subjectId, { spec: row.spec, points: row.points }, { spec, points }, keyFix);
  return { gained };
}

async function writeState(tx: Tx, actor: Actor, text: TextInput, to: { rev: number; draft: string | null; at: Date }): Promise<number> {
  const { kind, subjectId } = text;
  const data = { rev: to.rev, draft: to.draft, editedBy: actorName(actor), editedAt: to.at };
  await tx.textState.update({ where: { kind_subjectId: { kind, subjectId } }, data, select: { rev: true } });
  return to.rev;
}
