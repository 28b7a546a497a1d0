import { useState } from 'react';
import { useLocation } from 'wouter';
import { say } from '#client/features/office/undo.tsx';
import { appError } from '#client/lib/errors.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { ErrorState } from '#client/ui/error-state.tsx';
import { NoteBox } from '#client/ui/note-box.tsx';
import type { CourseImported } from '#shared/transfer.ts';
import { CourseProblems } from './course-problems.tsx';
import { CourseReport } from './course-report.tsx';
import { FileStep } from './file-step.tsx';
import { useImportFile } from './use-import-file.ts';

interface CourseFromZipProps {
  label: string;
  help: string;
  /** The course that is to be replaced; left out, whatever the archive holds. */
  course?: string;
}

/** An archive is sent, looked at, and only then imported. */
export function CourseFromZip({ label, help, course }: CourseFromZipProps) {
  const { transfer } = useOfficeText();
  const [, navigate] = useLocation();
  const utils = trpc.useUtils();
  const { file, send, cancel } = useImportFile();
  const [seen, setSeen] = useState<CourseImported | null>(null);
  const [isNew, setIsNew] = useState(false);
  const inspect = trpc.transfer.inspectCourse.useMutation({ onSuccess: setSeen });
  const imports = trpc.transfer.importCourse.useMutation({
    onSuccess(result) {
      if (result.outcome !== 'imported') {
        setIsNew(result.outcome === 'ready');
        setSeen(result);
        return;
      }
      say(transfer.report.done(result.report.title));
      void utils.invalidate();
      navigate(`/admin/courses/${result.report.course}`);
    },
  });
  const inputOf = (uploadId: string) => (course === undefined ? { uploadId } : { uploadId, course });
  const look = (uploadId: string) => {
    setSeen(null);
    setIsNew(false);
    imports.reset();
    inspect.mutate(inputOf(uploadId));
  };
  const take = async (chosen: File) => {
    setSeen(null);
    inspect.reset();
    imports.reset();
    const uploadId = await send(chosen);
    if (uploadId) look(uploadId);
  };
  const uploadId = file.phase === 'sent' ? file.uploadId : null;
  return (
    <>
      <FileStep
        label={label}
        help={help}
        extensions={['zip']}
        file={file}
        checking={inspect.isPending}
        onFile={(chosen) => void take(chosen)}
        onCancel={cancel}
      />
      {uploadId && inspect.isError && <Failed error={inspect.error} title={transfer.file.notChecked} onRetry={() => look(uploadId)} />}
      {uploadId && imports.isError && <Failed error={imports.error} title={transfer.report.failed} onRetry={() => look(uploadId)} />}
      {seen?.outcome === 'refused' && (
        <NoteBox tone="warn" role="status">
          {transfer.refusal(seen.refusal)}
        </NoteBox>
      )}
      {seen?.outcome === 'problems' && <CourseProblems problems={seen.problems} total={seen.total} />}
      {uploadId && seen?.outcome === 'ready' && (
        <CourseReport
          key={seen.report.token}
          report={seen.report}
          isNew={isNew}
          busy={imports.isPending}
          onImport={(removeAnswered) => imports.mutate({ ...inputOf(uploadId), token: seen.report.token, removeAnswered })}
        />
      )}
    </>
  );
}

/** A file that was removed after its day is chosen again, everything else is tried again. */
export function Failed({ error, title, onRetry }: { error: unknown; title: string; onRetry: () => void }) {
  const { file: words } = useOfficeText().transfer;
  if (appError(error)?.code === 'FILES_NOT_FOUND') {
    return (
      <NoteBox tone="warn" role="status">
        {words.gone}
      </NoteBox>
    );
  }
  return <ErrorState error={error} title={title} level={3} onRetry={onRetry} />;
}
