import type { ChangePart } from '#shared/transfer.ts';
import type { App } from '../../platform/app.ts';
import type { Tx } from '../../platform/db.ts';
import type { BundleTopic } from './bundle.ts';
import { changes } from './changes.ts';
import { instantAsWritten } from './opens.ts';
import { placesFor } from './places.ts';
import { isSameText } from './source-text.ts';
import type { WrittenTask } from './write-tasks.ts';
import type { TextWrite } from './write-texts.ts';

export interface WrittenTopic extends Pick<WrittenTask, 'id' | 'slug' | 'title' | 'change' | 'parts'> {
  bundle: BundleTopic;
  text: TextWrite;
}

export interface WrittenTopics {
  written: WrittenTopic[];
  absent: { id: string; slug: string; title: string }[];
}

/** Writes the topics of a course without what is in them. Those the bundle lacks are left for the caller to judge. */
export async function writeTopicRows(app: App, tx: Tx, courseId: string, bundled: BundleTopic[]): Promise<WrittenTopics> {
  const select = {
    id: true,
    slug: true,
    title: true,
    theory: true,
    opensAt: true,
    position: true,
    publishedAt: true,
    deletedAt: true,
  } as const;
  const present = await tx.topic.findMany({ where: { courseId }, select, orderBy: { position: 'asc' } });
  const stored = new Map(present.map((row) => [row.slug, row]));
  const places = placesFor(
    bundled.map(({ slug }) => slug),
    present,
  );
  const wanted = bundled.map((topic) => wantedRow(app, topic, places.get(topic.slug) ?? 0, stored.get(topic.slug)));
  const { created, changed, absent } = changes(present, wanted);
  if (created.length > 0) await tx.topic.createMany({ data: created.map((topic) => ({ courseId, ...topic })) });
  for (const { id, to } of changed) await tx.topic.update({ where: { id }, data: to, select: { id: true } });
  const rows = await tx.topic.findMany({ where: { courseId }, select: { id: true, slug: true } });
  const ids = new Map(rows.map(({ id, slug }) => [slug, id]));
  const written = bundled.map((bundle): WrittenTopic => {
    const { slug, topic, theoryDraft } = bundle;
    const { title } = topic;
    const id = ids.get(slug) ?? '';
    const from = stored.get(slug);
    const difference = changed.find((one) => one.id === id);
    const theory = from && !difference?.keys.includes('theory') ? from.theory : topic.theory;
    return {
      id,
      slug,
      title,
      change: !from ? 'created' : from.deletedAt ? 'restored' : difference ? 'changed' : 'unchanged',
      parts: from && difference ? partsOf(difference.keys, topic.isDraft) : [],
      bundle,
      text: {
        kind: 'theory',
        subjectId: id,
        title,
        before: from?.theory ?? null,
        after: theory,
        draft: theoryDraft !== null && isSameText(theoryDraft, theory) ? null : theoryDraft,
      },
    };
  });
  return { written, absent };
}

type StoredTopic = { theory: string; opensAt: Date; publishedAt: Date | null };

function wantedRow(app: App, { slug, topic }: BundleTopic, position: number, from: StoredTopic | undefined) {
  const now = app.clock.now();
  const zone = app.config.schoolTimeZone;
  const { title, opens, isDraft } = topic;
  const theory = from && isSameText(from.theory, topic.theory) ? from.theory : topic.theory;
  const opensAt = instantAsWritten(opens, from?.opensAt ?? null, now, zone);
  return { slug, title, theory, opensAt, position, publishedAt: isDraft ? null : (from?.publishedAt ?? now), deletedAt: null };
}

function partsOf(keys: string[], isDraft: boolean): ChangePart[] {
  const parts: [ChangePart, boolean][] = [
    ['title', keys.includes('title')],
    ['text', keys.includes('theory')],
    ['date', keys.includes('opensAt')],
    ['place', keys.includes('position')],
    ['shown', keys.includes('publishedAt') && !isDraft],
    ['hidden', keys.includes('publishedAt') && isDraft],
  ];
  return parts.filter(([, holds]) => holds).map(([part]) => part);
}
