import type * as z from 'zod';
import { AppError } from '#shared/errors.ts';
import type { NewsPostDto, setNewsPicturesInput } from '#shared/news.ts';
import type { App, PersonActor } from '../../../../platform/app.ts';
import { recordAudit } from '../../../../platform/audit.ts';
import { claimUploads } from '../../../files/claims.ts';
import { lockPost } from '../access.ts';
import { getPost } from '../queries.ts';

/**
 * All pictures of an announcement in their order. A new one keeps the id of its upload, so that the same said twice after a lost answer is no change.
 * @throws AppError AUTH_FORBIDDEN, NEWS_NOT_FOUND, NEWS_CONFLICT, FILES_NOT_FOUND; INPUT_INVALID when one stands there twice
 */
export async function setPictures(app: App, actor: PersonActor, input: z.output<typeof setNewsPicturesInput>): Promise<NewsPostDto> {
  const wanted = input.pictures.map(({ id, alt }) => ({ id: id.toLowerCase(), alt }));
  if (new Set(wanted.map(({ id }) => id)).size !== wanted.length) throw AppError.invalid({ field: 'pictures', code: 'invalid' });
  await app.db.$transaction(async (tx) => {
    const post = await lockPost(app, tx, actor, input.id);
    const present = await tx.newsFile.findMany({
      where: { postId: post.id },
      orderBy: [{ position: 'asc' }, { id: 'asc' }],
      select: { id: true, alt: true, name: true },
    });
    if (sameAs(present, wanted)) return;
    if (post.rev !== input.rev) throw new AppError('NEWS_CONFLICT');
    const known = new Set(present.map(({ id }) => id));
    const fresh = wanted.filter(({ id }) => !known.has(id));
    const claimed = await claimUploads(
      app,
      tx,
      actor,
      fresh.map(({ id }) => id),
      { purpose: 'news', subjectId: post.id },
    );
    await tx.newsFile.deleteMany({ where: { postId: post.id, id: { notIn: wanted.map(({ id }) => id) } } });
    for (const [position, { id, alt }] of wanted.entries()) {
      const upload = claimed.find((one) => one.id === id);
      if (!upload) await tx.newsFile.update({ where: { id }, data: { position, alt }, select: { id: true } });
      else {
        const { name, storageKey, mime, size, width, height } = upload;
        // The uploads of this purpose are pictures, which were measured when they came.
        if (width === null || height === null) throw new AppError('FILES_NOT_FOUND');
        await tx.newsFile.create({
          data: { id, postId: post.id, position, name, alt, storageKey, mime, size, width, height },
          select: { id: true },
        });
      }
    }
    await tx.newsPost.update({ where: { id: post.id }, data: { rev: post.rev + 1, updatedAt: app.clock.now() }, select: { id: true } });
    if (post.state === 'draft') return;
    const names = { before: { pictures: present.length }, after: { pictures: wanted.length } };
    await recordAudit(app, tx, actor, { action: 'news.update', subject: post.id, label: post.title, ...names });
  });
  return getPost(app, actor, input.id);
}

function sameAs(present: readonly { id: string; alt: string }[], wanted: readonly { id: string; alt: string }[]): boolean {
  return present.length === wanted.length && present.every(({ id, alt }, place) => id === wanted[place]?.id && alt === wanted[place]?.alt);
}
