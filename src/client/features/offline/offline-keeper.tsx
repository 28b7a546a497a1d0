import { type Query, useQueryClient } from '@tanstack/react-query';
import { getQueryKey } from '@trpc/react-query';
import { useEffect } from 'react';
import * as z from 'zod';
import { appError } from '#client/lib/errors.ts';
import { useSite } from '#client/lib/me.ts';
import { forgetTheory } from '#client/lib/theory-store.ts';
import { trpc } from '#client/lib/trpc.ts';
import { type CourseDto, courseDto, topicDto, topicInput } from '#shared/courses.ts';
import { keepSite } from './keep-site.ts';
import { confirmKept, dropKept, keepTopic, keptCourses } from './kept-topics.ts';

/** Keeps what a person reads, so that it can be read without a network. Shows nothing. */
export function OfflineKeeper({ personId }: { personId: string }) {
  const site = useSite();
  if (!('serviceWorker' in navigator) || !('caches' in window) || import.meta.env.DEV || !site) return null;
  return <Keeper key={personId} personId={personId} allowed={site.offline} />;
}

function Keeper({ personId, allowed }: { personId: string; allowed: boolean }) {
  const queries = useQueryClient();
  const utils = trpc.useUtils();
  useEffect(() => {
    if (!allowed) {
      void switchOff();
      return;
    }
    const topics = JSON.stringify(getQueryKey(trpc.courses.topic)[0]);
    const courses = JSON.stringify(getQueryKey(trpc.courses.get)[0]);
    // One after the other: two at once would each write down what the other has just taken away.
    let busy: Promise<unknown> = Promise.resolve();
    // Without it nobody would hand out what is kept: then nothing is.
    const worker = navigator.serviceWorker.register('/sw.js');
    worker.catch(() => undefined);
    const then = (step: () => Promise<unknown>) => {
      busy = busy
        .then(() => worker)
        .then(step)
        .catch(() => undefined);
    };
    const stop = queries.getQueryCache().subscribe(({ type, query }) => {
      if (type !== 'updated' || query.state.fetchStatus !== 'idle') return;
      const name = JSON.stringify(query.queryKey[0]);
      if (name === topics) then(() => noteTopic(personId, query));
      if (name === courses && query.state.data) then(() => noteCourse(personId, courseDto.parse(query.state.data)));
    });
    then(async () => {
      const kept = await keptCourses(personId);
      // What has been closed since is not read again: each answer passes through `noteCourse`.
      for (const course of kept) await utils.courses.get.fetch({ course }).catch((error) => noteRefusal(personId, course, error));
      for (const query of queries.getQueryCache().findAll({ queryKey: getQueryKey(trpc.courses.topic) })) {
        await noteTopic(personId, query);
      }
      if (kept.length > 0) await keepSite();
    });
    return stop;
  }, [personId, allowed, queries, utils]);
  return null;
}

const topicQuery = z.tuple([z.unknown(), z.object({ input: topicInput })]);
const closed = ['TOPICS_NOT_OPEN', 'TOPICS_NOT_FOUND', 'COURSES_NO_ACCESS', 'COURSES_NOT_FOUND'];

async function noteTopic(personId: string, { queryKey, state }: Query): Promise<void> {
  const asked = topicQuery.safeParse(queryKey).data?.[1].input;
  if (!asked) return;
  if (closed.includes(appError(state.error)?.code ?? '')) return dropKept(personId, asked.course, asked.topic);
  if (state.status !== 'success') return;
  await keepTopic(personId, topicDto.parse(state.data));
  await keepSite();
}

async function noteCourse(personId: string, { slug, mine, topics }: CourseDto): Promise<void> {
  const open = mine?.allowed ? topics.filter((topic) => topic.open).map((topic) => topic.slug) : [];
  await confirmKept(personId, slug, new Set(open));
}

async function noteRefusal(personId: string, course: string, error: unknown): Promise<void> {
  if (appError(error)?.code === 'COURSES_NOT_FOUND') await confirmKept(personId, course, new Set());
}

/** The school no longer wants it: nothing stays behind, whatever worker the browser has. */
async function switchOff(): Promise<void> {
  await forgetTheory(null);
  for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
  for (const name of await caches.keys()) if (name.startsWith('site-')) await caches.delete(name);
}
