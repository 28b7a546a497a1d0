import { IconDevices } from '@tabler/icons-react';
import { useText } from '#client/lib/i18n.tsx';
import { useStudyText } from '#client/lib/study-text.ts';
import { Button } from '#client/ui/button.tsx';
import { icon } from '#client/ui/icon.ts';
import layout from '#client/ui/layout.module.css';
import { NoteBox } from '#client/ui/note-box.tsx';
import { optionPlaces } from '#shared/answers/option-places.ts';
import type { AnswerFormatDto } from '#shared/tasks.ts';
import { AnswerView } from './answer-view.tsx';
import classes from './exam-question.module.css';
import { isBlank, type ShownAnswer } from './kept-answer.ts';

interface AnswerConflictProps {
  format: AnswerFormatDto;
  theirs: NonNullable<ShownAnswer['theirs']>;
  onChoose: (side: 'mine' | 'theirs') => void;
}

/** Two devices, two answers: both are seen, and the person says which one counts. */
export function AnswerConflict({ format, theirs: { value }, onChoose }: AnswerConflictProps) {
  const text = useStudyText().exams.desk.conflict;
  const { answer } = useText().tasks;
  // A row is a line; a table and a long text would push the field out of sight, so they are opened.
  const row = Array.isArray(value) && value.length === 1 && Array.isArray(value[0]) ? value[0] : null;
  const long = value !== null && !isBlank(value) && ((format.kind === 'cells' && !row) || format.kind === 'long');
  const words = () => {
    if (value === null || isBlank(value)) return text.empty;
    if (row) return text.text(row.map((cell) => cell || '–').join(' · '));
    if (format.kind === 'cells') return text.table;
    if (format.kind === 'long') return text.long;
    if (format.kind !== 'choice' && format.kind !== 'choices') return text.text(String(value));
    const ids = typeof value === 'string' ? [value] : value.filter((id) => typeof id === 'string');
    return text.text(`${answer.label.toLowerCase()} ${optionPlaces(format.options, ids).join(', ')}`);
  };
  return (
    <NoteBox tone="warn" role="status" icon={<IconDevices {...icon.md} />} className={classes.conflict}>
      <p>{words()}</p>
      {long && (
        <details className={classes.theirs}>
          <summary>{text.show}</summary>
          <AnswerView format={format} value={value} label={format.kind === 'cells' ? text.theirTable : text.theirText} />
        </details>
      )}
      <div className={`${layout.row} ${classes.choice}`}>
        <Button variant="default" size="sm" onClick={() => onChoose('mine')}>
          {text.mine}
        </Button>
        <Button variant="default" size="sm" onClick={() => onChoose('theirs')}>
          {text.theirs}
        </Button>
      </div>
    </NoteBox>
  );
}
