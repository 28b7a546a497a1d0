import { SortableList } from '#client/features/office/reorder/sortable-list.tsx';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { makeUuid } from '#client/lib/make-uuid.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { lastPerson } from '#client/lib/session.ts';
import { trpc } from '#client/lib/trpc.ts';
import { abandonUpload, uploads } from '#client/lib/upload.ts';
import { begunUploads } from '#client/lib/upload-memory.ts';
import { Button } from '#client/ui/button.tsx';
import type { MediaDto, OfficeVideoDto } from '#shared/media.ts';
import { AddVideo } from './add-video.tsx';
import { DropZone } from './drop-zone.tsx';
import classes from './topic-media.module.css';
import { useTopicNotice } from './topic-notice.tsx';
import { UploadList } from './upload-list.tsx';
import { useTopicUploads } from './use-topic-uploads.ts';
import { VideoRow } from './video-row.tsx';

const videoExtensions = ['mp4', 'webm', 'm4v', 'mov'];
const isVideo = (name: string) => videoExtensions.some((extension) => name.toLowerCase().endsWith(`.${extension}`));

export function TopicVideos({ media }: { media: MediaDto }) {
  const { media: words } = useOfficeText().files;
  const topicId = media.topic.id;
  const { sendVideo } = useTopicUploads(topicId);
  const { tell } = useTopicNotice(topicId);
  const { move, remove } = useVideoChanges(topicId);
  const sending = uploads.use().filter((item) => item.subjectId === topicId && item.purpose === 'topic' && isVideo(item.name));
  const choose = (files: File[]) => {
    for (const file of files) {
      if (isVideo(file.name)) sendVideo(file);
      else tell(words.notVideo(file.name));
    }
  };
  return (
    <section aria-labelledby="media-videos">
      <h3 id="media-videos">{words.videos}</h3>
      {media.videos.length === 0 && sending.length === 0 && <p className={classes.empty}>{words.noVideos}</p>}
      <SortableList label={words.videos} items={media.videos} nameOf={({ title }) => title} onMove={move}>
        {(video) => <VideoRow topicId={topicId} video={video} onRemove={() => void remove(video)} />}
      </SortableList>
      <UploadList items={sending} />
      <Spare media={media} />
      <Interrupted topicId={topicId} />
      <DropZone label={words.videos} help={words.dropVideo} multiple extensions={videoExtensions} onFiles={choose} />
      <AddVideo topicId={topicId} />
    </section>
  );
}

function useVideoChanges(topicId: string) {
  const { media: words } = useOfficeText().files;
  const text = useText();
  const format = useFormat();
  const { tell, offerUndo } = useTopicNotice(topicId);
  const utils = trpc.useUtils();
  const key = { topicId };
  const refresh = () => utils.courses.media.get.invalidate(key);
  const show = (change: (videos: OfficeVideoDto[]) => OfficeVideoDto[]) => {
    // First: what is on its way would be put over what is shown now.
    void utils.courses.media.get.cancel(key);
    utils.courses.media.get.setData(key, (media) => media && { ...media, videos: change(media.videos) });
  };
  /** Does it at once on the screen, and takes it back where the server refuses. */
  const attempt = async (deed: () => Promise<void>) => {
    try {
      await deed();
    } catch (error) {
      tell(errorText(error, text, format));
    }
    await refresh();
  };
  const put = (id: string, beforeId: string | null) => (videos: OfficeVideoDto[]) => {
    const item = videos.find((video) => video.id === id);
    const others = videos.filter((video) => video.id !== id);
    const at = others.findIndex((video) => video.id === beforeId);
    if (!item) return videos;
    return at === -1 ? [...others, item] : [...others.slice(0, at), item, ...others.slice(at)];
  };
  return {
    move(video: OfficeVideoDto, beforeId: string | null) {
      const before = utils.courses.media.get.getData(key)?.videos ?? [];
      const oldBefore = before[before.findIndex(({ id }) => id === video.id) + 1]?.id ?? null;
      show(put(video.id, beforeId));
      void attempt(async () => {
        await utils.client.courses.media.moveVideo.mutate({ id: video.id, beforeId });
        offerUndo({
          message: words.moved(video.title),
          undo: () => utils.client.courses.media.moveVideo.mutate({ id: video.id, beforeId: oldBefore }).finally(refresh),
        });
      });
    },
    remove(video: OfficeVideoDto) {
      show((videos) => videos.filter(({ id }) => id !== video.id));
      return attempt(async () => {
        const removed = await utils.client.courses.media.removeVideo.mutate({ id: video.id });
        if (!removed) return;
        offerUndo({
          message: words.removed(video.title),
          undo: () => utils.client.courses.media.restoreVideo.mutate(removed).finally(refresh),
        });
      });
    },
  };
}

/** Files that arrived and that no video plays: one was removed, or the page was closed before it was added. */
function Spare({ media }: { media: MediaDto }) {
  const { media: words } = useOfficeText().files;
  const format = useFormat();
  const text = useText();
  const utils = trpc.useUtils();
  const { tell } = useTopicNotice(media.topic.id);
  const add = trpc.courses.media.addVideo.useMutation({
    onError: (error) => tell(errorText(error, text, format)),
    onSettled: () => utils.courses.media.get.invalidate({ topicId: media.topic.id }),
  });
  if (media.spareVideos.length === 0) return null;
  return (
    <div className={classes.note}>
      <p>{words.spare}</p>
      <ul>
        {media.spareVideos.map(({ name, title, size }) => (
          <li key={name} className={classes.spare}>
            <span>
              {title ?? name} <span className={classes.dim}>{format.fileSize(size)}</span>
            </span>
            <Button
              size="sm"
              variant="subtle"
              aria-label={words.showOf(title ?? name)}
              onClick={() => {
                if (add.isPending) return;
                const id = makeUuid();
                add.mutate({ id, topicId: media.topic.id, title: title ?? name, url: `files/${name}`, minutes: null });
              }}
            >
              {words.show}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What a reload cut off: the browser has the file no more, so it is asked for again. */
function Interrupted({ topicId }: { topicId: string }) {
  const { media: words } = useOfficeText().files;
  const format = useFormat();
  const going = uploads.use();
  const personId = lastPerson.use()?.id;
  const cut = begunUploads().filter(
    (one) =>
      one.purpose === 'topic' &&
      one.subjectId === topicId &&
      one.personId === personId &&
      isVideo(one.name) &&
      !going.some((item) => item.subjectId === topicId && item.name === one.name && item.size === one.size),
  );
  return cut.map((one) => (
    <div key={`${one.name}-${one.size}-${one.lastModified}`} className={classes.note}>
      <p>{words.interrupted(one.name, format.percent(one.sent / one.size))}</p>
      <Button size="sm" variant="subtle" onClick={() => abandonUpload(one)}>
        {words.forget}
      </Button>
    </div>
  ));
}
