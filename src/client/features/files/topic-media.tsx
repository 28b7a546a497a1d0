import { useEffect } from 'react';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import { TopicFiles } from './topic-files.tsx';
import classes from './topic-media.module.css';
import { TopicNotice } from './topic-notice.tsx';
import { TopicVideos } from './topic-videos.tsx';
import { shownInPlace } from './upload-tray.tsx';

/** Videos of a topic and the files under its theory. For a panel or a dialog: it has no heading of its own above the two. */
export function TopicMedia({ topicId }: { topicId: string }) {
  const { media: words } = useOfficeText().files;
  const media = trpc.courses.media.get.useQuery({ topicId });
  const files = trpc.files.ofTopic.useQuery({ topicId });
  useEffect(() => {
    shownInPlace.set([...shownInPlace.get(), topicId]);
    return () => shownInPlace.set(shownInPlace.get().filter((id) => id !== topicId));
  }, [topicId]);
  return (
    <div className={classes.media}>
      <TopicNotice topicId={topicId} />
      <QueryView query={media} skeleton={<SkeletonBlock height={320} />} errorTitle={words.load} level={3}>
        {(loaded) => (
          <>
            <TopicVideos media={loaded} />
            <QueryView query={files} skeleton={<SkeletonBlock height={200} />} errorTitle={words.load} level={3}>
              {(list) => <TopicFiles topicId={topicId} files={list} />}
            </QueryView>
          </>
        )}
      </QueryView>
    </div>
  );
}
