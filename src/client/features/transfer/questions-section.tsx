import '@mantine/core/styles/Input.layer.css';
import { NativeSelect } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useLocation } from 'wouter';
import { say } from '#client/features/office/undo.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { buttonLook } from '#client/ui/button.tsx';
import { icon } from '#client/ui/icon.ts';
import { NoteBox } from '#client/ui/note-box.tsx';
import type { QuestionsImported, TransferCourseDto } from '#shared/transfer.ts';
import { Failed } from './course-from-zip.tsx';
import { FileStep } from './file-step.tsx';
import { QuestionsReport } from './questions-report.tsx';
import classes from './transfer.module.css';
import { useImportFile } from './use-import-file.ts';

/** Tasks out of a table or a file of another system, into a topic of the course. */
export function QuestionsSection({ course }: { course: TransferCourseDto }) {
  const { transfer } = useOfficeText();
  const words = transfer.questions;
  const heading = useId();
  const [, navigate] = useLocation();
  const utils = trpc.useUtils();
  const { file, send, cancel } = useImportFile();
  const [topicId, setTopicId] = useState(course.topics[0]?.id ?? '');
  const [seen, setSeen] = useState<QuestionsImported | null>(null);
  const inspect = trpc.transfer.inspectQuestions.useMutation({ onSuccess: setSeen });
  const imports = trpc.transfer.importQuestions.useMutation({
    onSuccess(result) {
      if (result.outcome !== 'imported') {
        setSeen(result);
        return;
      }
      say(result.again ? words.again : words.done(result.created));
      void utils.invalidate();
      navigate(`/admin/courses/${course.slug}`);
    },
  });
  const look = (uploadId: string, topic: string) => {
    setSeen(null);
    imports.reset();
    inspect.mutate({ uploadId, topicId: topic });
  };
  const take = async (chosen: File) => {
    setSeen(null);
    inspect.reset();
    imports.reset();
    const uploadId = await send(chosen);
    if (uploadId) look(uploadId, topicId);
  };
  const uploadId = file.phase === 'sent' ? file.uploadId : null;
  const isBusy = inspect.isPending || imports.isPending || file.phase === 'sending';
  return (
    <section className={classes.section} aria-labelledby={heading}>
      <h2 id={heading}>{words.title}</h2>
      <p className={classes.lead}>{words.text}</p>
      <p>
        <a {...buttonLook({ variant: 'default', size: 'sm' })} href="/api/tasks-template.xlsx">
          <IconDownload {...icon.sm} />
          {words.template}
        </a>
      </p>
      {course.topics.length === 0 ? (
        <NoteBox>{words.noTopics}</NoteBox>
      ) : (
        <>
          <NativeSelect
            className={classes.topic}
            label={words.topic}
            value={topicId}
            disabled={isBusy}
            data={course.topics.map(({ id, title, number }) => ({ value: id, label: words.topicOption(number, title) }))}
            onChange={(event) => {
              const topic = event.currentTarget.value;
              setTopicId(topic);
              // Which files a task may show depends on its topic.
              if (uploadId) look(uploadId, topic);
            }}
          />
          <FileStep
            label={words.title}
            help={words.help}
            extensions={['xlsx', 'gift', 'txt', 'xml']}
            file={file}
            checking={inspect.isPending}
            onFile={(chosen) => void take(chosen)}
            onCancel={cancel}
          />
          {uploadId && inspect.isError && (
            <Failed error={inspect.error} title={transfer.file.notChecked} onRetry={() => look(uploadId, topicId)} />
          )}
          {uploadId && imports.isError && <Failed error={imports.error} title={words.failed} onRetry={() => look(uploadId, topicId)} />}
          {seen?.outcome === 'refused' && (
            <NoteBox tone="warn" role="status">
              {transfer.questionsRefusal(seen.refusal)}
            </NoteBox>
          )}
          {uploadId && seen?.outcome === 'read' && (
            <QuestionsReport found={seen} busy={imports.isPending} onImport={(publish) => imports.mutate({ uploadId, topicId, publish })} />
          )}
        </>
      )}
    </section>
  );
}
