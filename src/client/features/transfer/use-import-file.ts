import { useEffect, useRef, useState } from 'react';
import { useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { uploadFile } from '#client/lib/upload.ts';
import { uploadErrorText } from '#client/lib/upload-refusal.ts';

export type ImportFile =
  | { phase: 'none'; refused: string | null }
  | { phase: 'sending'; name: string; percent: number }
  | { phase: 'sent'; name: string; uploadId: string };

/** A file on its way to be looked at. Another one takes its place, leaving the page ends it. */
export function useImportFile() {
  const text = useText();
  const { file: words } = useOfficeText().transfer;
  const [file, setFile] = useState<ImportFile>({ phase: 'none', refused: null });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  async function send(chosen: File): Promise<string | null> {
    running.current?.abort();
    const own = new AbortController();
    running.current = own;
    const { name } = chosen;
    setFile({ phase: 'sending', name, percent: 0 });
    const onProgress = (sent: number, size: number) => {
      if (!own.signal.aborted) setFile({ phase: 'sending', name, percent: size > 0 ? Math.floor((sent / size) * 100) : 0 });
    };
    try {
      const { uploadId } = await uploadFile(chosen, { purpose: 'import', onProgress, signal: own.signal });
      if (own.signal.aborted) return null;
      setFile({ phase: 'sent', name, uploadId });
      return uploadId;
    } catch (error) {
      // Not where another file was chosen meanwhile.
      if (running.current === own)
        setFile({ phase: 'none', refused: uploadErrorText(error, text) ?? (isAbort(error) ? null : words.failed) });
      return null;
    }
  }

  return {
    file,
    send,
    cancel() {
      running.current?.abort();
      setFile({ phase: 'none', refused: null });
    },
  };
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}
