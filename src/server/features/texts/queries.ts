import type * as z from 'zod';
import { checkAnswer } from '#shared/answers/check.ts';
import type { AnswerValue } from '#shared/answers/shapes.ts';
import type { AnswerSpec } from '#shared/answers/spec.ts';
import { AppError } from '#shared/errors.ts';
import {
  type AnswerCheckDto,
  type checkAnswerInput,
  type LikelyAnswersDto,
  type likelyAnswersInput,
  type PreviewDto,
  type previewInput,
  type TextDto,
  type TextInput,
  type VersionsDto,
  type versionDto,
  type versionInput,
  type versionsInput,
  versionsPageSize,
} from '#shared/texts.ts';
import type { App, PersonActor } from '../../platform/app.ts';
import { fileUrlOf, type SignedFiles, signedFor, toFileDto } from '../courses/topic-files.ts';
import { toAnswerFormatDto } from '../tasks/format.ts';
import type { PartialTask } from '../transfer/task-source.ts';
import { accessText, hasFile, type OfficeText } from './access.ts';
import { inspectText } from './inspect.ts';
import { likelyAnswers, showAnswer } from './rules.ts';
import { findPublished, findState, namesOf } from './state.ts';

/** @throws AppError those of `accessText`, as do all of these */
export async function getText(app: App, actor: PersonActor, input: TextInput): Promise<TextDto> {
  const text = await accessText(app, input);
  const state = await findState(app.db, input);
  const name = await namesOf(app.db, [state.editedBy]);
  const places = await placesOf(app, text);
  return {
    kind: text.kind,
    subjectId: text.subjectId,
    title: text.title,
    course: text.course,
    topic: text.topic ? { ...text.topic, number: places.topic } : null,
    number: places.task,
    published: text.published,
    draft: state.draft,
    rev: state.rev,
    editedBy: name(state.editedBy),
    editedByMe: state.editedBy === actor.id,
    editedAt: state.editedAt?.toISOString() ?? null,
    publishedAt: text.publishedAt?.toISOString() ?? null,
    deleted: text.deleted,
    fileNames: text.files.map(({ name: fileName }) => fileName),
    studentUrl: text.shown ? studentUrlOf(text) : null,
  };
}

function studentUrlOf({ kind, course, topic, slug }: OfficeText): string {
  const url = topic ? `/courses/${course.slug}/${topic.slug}` : `/courses/${course.slug}`;
  return kind === 'task' ? `${url}#${slug}` : url;
}

/** Numbers as the office counts them: drafts have a place, what was put away has none. */
async function placesOf(app: App, { kind, subjectId, topic }: OfficeText): Promise<{ topic: number; task: number | null }> {
  if (!topic) return { topic: 0, task: null };
  const { rows } = await app.pool.query<{ topic: number; task: number | null }>({
    name: 'text-places',
    text: `SELECT (SELECT count(*)::int FROM topic n WHERE n.course_id = t.course_id AND n.deleted_at IS NULL AND n.id <> t.id
        AND (n.position, n.id) < (t.position, t.id)) + 1 AS topic,
      (SELECT (SELECT count(*)::int FROM task n WHERE n.topic_id = k.topic_id AND n.deleted_at IS NULL AND n.id <> k.id
        AND (n.position, n.id) < (k.position, k.id)) + 1 FROM task k WHERE k.id = $2) AS task
      FROM topic t WHERE t.id = $1`,
    values: [topic.id, kind === 'task' ? subjectId : null],
  });
  return rows[0] ?? { topic: 0, task: null };
}

/** What a student will get, by the code that makes their page, and what has to be mended before. */
export async function previewText(app: App, actor: PersonActor, input: z.output<typeof previewInput>): Promise<PreviewDto> {
  const text = await accessText(app, input);
  const { problems, partial, source, readable } = inspectText(input.kind, input.source, hasFile(text));
  const files = signedFor(app, actor, text.files.values());
  if (partial) return { problems, task: toTaskPreview(app, files, partial), html: null };
  return { problems, task: null, html: readable ? app.markdown.render(source, { fileUrl: fileUrlOf(files) }).html : '' };
}

function toTaskPreview(app: App, files: SignedFiles, task: PartialTask): NonNullable<PreviewDto['task']> {
  const fileUrl = fileUrlOf(files);
  const html = (source: string | null, part: string) =>
    source === null ? null : app.markdown.render(source, { fileUrl, idPrefix: `preview-${part}-` }).html;
  return {
    title: task.title,
    points: task.points,
    examNumber: task.examNumber,
    origin: task.origin,
    statementHtml: html(task.statement, 'statement') ?? '',
    hintHtml: html(task.hint, 'hint'),
    solutionHtml: html(task.solution, 'solution'),
    format: task.spec && toAnswerFormatDto(app, task.spec, fileUrl),
    files: task.fileNames.flatMap((name) => {
      const file = files.get(name);
      return file ? [toFileDto(file)] : [];
    }),
  };
}

/** «Проверить ответ»: the checker's word on an answer by the key that is being written. Nothing is kept. */
export async function checkByText(app: App, _actor: PersonActor, input: z.output<typeof checkAnswerInput>): Promise<AnswerCheckDto> {
  const task = await readTask(app, input);
  return task.spec ? toCheck(task.spec, task.points, input.value) : { outcome: 'no-key' };
}

async function readTask(app: App, { subjectId, source }: { subjectId: string; source: string }): Promise<PartialTask> {
  const text = await accessText(app, { kind: 'task', subjectId });
  const { partial } = inspectText('task', source, hasFile(text));
  if (!partial) throw new Error('the source of a task was read as something else');
  return partial;
}

function toCheck(spec: AnswerSpec, points: number, value: AnswerValue): AnswerCheckDto {
  const checked = checkAnswer(spec, points, value);
  if (!checked.graded) return { outcome: 'malformed', problem: checked.problem };
  return { outcome: 'graded', verdict: checked.verdict, points: checked.points, understood: checked.understood };
}

const wrongAnswersShown = 5;

/** «Как ответят ученики»: the key in their notations, slips that are near, and what was really answered most, all judged by the key being written. */
export async function listLikelyAnswers(
  app: App,
  _actor: PersonActor,
  input: z.output<typeof likelyAnswersInput>,
): Promise<LikelyAnswersDto> {
  const { spec, points } = await readTask(app, input);
  if (!spec) return { answers: [], students: 0 };
  const made = likelyAnswers(spec).map(({ value, origin }) => ({
    shown: showAnswer(spec, value),
    origin,
    count: null,
    check: toCheck(spec, points, value),
  }));
  const { rows: wrong } = await app.pool.query<{ given: AnswerValue; count: number }>({
    name: 'likely-wrong-answers',
    text: `SELECT (array_agg(given ORDER BY id))[1] AS given, count(*)::int AS count FROM submission
      WHERE task_id = $1 AND verdict <> 'right' GROUP BY canonical_hash ORDER BY count(*) DESC, min(id) LIMIT $2`,
    values: [input.subjectId, wrongAnswersShown],
  });
  const { rows: all } = await app.pool.query<{ students: number }>({
    name: 'likely-students',
    text: 'SELECT count(*)::int AS students FROM task_progress WHERE task_id = $1',
    values: [input.subjectId],
  });
  const given = wrong.map(({ given: value, count }) => ({
    shown: showAnswer(spec, value),
    origin: 'given' as const,
    count,
    check: toCheck(spec, points, value),
  }));
  // What was really answered says more than what we thought of.
  const known = new Set(given.map(({ shown }) => shown));
  return {
    answers: [...made.filter(({ shown, origin }) => origin !== 'slip' || !known.has(shown)), ...given],
    students: all[0]?.students ?? 0,
  };
}

/** Newest first. Before the first publication in the office the published text is the one version there is. */
export async function listVersions(app: App, _actor: PersonActor, input: z.output<typeof versionsInput>): Promise<VersionsDto> {
  await accessText(app, input);
  const { rows } = await app.pool.query<{ number: number; actor: string; at: Date; draft: boolean; change: number }>({
    name: 'text-versions',
    text: `SELECT v.number, v.actor, v.at, v.is_draft AS draft, length(v.source) - coalesce(length(b.source), 0) AS change FROM text_version v
        LEFT JOIN text_version b ON b.kind = v.kind AND b.subject_id = v.subject_id AND b.number = v.number - 1
      WHERE v.kind = $1::text_kind AND v.subject_id = $2 AND v.number < $3 ORDER BY v.number DESC LIMIT $4`,
    values: [input.kind, input.subjectId, input.cursor ?? 2 ** 31 - 1, versionsPageSize + 1],
  });
  if (rows.length === 0 && input.cursor === undefined) return { versions: await onlyVersion(app, input), next: null };
  const page = rows.slice(0, versionsPageSize);
  const name = await namesOf(
    app.db,
    page.map(({ actor }) => actor),
  );
  return {
    versions: page.map(({ number, actor, at, draft, change }) => ({ number, by: name(actor), at: at.toISOString(), draft, change })),
    next: rows.length > versionsPageSize ? (page.at(-1)?.number ?? null) : null,
  };
}

async function onlyVersion(app: App, input: TextInput): Promise<VersionsDto['versions']> {
  const { source, at } = await findPublished(app.db, input);
  return source ? [{ number: 1, by: null, at: (at ?? app.clock.now()).toISOString(), draft: false, change: source.length }] : [];
}

/** @throws AppError NOT_FOUND too */
export async function getVersion(
  app: App,
  _actor: PersonActor,
  input: z.output<typeof versionInput>,
): Promise<z.output<typeof versionDto>> {
  await accessText(app, input);
  const { kind, subjectId, number } = input;
  const select = { source: true, actor: true, at: true } as const;
  const row = await app.db.textVersion.findUnique({ where: { kind_subjectId_number: { kind, subjectId, number } }, select });
  if (row) return { number, source: row.source, by: (await namesOf(app.db, [row.actor]))(row.actor), at: row.at.toISOString() };
  const [only] = number === 1 ? await onlyVersion(app, input) : [];
  const { source } = await findPublished(app.db, input);
  if (!only || source === null) throw new AppError('NOT_FOUND');
  return { number, source, by: null, at: only.at };
}
