import * as z from 'zod';
import { theoryOf } from '#client/lib/theory-store.ts';
import { holdStyles } from '#client/ui/set-prose.ts';
import type { TopicDto } from '#shared/courses.ts';

/** A topic as it is read without a network: neither tasks nor answers, neither videos nor files. */
const keptTopic = z.object({
  course: z.object({ slug: z.string(), title: z.string() }),
  slug: z.string(),
  title: z.string(),
  number: z.number(),
  theoryHtml: z.string(),
  /** When the server last said that this person may read it, in ms. */
  openAt: z.number(),
});
export type KeptTopic = z.infer<typeof keptTopic>;

/** Without a word of the server nothing is shown for longer: an access may have ended since. */
export const trustedMs = 14 * 24 * 3_600_000;
/** What was confirmed so lately is not written down once more. */
const freshMs = 3_600_000;
const mostTopics = 60;
const largestPicture = 4_000_000;

const addressOf = (course: string, topic: string) => `/offline/topics/${course}/${topic}`;

/** Keeps a topic that was just read, with its pictures. */
export async function keepTopic(personId: string, topic: TopicDto): Promise<void> {
  const cache = await caches.open(theoryOf(personId));
  const body = new DOMParser().parseFromString(holdStyles(topic.theoryHtml), 'text/html').body;
  const pictures = [...body.querySelectorAll('img')].map((img) => keepPicture(cache, img));
  await Promise.all(pictures);
  const kept: KeptTopic = {
    course: { slug: topic.course.slug, title: topic.course.title },
    slug: topic.slug,
    title: topic.title,
    number: topic.number,
    theoryHtml: body.innerHTML,
    openAt: Date.now(),
  };
  const before = await read(cache, addressOf(kept.course.slug, kept.slug));
  if (before && isFresh(before) && before.theoryHtml === kept.theoryHtml && before.title === kept.title) return;
  await cache.put(addressOf(kept.course.slug, kept.slug), Response.json(kept));
  const oldest = (await readAll(cache)).sort((a, b) => b.openAt - a.openAt).slice(mostTopics);
  await Promise.all(oldest.map((old) => drop(cache, old)));
}

/** The picture under an address without its signature, by which nobody but this browser's worker finds it. */
async function keepPicture(cache: Cache, img: HTMLImageElement): Promise<void> {
  const given = img.getAttribute('src') ?? '';
  if (!given.startsWith('/files/')) return;
  const smaller = /(\S+) 960w/.exec(img.getAttribute('srcset') ?? '')?.[1];
  const address = given.replace(/\?.*$/, '');
  for (const attribute of ['srcset', 'sizes']) img.removeAttribute(attribute);
  img.setAttribute('src', address);
  if (await cache.match(address)) return;
  try {
    const answer = await fetch(smaller ?? given);
    const size = Number(answer.headers.get('content-length') ?? 0);
    if (answer.ok && size <= largestPicture) await cache.put(address, answer);
  } catch {
    // Its place stays empty, with the words that stand for the picture.
  }
}

/** What can be read now, course by course. */
export async function listKept(): Promise<KeptTopic[]> {
  const found: KeptTopic[] = [];
  for (const name of await caches.keys()) {
    if (name.startsWith('theory-')) found.push(...(await readAll(await caches.open(name))));
  }
  return found
    .filter(isTrusted)
    .sort((a, b) => a.course.title.localeCompare(b.course.title) || a.course.slug.localeCompare(b.course.slug) || a.number - b.number);
}

export async function findKept(course: string, topic: string): Promise<KeptTopic | null> {
  const found = await read(caches, addressOf(course, topic));
  return found && isTrusted(found) ? found : null;
}

const isTrusted = ({ openAt }: KeptTopic) => Date.now() - openAt < trustedMs;
const isFresh = ({ openAt }: KeptTopic) => Date.now() - openAt < freshMs;

/** The server has said which topics of a course are open: those stay, and are good for as long again. */
export async function confirmKept(personId: string, course: string, open: ReadonlySet<string>): Promise<void> {
  const cache = await caches.open(theoryOf(personId));
  for (const topic of await readAll(cache)) {
    if (topic.course.slug !== course) continue;
    if (!open.has(topic.slug)) await drop(cache, topic);
    else if (!isFresh(topic)) await cache.put(addressOf(course, topic.slug), Response.json({ ...topic, openAt: Date.now() }));
  }
}

/** The server has refused one topic. */
export async function dropKept(personId: string, course: string, topic: string): Promise<void> {
  const cache = await caches.open(theoryOf(personId));
  const found = await read(cache, addressOf(course, topic));
  if (found) await drop(cache, found);
}

/** Courses of which something is kept. */
export async function keptCourses(personId: string): Promise<string[]> {
  return [...new Set((await readAll(await caches.open(theoryOf(personId)))).map(({ course }) => course.slug))];
}

async function readAll(cache: Cache): Promise<KeptTopic[]> {
  const topics: KeptTopic[] = [];
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url);
    if (!pathname.startsWith('/offline/topics/')) continue;
    const topic = await read(cache, pathname);
    if (topic) topics.push(topic);
    // Of another release, which wrote it down otherwise.
    else await cache.delete(request);
  }
  return topics;
}

async function read(where: Pick<Cache, 'match'>, address: string): Promise<KeptTopic | null> {
  const found = await where.match(address);
  return found ? (keptTopic.safeParse(await found.json()).data ?? null) : null;
}

async function drop(cache: Cache, topic: KeptTopic): Promise<void> {
  await cache.delete(addressOf(topic.course.slug, topic.slug));
  const others = (await readAll(cache)).map(({ theoryHtml }) => theoryHtml).join('');
  for (const [, address = ''] of topic.theoryHtml.matchAll(/<img[^>]* src="(\/files\/[^"]+)"/g)) {
    if (!others.includes(`"${address}"`)) await cache.delete(address.replaceAll('&amp;', '&'));
  }
}
