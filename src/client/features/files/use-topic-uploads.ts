import { errorText, isOffline } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { makeUuid } from '#client/lib/make-uuid.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { offline } from '#client/lib/online.ts';
import { trpc } from '#client/lib/trpc.ts';
import { isUploading, uploadFile } from '#client/lib/upload.ts';
import { useTopicNotice } from './topic-notice.tsx';
import { minutesOf, titleOfFile } from './video-file.ts';

/**
 * Sends files and gives them their place in a topic. What was begun is finished also after the page has changed: nothing here hangs on a component
 * that is still shown.
 */
export function useTopicUploads(topicId: string) {
  const { files: words } = useOfficeText();
  const text = useText();
  const format = useFormat();
  const utils = trpc.useUtils();
  const { client } = utils;
  const { tell } = useTopicNotice(topicId);

  const refresh = () => {
    void utils.courses.media.get.invalidate({ topicId });
    void utils.files.ofTopic.invalidate({ topicId });
    void utils.files.list.invalidate();
  };

  const send = async (file: File, place: (uploadId: string) => Promise<unknown>) => {
    if (isUploading(file, 'topic', topicId)) return tell(words.upload.twice(file.name));
    let uploadId: string;
    try {
      ({ uploadId } = await uploadFile(file, { purpose: 'topic', subjectId: topicId }));
    } catch {
      // Refused or cancelled: the list of uploads says so.
      return;
    }
    try {
      await place(uploadId);
    } catch (error) {
      tell(words.upload.notAdded(file.name, errorText(error, text, format)));
    }
    refresh();
  };

  const addToTopic = (uploadId: string, name: string, listed: boolean) =>
    untilReached(() => client.files.addToTopic.mutate({ uploadId, topicId, name, listed }));

  return {
    sendFiles(files: File[]) {
      for (const file of files) void send(file, (uploadId) => addToTopic(uploadId, file.name, true));
    },
    sendVideo(file: File) {
      const id = makeUuid();
      const length = minutesOf(file);
      void send(file, async (uploadId) => {
        const { name } = await addToTopic(uploadId, file.name, false);
        const minutes = await length;
        const video = { id, topicId, title: titleOfFile(file.name), url: `files/${name}`, minutes };
        await untilReached(() => client.courses.media.addVideo.mutate(video));
      });
    },
    refresh,
  };
}

/** Repeats what did not reach the server; a refusal is thrown at once. Only for what does no harm when it comes twice. */
async function untilReached<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!isOffline(error)) throw error;
      await connected();
    }
  }
}

/** A moment later, and not before the server can be reached. */
function connected(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(() => {
      if (offline.get() === null) return resolve();
      const stop = offline.subscribe(() => {
        if (offline.get() !== null) return;
        stop();
        resolve();
      });
    }, 2000);
  });
}
