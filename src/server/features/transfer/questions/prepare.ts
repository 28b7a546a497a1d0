import { buffer } from 'node:stream/consumers';
import { AppError } from '#shared/errors.ts';
import {
  type InspectQuestionsInput,
  type QuestionDto,
  type QuestionFormat,
  type QuestionsInspection,
  type QuestionsRefusal,
  questionLimits,
} from '#shared/transfer.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import type { ParsedTask } from '../task-source.ts';
import { accessImport } from '../uploads/access.ts';
import type { ReadQuestion } from './question.ts';
import { readQuestionsApart } from './read-apart.ts';
import { formatOf } from './read-questions.ts';

/** A question whose text is a task, and what the task says. */
export interface PreparedQuestion extends ReadQuestion {
  source: string;
  task: ParsedTask;
}

export interface PreparedQuestions {
  ok: true;
  format: QuestionFormat;
  all: ReadQuestion[];
  good: PreparedQuestion[];
}

/** Reads an uploaded file for a topic: every question of it, and those that can become tasks there. */
export async function prepareQuestions(
  app: App,
  actor: PersonActor,
  { uploadId, topicId }: InspectQuestionsInput,
): Promise<PreparedQuestions | { ok: false; refusal: QuestionsRefusal }> {
  await app.limits.take('transfer.person', actor.id);
  const upload = await accessImport(app, actor, uploadId);
  const files = await filesOf(app, topicId);
  const format = formatOf(upload.name);
  if (!format) return { ok: false, refusal: { code: 'questions-format' } };
  const limit = questionLimits[format];
  if (upload.size > limit) return { ok: false, refusal: { code: 'questions-large', limit } };
  const read = await readQuestionsApart(format, await buffer(upload.open()));
  if (!read.ok) return read;
  const judged = read.questions.map((question) => withFiles(question, files));
  return {
    ok: true,
    format,
    all: judged.map(({ question }) => question),
    good: judged.flatMap(({ question, task }) =>
      task && question.source !== null ? [{ ...question, source: question.source, task }] : [],
    ),
  };
}

async function filesOf(app: App, topicId: string): Promise<Set<string>> {
  const topic = await app.db.topic.findFirst({
    where: { id: topicId, deletedAt: null, course: { deletedAt: null } },
    select: { files: { select: { name: true } } },
  });
  if (!topic) throw new AppError('TOPICS_NOT_FOUND');
  return new Set(topic.files.map(({ name }) => name));
}

/** A task may show only what its topic has, or what comes along. */
function withFiles(question: ReadQuestion, topicFiles: Set<string>): { question: ReadQuestion; task: ParsedTask | null } {
  const { parsed } = question;
  if (!parsed) return { question, task: null };
  const own = new Set(question.files.map(({ name }) => name));
  const missing = parsed.files.filter(({ name }) => !topicFiles.has(name) && !own.has(name));
  if (missing.length === 0) return { question, task: parsed.task };
  const problems = missing.map((file) => ({ column: 'statement' as const, problem: { code: 'file-missing' as const, ...file } }));
  return { question: { ...question, problems }, task: null };
}

/** A table waits until every row is right: its author mends it and sends it again. Files of other systems nobody mends by hand. */
export function isReady({ format, all, good }: PreparedQuestions): boolean {
  return good.length > 0 && (format !== 'xlsx' || good.length === all.length);
}

export function toInspection(prepared: PreparedQuestions): QuestionsInspection {
  const kinds = new Map(prepared.good.map(({ place, task }) => [place, task.spec.kind]));
  const questions = prepared.all.map(
    ({ place, title, problems, notes }): QuestionDto => ({ place, title, kind: kinds.get(place) ?? null, problems, notes }),
  );
  return { outcome: 'read', format: prepared.format, questions, ready: isReady(prepared), good: prepared.good.length };
}
