import { randomBytes } from 'node:crypto';
import type { AnswerSpec } from '#shared/answers/spec.ts';
import type { App } from '../platform/app.ts';

/** What a test says of a task; the rest is filled in. */
export interface TaskPlan {
  spec: AnswerSpec;
  points?: number;
  statement?: string;
  hint?: string;
  hintAfter?: number;
  solution?: string;
  solutionRule?: 'always' | 'solved' | 'after';
  solutionAfter?: number;
  chatAfter?: number;
  fileNames?: string[];
  isPublic?: boolean;
  examNumber?: number;
  published?: boolean;
}

export interface TopicPlan {
  /** Hours from now by the school's clock; negative: open already. Default −1. */
  opensIn?: number;
  published?: boolean;
  theory?: string;
  tasks?: TaskPlan[];
  files?: { name: string; mime: string; body: string; listed?: boolean }[];
  videos?: string[];
}

export interface CoursePlan {
  priceMinor?: number;
  published?: boolean;
  chatAfter?: number;
  topics?: TopicPlan[];
  scale?: number[];
}

export interface MadeTopic {
  id: string;
  slug: string;
  opensAt: Date;
  /** Ids of tasks and files in the order of the plan. */
  tasks: string[];
  files: string[];
}

export interface MadeCourse {
  id: string;
  slug: string;
  topics: MadeTopic[];
  /** The topic at a place of the plan. */
  topic(index: number): MadeTopic;
  /** A task by its topic's place and its own. */
  task(topic: number, task: number): string;
}

export const aNumber = (key = '12,5'): TaskPlan => ({ spec: { kind: 'number', key } });

/** A course as the import would leave it, under a slug of its own. */
export async function aCourse(app: App, plan: CoursePlan = {}): Promise<MadeCourse> {
  const slug = `course-${randomBytes(6).toString('hex')}`;
  const now = app.clock.now();
  const { id } = await app.db.course.create({
    data: {
      slug,
      title: `Курс ${slug}`,
      target: 60,
      summary: 'Часть с кратким ответом',
      description: 'Описание',
      priceMinor: plan.priceMinor ?? 0,
      chatAfter: plan.chatAfter ?? 3,
      position: 1,
      publishedAt: plan.published === false ? null : now,
      subject: {
        create: {
          slug: `subject-${slug}`,
          title: 'Математика',
          about: '19 заданий',
          maxPrimary: 32,
          position: 1,
          scales: { create: { year: 2025, points: plan.scale ?? [] } },
        },
      },
    },
    select: { id: true },
  });
  const topics: MadeTopic[] = [];
  for (const [index, topic] of (plan.topics ?? [{}]).entries()) topics.push(await aTopic(app, id, index, topic));
  const made = {
    id,
    slug,
    topics,
    topic: (index: number) => present(topics[index]),
    task: (topic: number, task: number) => present(made.topic(topic).tasks[task]),
  };
  return made;
}

async function aTopic(app: App, courseId: string, index: number, plan: TopicPlan): Promise<MadeTopic> {
  const now = app.clock.now();
  const slug = `topic-${index + 1}`;
  const opensAt = new Date(now.getTime() + (plan.opensIn ?? -1) * 3_600_000);
  const { id } = await app.db.topic.create({
    data: {
      courseId,
      slug,
      title: `Тема ${index + 1}`,
      theory: plan.theory ?? '## Теория\n\nТекст',
      opensAt,
      position: index,
      publishedAt: plan.published === false ? null : now,
      videos: { create: (plan.videos ?? []).map((url, position) => ({ title: `Видео ${position + 1}`, url, position })) },
    },
    select: { id: true },
  });
  const tasks: string[] = [];
  for (const [position, task] of (plan.tasks ?? []).entries()) {
    const { spec, points = 1, statement = 'Условие', fileNames = [], published = true, ...terms } = task;
    const row = {
      topicId: id,
      slug: `task-${position + 1}`,
      position,
      source: '',
      title: `Задание ${position + 1}`,
      spec,
      points,
      statement,
      fileNames,
      publishedAt: published ? now : null,
      ...terms,
    };
    tasks.push((await app.db.task.create({ data: row, select: { id: true } })).id);
  }
  const files: string[] = [];
  for (const [place, { name, mime, body, listed }] of (plan.files ?? []).entries()) {
    const storageKey = `topics/${id}/${name}`;
    await app.storage.put(storageKey, Buffer.from(body));
    const data = { topicId: id, name, mime, size: Buffer.byteLength(body), storageKey, listedAt: listed ? place : null };
    files.push((await app.db.topicFile.create({ data, select: { id: true } })).id);
  }
  return { id, slug, opensAt, tasks, files };
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the plan of the course has no such place');
  return value;
}
