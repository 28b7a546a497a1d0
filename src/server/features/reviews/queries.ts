import type { MyWorksDto, WorkDto, WorkFileDto } from '#shared/reviews.ts';
import { scoresSchema } from '#shared/reviews.ts';
import type { App, PersonActor } from '../../platform/app.ts';
import type { Db, Tx } from '../../platform/db.ts';
import { isDense } from '../../platform/markdown/dense.ts';
import { escapeHtml } from '../../platform/markdown/text.ts';
import { widthsBelow, workFileUrl } from '../files/urls.ts';
import { accessLongTask } from './access.ts';
import { inOrder, isHeld, mayHandIn, quoteOf } from './rules.ts';

const fileSelect = { id: true, name: true, mime: true, size: true, width: true, height: true } as const;
const commentSelect = { start: true, end: true, body: true } as const;

/** Everything that a work shows to its student. */
export const workSelect = {
  id: true,
  round: true,
  state: true,
  text: true,
  handedInAt: true,
  heldBy: true,
  heldUntil: true,
  decidedAt: true,
  points: true,
  scores: true,
  seenAt: true,
  remark: true,
  files: { select: fileSelect, orderBy: { position: 'asc' } },
  comments: { select: commentSelect },
  exam: { select: { attemptId: true } },
} as const;

export type WorkRow = Awaited<ReturnType<typeof findWorks>>[number];

/** Not written in an exam whose review is closed: until it opens, the page of the task knows nothing of it. */
export const workIsOpen = { OR: [{ exam: { is: null } }, { exam: { is: { attempt: { releasedAt: { not: null } } } } }] };

/** All works of a student at a task, the newest first; those of exams under review only for teachers. */
export function findWorks(db: Db | Tx, personId: string, taskId: string, which: 'all' | 'open') {
  return db.work.findMany({
    where: { personId, taskId, ...(which === 'open' ? workIsOpen : {}) },
    orderBy: { round: 'desc' },
    select: workSelect,
  });
}

/**
 * What a student has handed in at a task and what became of it.
 * @throws AppError those of `accessLongTask`
 */
export async function getMyWorks(app: App, actor: PersonActor, input: { taskId: string }): Promise<MyWorksDto> {
  await accessLongTask(app, actor, input.taskId);
  return readMyWorks(app, actor, input.taskId);
}

export async function readMyWorks(app: App, actor: PersonActor, taskId: string): Promise<MyWorksDto> {
  const [works, extra] = await Promise.all([
    findWorks(app.db, actor.id, taskId, 'open'),
    app.db.workExtra.findUnique({ where: { personId_taskId: { personId: actor.id, taskId } }, select: { count: true } }),
  ]);
  const last = works[0];
  return {
    works: works.map((work) => toWorkDto(app, actor, work)),
    mayHandIn:
      actor.role === 'student' &&
      mayHandIn(
        works.map(({ state }) => state),
        extra?.count ?? 0,
      ),
    startText: last?.state === 'returned' ? last.text : '',
  };
}

/** Leaves out what a teacher has not said yet: a waiting work shows neither the draft of its grading nor, when it is graded again, the former one. */
export function toWorkDto(app: App, actor: PersonActor, work: WorkRow): WorkDto {
  const decided = work.state !== 'waiting';
  const accepted = work.state === 'accepted';
  const comments = decided ? inOrder(work.comments) : [];
  const marks = comments.map(({ start, end }, index) => ({ number: index + 1, start, end }));
  const held = !decided && isHeld(work, app.clock.now());
  return {
    id: work.id,
    idPrefix: idPrefixOf(work.id),
    round: work.round,
    state: work.state,
    handedInAt: work.handedInAt.toISOString(),
    seen: !decided || work.seenAt !== null,
    held,
    mayWithdraw: !decided && !held && work.decidedAt === null && work.exam === null,
    textHtml: renderWork(app, work.text, marks, idPrefixOf(work.id)),
    files: work.files.map((file) => toWorkFileDto(app, actor, file)),
    decidedAt: decided ? (work.decidedAt?.toISOString() ?? null) : null,
    points: accepted ? work.points : null,
    scores: accepted ? scoresOf(work.scores) : null,
    remarkHtml: decided ? renderSaid(app, work.remark) : '',
    comments: comments.map((comment, index) => ({
      number: index + 1,
      quote: quoteOf(work.text, comment),
      html: renderSaid(app, comment.body),
    })),
  };
}

/** Several tasks with works may stand on one page. */
export const idPrefixOf = (workId: string) => `w${workId.slice(0, 8)}-`;

export function scoresOf(stored: unknown): Record<string, number> {
  return scoresSchema.safeParse(stored ?? {}).data ?? {};
}

/** A student's text with the numbers of remarks. Bounded, because it comes from anybody: what would take long is shown as it was typed. */
export function renderWork(app: App, text: string, marks: { number: number; start: number; end: number }[], idPrefix: string): string {
  return isDense(text) ? asTyped(text) : app.markdown.renderMarked(text, marks, idPrefix);
}

/** Words of a teacher. */
export function renderSaid(app: App, text: string): string {
  if (text.trim() === '') return '';
  return isDense(text) ? asTyped(text) : app.markdown.renderMarked(text, [], 'said-');
}

function asTyped(text: string): string {
  return `<pre class="md-as-typed"><span data-at="0" data-to="${text.length}">${escapeHtml(text)}</span></pre>`;
}

/** How a student's text will look to a teacher. */
export async function previewWork(app: App, actor: PersonActor, input: { text: string }): Promise<{ html: string }> {
  await app.limits.takeAnswer(actor.id);
  return { html: renderWork(app, input.text, [], 'preview-') };
}

interface FileRow {
  id: string;
  name: string;
  mime: string;
  size: number;
  width: number | null;
  height: number | null;
}

export function toWorkFileDto(app: App, actor: PersonActor, { id, name, mime, size, width, height }: FileRow): WorkFileDto {
  const widths = widthsBelow(width, name);
  const url = (narrow?: number) => workFileUrl(app, actor, { id, name }, narrow);
  return {
    id,
    name,
    url: url(),
    previewUrl: url(widths.at(0)),
    viewUrl: url(widths.find((one) => one === 1600)),
    mime,
    size,
    width,
    height,
  };
}
