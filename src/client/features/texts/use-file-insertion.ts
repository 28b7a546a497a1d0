import type { EditorView } from '@codemirror/view';
import { useState } from 'react';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { makeUuid } from '#client/lib/make-uuid.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { uploadFile } from '#client/lib/upload.ts';
import { UploadRefused, uploadErrorText } from '#client/lib/upload-refusal.ts';
import type { TextDto } from '#shared/texts.ts';
import { beginUpload } from './editor/uploads.ts';

const picture = /\.(?:png|jpe?g|webp|gif|svg)$/i;
const clipboardName = /^image\.(\w+)$/;

/** Files that are pasted, dropped or chosen go to the topic, and their Markdown stands where they were put when they have arrived. */
export function useFileInsertion(text: TextDto) {
  const { editor } = useOfficeText();
  const words = useText();
  const format = useFormat();
  const queries = trpc.useUtils();
  const { mutateAsync: addToTopic } = trpc.files.addToTopic.useMutation();
  const [added, setAdded] = useState<string[]>([]);
  const [errors, setErrors] = useState<{ id: string; words: string }[]>([]);

  function fail(why: string): void {
    setErrors((before) => [...before.slice(-4), { id: makeUuid(), words: why }]);
  }

  async function insertOne(file: File, view: EditorView, pos: number, topicId: string): Promise<void> {
    const put = beginUpload(view, editor.tools.uploading(file.name), pos);
    try {
      const { uploadId } = await uploadFile(file, { purpose: 'topic', subjectId: topicId });
      const { name } = await addToTopic({ uploadId, topicId, name: nameFor(file) });
      setAdded((before) => [...before, name]);
      put(picture.test(name) ? `![${editor.tools.describe}](files/${name})` : `[${file.name.replace(/[[\]]/g, '')}](files/${name})`);
      await queries.files.invalidate();
    } catch (error) {
      put(null);
      const why = error instanceof UploadRefused ? uploadErrorText(error, words) : isAbort(error) ? null : errorText(error, words, format);
      if (why !== null) fail(`${editor.tools.uploadFailed(file.name)}. ${why}`);
    }
  }

  return {
    names: [...text.fileNames, ...added],
    errors,
    insert(files: File[], view: EditorView, pos: number): void {
      setErrors([]);
      const { topic } = text;
      if (!topic) fail(editor.tools.noFiles);
      else for (const file of files) void insertOne(file, view, pos, topic.id);
    },
  };
}

/** Every pasted picture is called image.png. */
function nameFor(file: File): string {
  return file.name.replace(clipboardName, 'picture.$1');
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}
