import type { MediaDto, OfficeVideoDto } from '#shared/media.ts';
import { ownVideoName, videoOf } from '#shared/videos.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import { topicFileUrl } from '../../files/urls.ts';
import { accessTopicInOffice } from './access.ts';

/**
 * The videos of a topic, as those who make it see them.
 * @throws AppError TOPICS_NOT_FOUND
 */
export async function getMedia(app: App, actor: PersonActor, topicId: string): Promise<MediaDto> {
  const topic = await accessTopicInOffice(app.db, topicId);
  const [videos, files] = await Promise.all([
    app.db.topicVideo.findMany({
      where: { topicId },
      orderBy: [{ position: 'asc' }, { id: 'asc' }],
      select: { id: true, title: true, url: true, minutes: true },
    }),
    app.db.topicFile.findMany({
      where: { topicId, mime: { startsWith: 'video/' } },
      orderBy: { addedAt: 'asc' },
      select: { id: true, name: true, title: true, size: true },
    }),
  ]);
  const played = new Set(videos.map(({ url }) => ownVideoName(url)));
  return {
    topic: { id: topic.id, title: topic.title, course: topic.course },
    videos: videos.map((video): OfficeVideoDto => {
      const name = ownVideoName(video.url);
      if (name === null) {
        const found = videoOf(video.url);
        return { ...video, href: found?.url ?? null, host: found?.host ?? 'own', size: null };
      }
      const file = files.find((one) => one.name === name);
      return { ...video, href: file ? topicFileUrl(app, actor, file) : null, host: 'own', size: file?.size ?? null };
    }),
    spareVideos: files.filter(({ name }) => !played.has(name)).map(({ name, title, size }) => ({ name, title, size })),
  };
}
