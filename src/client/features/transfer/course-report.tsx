import '@mantine/core/styles/Input.layer.css';
import '@mantine/core/styles/InlineInput.layer.css';
import '@mantine/core/styles/Checkbox.layer.css';
import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useOfficeText } from '#client/lib/office-text.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { NoteBox } from '#client/ui/note-box.tsx';
import type { ChangeCounts, ImportChange, ImportReport } from '#shared/transfer.ts';
import { ChangeTable } from './change-table.tsx';
import classes from './transfer.module.css';

interface CourseReportProps {
  report: ImportReport;
  /** The school was changed after the moderator had seen a report. */
  isNew: boolean;
  busy: boolean;
  onImport: (removeAnswered: boolean) => void;
}

/** What an import would do, and the button that does it. */
export function CourseReport({ report, isNew, busy, onImport }: CourseReportProps) {
  const { report: words } = useOfficeText().transfer;
  const [removeAnswered, setRemoveAnswered] = useState(false);
  const lostOf = (of: ImportChange['kind']) =>
    report.changes.filter(({ kind, change, answers }) => kind === of && change === 'removed' && answers > 0).length;
  const [tasks, exams] = [lostOf('task'), lostOf('exam')];
  const isLoss = tasks + exams > 0;
  const unavailable = isLoss && !removeAnswered;
  return (
    <section aria-label={words.table} className={classes.report}>
      {isNew && (
        <NoteBox tone="warn" role="status">
          {words.changedMeanwhile}
        </NoteBox>
      )}
      <div role="status">
        <h3 className={classes.outcome}>
          {report.changes.length === 0 ? words.same : report.created ? words.willCreate(report.title) : words.willUpdate(report.title)}
        </h3>
      </div>
      <dl className={classes.counts}>
        <dt>{words.topics}</dt>
        <dd>{words.counts(report.topics)}</dd>
        <dt>{words.tasks}</dt>
        <dd>{words.counts(report.tasks)}</dd>
        {isSome(report.exams) && (
          <>
            <dt>{words.exams}</dt>
            <dd>{words.counts(report.exams)}</dd>
          </>
        )}
      </dl>
      <ChangeTable changes={report.changes} />
      {report.changes.length > 0 && (
        <div className={classes.act}>
          {isLoss && (
            <Checkbox
              label={words.removeAnswered(tasks, exams)}
              description={words.needTick}
              checked={removeAnswered}
              onChange={(event) => setRemoveAnswered(event.currentTarget.checked)}
            />
          )}
          <BusyButton type="button" busy={busy} busyLabel={words.busy} unavailable={unavailable} onClick={() => onImport(removeAnswered)}>
            {report.created ? words.create : words.update}
          </BusyButton>
        </div>
      )}
    </section>
  );
}

/** Most courses have no exam, and then nothing is said of them. */
function isSome({ created, updated, unchanged, removed }: ChangeCounts): boolean {
  return created + updated + unchanged + removed > 0;
}
