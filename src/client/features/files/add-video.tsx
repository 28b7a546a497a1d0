import { useId, useRef, useState } from 'react';
import { makeUuid } from '#client/lib/make-uuid.ts';
import { trpc } from '#client/lib/trpc.ts';
import { VideoForm } from './video-form.tsx';

/** A video at one of the hosts, by its address. */
export function AddVideo({ topicId }: { topicId: string }) {
  const utils = trpc.useUtils();
  const formId = useId();
  // Pressing twice, or again after an answer that was lost, adds one.
  const videoId = useRef<string>(makeUuid());
  const [round, setRound] = useState(0);
  const add = trpc.courses.media.addVideo.useMutation({
    onSuccess: () => {
      videoId.current = makeUuid();
      setRound(round + 1);
      void utils.courses.media.get.invalidate({ topicId });
    },
  });
  return (
    <VideoForm
      key={round}
      id={formId}
      busy={add.isPending}
      error={add.error}
      onSave={(fields) => add.mutate({ id: videoId.current, topicId, ...fields })}
    />
  );
}
