import { IconCamera } from '@tabler/icons-react';
import { type ClipboardEvent, type DragEvent, useId, useRef, useState } from 'react';
import classes from '#client/features/tasks/long-answer.module.css';
import { LongAnswerChosen } from '#client/features/tasks/long-answer-chosen.tsx';
import { CriteriaList } from '#client/features/tasks/long-answer-criteria.tsx';
import { acceptedFiles, WorkTextField } from '#client/features/tasks/long-answer-text.tsx';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useStudyText } from '#client/lib/study-text.ts';
import { Button } from '#client/ui/button.tsx';
import { ErrorState } from '#client/ui/error-state.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import { icon } from '#client/ui/icon.ts';
import type { AnswerValue } from '#shared/answers/format.ts';
import type { ExamTaskDto } from '#shared/exams.ts';
import own from './long-exam-answer.module.css';
import { useExamFiles } from './use-exam-files.ts';

interface LongExamAnswerProps {
  attemptId: string;
  task: Pick<ExamTaskDto, 'id' | 'format'>;
  answer: { value: AnswerValue | null; files: number };
  onChange: (value: string) => void;
  /** The time is over: what stands there stays. */
  disabled: boolean;
}

/** Text, photos and files of a long task while the exam runs. Nothing has to be handed in: what is there at the end goes to a teacher. */
export function LongExamAnswer({ attemptId, task, answer, onChange, disabled }: LongExamAnswerProps) {
  const text = useText();
  const words = text.tasks.long;
  const exam = useStudyText().exams.long;
  const format = useFormat();
  const files = useExamFiles({ attemptId, taskId: task.id }, answer.files);
  const chooser = useRef<HTMLInputElement>(null);
  const [dragged, setDragged] = useState(false);
  const id = useId();
  const { query, removed } = files;
  const full = files.room <= 0;
  const mayAdd = !disabled && !full && query.data !== undefined;

  function take(list: FileList | null): boolean {
    if (disabled || !list || list.length === 0 || query.data === undefined) return false;
    files.add([...list]);
    return true;
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: files may be dropped anywhere on the answer; the button beside does the same
    <div
      className={own.answer}
      data-dragged={dragged || undefined}
      onPaste={(event: ClipboardEvent) => {
        if (take(event.clipboardData.files)) event.preventDefault();
      }}
      onDragOver={(event: DragEvent) => {
        if (!mayAdd || !event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setDragged(true);
      }}
      onDragLeave={(event) => {
        if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget))) setDragged(false);
      }}
      onDrop={(event: DragEvent) => {
        setDragged(false);
        if (event.dataTransfer.types.includes('Files')) event.preventDefault();
        take(event.dataTransfer.files);
      }}
    >
      {task.format.kind === 'long' && <CriteriaList criteria={task.format.criteria} level={2} />}
      <div className={classes.part}>
        <WorkTextField
          id={id}
          value={typeof answer.value === 'string' ? answer.value : ''}
          readOnly={disabled}
          invalid={false}
          onChange={onChange}
        />
      </div>
      {query.data === undefined && query.isError ? (
        <ErrorState error={query.error} title={exam.load} level={2} retrying={query.isFetching} onRetry={() => query.refetch()} />
      ) : (
        <LongAnswerChosen files={files.chosen} editable={!disabled} />
      )}
      <p className={own.removed} role="status">
        {removed && !disabled && (
          <>
            {exam.removed(removed.name)}
            <Button variant="subtle" size="sm" onClick={files.putBack}>
              {exam.putBack}
            </Button>
          </>
        )}
      </p>
      <FormError>{files.removeError && errorText(files.removeError, text, format)}</FormError>
      <div className={own.add}>
        <Button
          variant="default"
          leftSection={<IconCamera {...icon.md} />}
          aria-disabled={!mayAdd}
          aria-describedby={`${id}-files`}
          onClick={() => mayAdd && chooser.current?.click()}
        >
          {words.add}
        </Button>
        <input
          ref={chooser}
          type="file"
          hidden
          multiple
          accept={acceptedFiles}
          aria-label={words.add}
          onChange={(event) => {
            take(event.target.files);
            // The same file may be chosen again.
            event.target.value = '';
          }}
        />
        <p id={`${id}-files`} className={classes.help}>
          {full ? exam.full : exam.note} {!full && <span className={own.drop}>{exam.drop}</span>}
        </p>
      </div>
    </div>
  );
}
