import '@mantine/core/styles/Input.layer.css';
import '@mantine/core/styles/InlineInput.layer.css';
import '@mantine/core/styles/Checkbox.layer.css';
import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useOfficeText } from '#client/lib/office-text.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import type { QuestionsImported } from '#shared/transfer.ts';
import { QuestionTable } from './question-table.tsx';
import classes from './transfer.module.css';

interface QuestionsReportProps {
  found: Extract<QuestionsImported, { outcome: 'read' }>;
  busy: boolean;
  onImport: (publish: boolean) => void;
}

/** What the rows of a file would become, and the button that adds them. */
export function QuestionsReport({ found, busy, onImport }: QuestionsReportProps) {
  const { questions: words } = useOfficeText().transfer;
  const { format, good, ready, questions } = found;
  const [publish, setPublish] = useState(false);
  const [onlyBad, setOnlyBad] = useState(false);
  const bad = questions.length - good;
  const remarked = questions.filter(({ problems, notes }) => problems.length > 0 || notes.length > 0);
  return (
    <div className={classes.report}>
      <div role="status">
        <h3 className={classes.outcome}>{ready ? words.ready(good) : format === 'xlsx' ? words.bad(bad) : words.nothing}</h3>
        {ready && bad > 0 && <p>{words.leftOut(bad)}</p>}
      </div>
      {remarked.length > 0 && remarked.length < questions.length && (
        <Checkbox label={words.onlyBad} checked={onlyBad} onChange={(event) => setOnlyBad(event.currentTarget.checked)} />
      )}
      <QuestionTable format={format} questions={onlyBad ? remarked : questions} />
      {ready && (
        <div className={classes.act}>
          <Checkbox
            label={words.publish}
            description={words.publishNote}
            checked={publish}
            onChange={(event) => setPublish(event.currentTarget.checked)}
          />
          <BusyButton type="button" busy={busy} busyLabel={words.busy} onClick={() => onImport(publish)}>
            {words.add(good)}
          </BusyButton>
        </div>
      )}
    </div>
  );
}
