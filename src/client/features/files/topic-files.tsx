import { Link } from 'wouter';
import { SortableList } from '#client/features/office/reorder/sortable-list.tsx';
import { appError, errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { uploads } from '#client/lib/upload.ts';
import type { OfficeFileDto } from '#shared/files.ts';
import { DropZone } from './drop-zone.tsx';
import { FileRow } from './file-row.tsx';
import classes from './topic-media.module.css';
import { useTopicNotice } from './topic-notice.tsx';
import { UploadList } from './upload-list.tsx';
import { useTopicUploads } from './use-topic-uploads.ts';

const extensions = [
  ...['pdf', 'ods', 'odt', 'xlsx', 'docx', 'pptx', 'txt', 'csv', 'py', 'zip'],
  ...['png', 'jpg', 'jpeg', 'webp', 'gif', 'svg', 'mp3', 'm4a'],
];
const isVideo = (name: string) => /\.(mp4|webm|m4v|mov)$/i.test(name);

/** The list that students see under the theory. */
export function TopicFiles({ topicId, files }: { topicId: string; files: OfficeFileDto[] }) {
  const { media: words } = useOfficeText().files;
  const { sendFiles } = useTopicUploads(topicId);
  const { move, remove } = useFileChanges(topicId);
  const sending = uploads.use().filter((item) => item.subjectId === topicId && item.purpose === 'topic' && !isVideo(item.name));
  const listed = listOf(files);
  return (
    <section aria-labelledby="media-files">
      <h3 id="media-files">{words.files}</h3>
      {listed.length === 0 && sending.length === 0 && <p className={classes.empty}>{words.noFiles}</p>}
      <SortableList label={words.files} items={listed} nameOf={nameOf} onMove={move}>
        {(file) => <FileRow topicId={topicId} file={file} onRemove={() => void remove(file)} />}
      </SortableList>
      <UploadList items={sending} />
      <DropZone label={words.files} help={words.dropFiles} multiple extensions={extensions} onFiles={sendFiles} />
      <p className={classes.more}>
        <Link href="/admin/files">{words.allFiles}</Link>
      </p>
    </section>
  );
}

const nameOf = (file: OfficeFileDto) => file.title ?? file.name;

function listOf(files: OfficeFileDto[]): OfficeFileDto[] {
  return files.filter(({ listedAt }) => listedAt !== null).toSorted((a, b) => (a.listedAt ?? 0) - (b.listedAt ?? 0));
}

function useFileChanges(topicId: string) {
  const { media: words } = useOfficeText().files;
  const text = useText();
  const format = useFormat();
  const { tell, offerUndo } = useTopicNotice(topicId);
  const utils = trpc.useUtils();
  const key = { topicId };
  const refresh = () => utils.files.ofTopic.invalidate(key);
  const current = () => listOf(utils.files.ofTopic.getData(key) ?? []).map(({ id }) => id);
  const show = (ids: string[]) =>
    utils.files.ofTopic.setData(key, (files) =>
      files?.map((file) => ({ ...file, listedAt: ids.includes(file.id) ? ids.indexOf(file.id) : null })),
    );
  const setListed = async (ids: string[]) => {
    // Not waited for: the list shows its new order in the moment in which the file is put down.
    void utils.files.ofTopic.cancel(key);
    show(ids);
    try {
      await utils.client.files.setListed.mutate({ topicId, fileIds: ids });
      return true;
    } catch (error) {
      tell(errorText(error, text, format));
      return false;
    } finally {
      void refresh();
    }
  };
  return {
    move(file: OfficeFileDto, beforeId: string | null) {
      const others = current().filter((id) => id !== file.id);
      const at = beforeId === null ? others.length : others.indexOf(beforeId);
      void setListed([...others.slice(0, at), file.id, ...others.slice(at)]);
    },
    /** A file that a text mentions only leaves the list; another one is deleted. Both can be taken back. */
    async remove(file: OfficeFileDto) {
      const before = current();
      const after = before.filter((id) => id !== file.id);
      const putBack = () => setListed([...new Set([...before, ...current()])]);
      if (!(await setListed(after))) return;
      try {
        await utils.client.files.remove.mutate({ fileId: file.id });
        offerUndo({
          message: words.fileRemoved(nameOf(file)),
          undo: async () => {
            await utils.client.files.restore.mutate({ fileId: file.id });
            await refresh();
            await putBack();
          },
        });
      } catch (error) {
        if (appError(error)?.code !== 'FILES_IN_USE') tell(errorText(error, text, format));
        else offerUndo({ message: words.fileUnlisted(nameOf(file)), undo: putBack });
      }
      void refresh();
    },
  };
}
