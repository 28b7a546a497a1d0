import { useId, useState } from 'react';
import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { Button } from '#client/ui/button.tsx';
import type { OfficeVideoDto } from '#shared/media.ts';
import classes from './topic-media.module.css';
import { VideoForm } from './video-form.tsx';

export function VideoRow({ topicId, video, onRemove }: { topicId: string; video: OfficeVideoDto; onRemove: () => void }) {
  const { media: words } = useOfficeText().files;
  const utils = trpc.useUtils();
  const [editing, setEditing] = useState(false);
  const formId = useId();
  const update = trpc.courses.media.updateVideo.useMutation({
    onSuccess: async () => {
      await utils.courses.media.get.invalidate({ topicId });
      setEditing(false);
    },
  });
  if (editing) {
    return (
      <VideoForm
        id={formId}
        video={video}
        busy={update.isPending}
        error={update.error}
        onSave={(fields) => update.mutate({ id: video.id, ...fields })}
        onCancel={() => setEditing(false)}
      />
    );
  }
  return (
    <div className={classes.row}>
      <div className={classes.rowText}>
        {video.href === null ? (
          video.title
        ) : (
          <a href={video.href} target="_blank" rel="noreferrer">
            {video.title}
          </a>
        )}
        <VideoFacts video={video} />
      </div>
      <div className={classes.rowButtons}>
        <Button size="sm" variant="subtle" aria-label={words.editOf(video.title)} onClick={() => setEditing(true)}>
          {words.edit}
        </Button>
        <Button size="sm" variant="subtle" aria-label={words.removeOf(video.title)} onClick={onRemove}>
          {words.remove}
        </Button>
      </div>
    </div>
  );
}

function VideoFacts({ video }: { video: OfficeVideoDto }) {
  const { media: words } = useOfficeText().files;
  const format = useFormat();
  if (video.href === null) return <span className={classes.gone}>{words.fileGone}</span>;
  const facts = [
    words.hosts[video.host],
    ...(video.size === null ? [] : [format.fileSize(video.size)]),
    ...(video.minutes === null ? [] : [words.minutes(video.minutes)]),
  ];
  return <span className={classes.dim}>{facts.join(', ')}</span>;
}
