import { AppError } from '#shared/errors.ts';
import type { TextInput } from '#shared/texts.ts';
import type { App } from '../../platform/app.ts';
import type { TopicFileRow } from '../courses/topic-files.ts';

declare const proof: unique symbol;

/** A text that moderators may read and write, also where the thing itself was put away: nothing typed is lost. Only `accessText` makes one. */
export interface OfficeText extends TextInput {
  readonly [proof]: 'office text';
  title: string;
  course: { id: string; slug: string; title: string };
  topic: { id: string; slug: string; title: string } | null;
  /** Slug of a task. */
  slug: string;
  /** Null: never published. */
  published: string | null;
  publishedAt: Date | null;
  deleted: boolean;
  /** Students see the thing, once its topic is open. */
  shown: boolean;
  /** Of its topic. */
  files: TopicFileRow[];
}

const course = { select: { id: true, slug: true, title: true, publishedAt: true, deletedAt: true } } as const;
const files = { select: { id: true, name: true, title: true, listedAt: true, size: true, width: true, height: true } } as const;
const topic = { id: true, slug: true, title: true, publishedAt: true, deletedAt: true, course, files } as const;

/** Is there a file of that name in the text's topic? */
export function hasFile({ files: rows }: Pick<OfficeText, 'files'>): (name: string) => boolean {
  const names = new Set(rows.map(({ name }) => name));
  return (name) => names.has(name);
}

/** For moderators; the procedure has seen to that. @throws AppError TASKS_NOT_FOUND, TOPICS_NOT_FOUND, COURSES_NOT_FOUND */
export async function accessText(app: App, input: TextInput): Promise<OfficeText> {
  const text = await findText(app, input);
  return { kind: input.kind, subjectId: input.subjectId, ...text } as OfficeText;
}

type Found = Omit<OfficeText, keyof TextInput | typeof proof>;

async function findText(app: App, { kind, subjectId: id }: TextInput): Promise<Found> {
  switch (kind) {
    case 'task': {
      const select = { slug: true, title: true, source: true, publishedAt: true, deletedAt: true, topic: { select: topic } } as const;
      const row = await app.db.task.findUnique({ where: { id }, select });
      if (!row) throw new AppError('TASKS_NOT_FOUND');
      return {
        ...namesOf(row.topic),
        ...standing([row, row.topic, row.topic.course]),
        title: row.title,
        slug: row.slug,
        // A task that was never published has no source: its text is the draft alone.
        published: row.source === '' ? null : row.source,
        publishedAt: row.publishedAt,
      };
    }
    case 'theory': {
      const row = await app.db.topic.findUnique({ where: { id }, select: { ...topic, theory: true } });
      if (!row) throw new AppError('TOPICS_NOT_FOUND');
      const { title, slug, theory: published, publishedAt } = row;
      return { ...namesOf(row), ...standing([row, row.course]), title, slug, published, publishedAt };
    }
    case 'course': {
      const row = await app.db.course.findUnique({ where: { id }, select: { ...course.select, description: true } });
      if (!row) throw new AppError('COURSES_NOT_FOUND');
      const { slug, title, description: published, publishedAt } = row;
      return { ...standing([row]), course: { id, slug, title }, topic: null, files: [], title, slug, published, publishedAt };
    }
  }
}

interface TopicRow {
  id: string;
  slug: string;
  title: string;
  course: { id: string; slug: string; title: string };
  files: TopicFileRow[];
}

function namesOf({ id, slug, title, course: { id: courseId, slug: courseSlug, title: courseTitle }, files }: TopicRow) {
  return { topic: { id, slug, title }, course: { id: courseId, slug: courseSlug, title: courseTitle }, files };
}

function standing(chain: { publishedAt: Date | null; deletedAt: Date | null }[]) {
  const deleted = chain.some(({ deletedAt }) => deletedAt !== null);
  return { deleted, shown: !deleted && chain.every(({ publishedAt }) => publishedAt !== null) };
}
