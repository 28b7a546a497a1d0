import { inspectMarkdown } from '../../platform/markdown/inspect.ts';
import type { ExportState } from './export-state.ts';
import { parseTaskSource } from './task-source.ts';

/** The files that a topic.md has to name: those listed under the theory, and those that nothing else of the topic mentions. */
export function filesOfTopic(topic: ExportState['topics'][number]) {
  const isMentioned = mentionedIn(topic);
  const listed = topic.files
    .filter(({ listedAt }) => listedAt !== null)
    .sort((a, b) => (a.listedAt ?? 0) - (b.listedAt ?? 0) || byName(a, b));
  const kept = topic.files.filter(({ listedAt, name, title }) => listedAt === null && (title !== null || !isMentioned(name))).sort(byName);
  return [
    ...listed.map(({ name, title }) => ({ name, title, listed: null })),
    ...kept.map(({ name, title }) => ({ name, title, listed: 'no' })),
  ];
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : 1;
}

function mentionedIn({ theory, theoryDraft, videos, tasks }: ExportState['topics'][number]): (name: string) => boolean {
  const drafts = [theoryDraft, ...tasks.map(({ draft, source, publishedAt }) => draft ?? (publishedAt ? null : source))];
  const names = new Set([
    ...inspectMarkdown(theory).files.map(({ name }) => name),
    ...videos.map(({ url }) => url.replace(/^files\//, '')),
    ...tasks.filter(({ publishedAt }) => publishedAt !== null).flatMap(({ source }) => namesIn(source)),
  ]);
  return (name) => names.has(name) || drafts.some((draft) => draft?.includes(name));
}

function namesIn(source: string): string[] {
  const parsed = parseTaskSource(source);
  return parsed.ok ? parsed.files.map(({ name }) => name) : [];
}
