import { createHash } from 'node:crypto';
import type { ImportQuestionsInput, InspectQuestionsInput, QuestionsImported, QuestionsInspection } from '#shared/transfer.ts';
import { type App, actorName, type PersonActor } from '../../../platform/app.ts';
import { recordAudit } from '../../../platform/audit.ts';
import type { Tx } from '../../../platform/db.ts';
import { lockTopic } from '../../courses/office/access.ts';
import { slugOf } from '../../courses/office/rules.ts';
import { taskColumns } from '../../texts/write-text.ts';
import { isReady, type PreparedQuestion, prepareQuestions, toInspection } from './prepare.ts';
import { addPictures, storePictures } from './write-pictures.ts';

/** What tasks an uploaded file would become, row by row, with everything that is wrong. Nothing of it stays. */
export async function inspectQuestions(app: App, actor: PersonActor, input: InspectQuestionsInput): Promise<QuestionsInspection> {
  const prepared = await prepareQuestions(app, actor, input);
  return prepared.ok ? toInspection(prepared) : { outcome: 'refused', refusal: prepared.refusal };
}

/**
 * Adds the tasks of an uploaded file to the end of a topic, as drafts or published. The same file comes into the same topic once, however often
 * somebody presses.
 */
export async function importQuestions(app: App, actor: PersonActor, input: ImportQuestionsInput): Promise<QuestionsImported> {
  const prepared = await prepareQuestions(app, actor, input);
  if (!prepared.ok) return { outcome: 'refused', refusal: prepared.refusal };
  if (!isReady(prepared)) return toInspection(prepared);
  const { format, good, all } = prepared;
  const { topicId, publish } = input;
  const leftOut = all.length - good.length;
  const pictures = await storePictures(app, good);
  return app.db.$transaction(
    async (tx): Promise<QuestionsImported> => {
      const topic = await lockTopic(tx, actor, topicId);
      const ids = good.map(({ place }) => idOf(input, place));
      if ((await tx.task.count({ where: { id: { in: ids } } })) > 0) return { outcome: 'imported', created: 0, leftOut, again: true };
      await addPictures(app, tx, topicId, pictures);
      await addTasks(app, tx, actor, input, good);
      const after = { format, created: good.length, leftOut, published: publish };
      await recordAudit(app, tx, actor, { action: 'topic.import-tasks', subject: topicId, label: topic.title, after });
      return { outcome: 'imported', created: good.length, leftOut, again: false };
    },
    { maxWait: 30_000, timeout: 120_000 },
  );
}

/** The id of a task is that of its place in the file: a second attempt finds the first. */
function idOf({ uploadId, topicId }: InspectQuestionsInput, place: number): string {
  const hex = createHash('sha256').update(`${uploadId} ${topicId} ${place}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Rows a statement: PostgreSQL takes 65,535 values at once. */
const rowsAtOnce = 500;

async function addTasks(app: App, tx: Tx, actor: PersonActor, input: ImportQuestionsInput, questions: PreparedQuestion[]): Promise<void> {
  const { topicId, publish } = input;
  const present = await tx.task.findMany({ where: { topicId }, select: { slug: true, position: true } });
  const first = Math.max(-1, ...present.map(({ position }) => position)) + 1;
  const free = slugsBeside(present.map(({ slug }) => slug));
  const now = app.clock.now();
  const by = actorName(actor);
  for (let from = 0; from < questions.length; from += rowsAtOnce) {
    const some = questions.slice(from, from + rowsAtOnce).map((question, at) => ({
      ...question,
      id: idOf(input, question.place),
      position: first + from + at,
      slug: free(question.task.title),
    }));
    await tx.task.createMany({
      data: some.map(({ id, slug, position, source, task }) => {
        const row = { id, topicId, slug, position, updatedAt: now };
        return publish
          ? { ...row, ...taskColumns(source, task), publishedAt: now }
          : { ...row, title: task.title, source: '', statement: '', points: task.points };
      }),
    });
    const texts = some.map(({ id, source }) => ({ kind: 'task' as const, subjectId: id, source }));
    if (publish) await tx.textVersion.createMany({ data: texts.map((text) => ({ ...text, number: 1, actor: by, at: now })) });
    else {
      const data = texts.map(({ source, ...text }) => ({ ...text, rev: 1, draft: source, editedBy: by, editedAt: now }));
      await tx.textState.createMany({ data });
    }
  }
}

/** Names for addresses that no task of the topic has: the same title again gets a number. */
function slugsBeside(taken: string[]): (title: string) => string {
  const used = new Set(taken);
  const numbers = new Map<string, number>();
  return (title) => {
    const slug = slugOf(title, 'task');
    let number = numbers.get(slug) ?? 1;
    let name = slug;
    while (used.has(name)) {
      number += 1;
      name = `${slug}-${number}`;
    }
    numbers.set(slug, number);
    used.add(name);
    return name;
  };
}
