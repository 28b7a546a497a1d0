import '@mantine/core/styles/Input.layer.css';
import { TextInput } from '@mantine/core';
import forms from '#client/features/courses/office/forms.module.css';
import panel from '#client/features/courses/office/programme.module.css';
import { useLocale } from '#client/lib/i18n.tsx';
import { serverNow } from '#client/lib/now.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { Button } from '#client/ui/button.tsx';
import { Dialog } from '#client/ui/dialog.tsx';
import { FieldError } from '#client/ui/field-error.tsx';
import layout from '#client/ui/layout.module.css';
import type { OfficeExamDto } from '#shared/exams-office.ts';
import { zoneInSentence } from '#shared/i18n/zones.ts';
import classes from './exam-editor.module.css';
import { instantsOf, type Moment, textOf, windowOf, withDate } from './exam-window.ts';
import { CutAsked, type useExamWindow } from './use-exam-window.ts';
import { useExams } from './use-exams.ts';

type WindowState = ReturnType<typeof useExamWindow>;

const usual = { opens: '10:00', closes: '20:00' };

/** When an exam may be written, by the school's clocks. */
export function WindowFields({ exam, window: { field, cuts, cut, keep } }: { exam: OfficeExamDto; window: WindowState }) {
  const { editor: words } = useOfficeText().exams;
  const locale = useLocale();
  const { refusal } = useExams();
  const zone = zoneInSentence(locale, exam.timeZone, serverNow());
  const value = windowOf(field.value);
  const wrong = instantsOf(value, exam.timeZone);
  const put = (part: Partial<typeof value>) => field.change(textOf({ ...value, ...part }));
  const error = field.saving.state === 'refused' ? field.saving.error : null;
  const refused = error === null ? null : error instanceof CutAsked ? words.cutAsked : refusal(error);
  const problem = 'problem' in wrong ? (wrong.problem === 'date' ? words.badDate : words.badWindow) : refused;
  return (
    <div>
      <MomentFields
        legend={words.opens(zone)}
        date={words.opensDate}
        time={words.opensTime}
        value={value.opens}
        usualTime={usual.opens}
        invalid={problem !== null}
        onChange={(opens) => put({ opens })}
        onLeave={field.leave}
      />
      <MomentFields
        legend={words.closes(zone)}
        date={words.closesDate}
        time={words.closesTime}
        value={value.closes}
        usualTime={usual.closes}
        invalid={problem !== null}
        onChange={(closes) => put({ closes })}
        onLeave={field.leave}
      />
      <div className={panel.below} role="status">
        {problem === null ? words.windowHelp : <FieldError>{problem}</FieldError>}
      </div>
      {cuts !== null && (
        <Dialog title={words.cutTitle} small onClose={keep}>
          <div className={layout.formStack}>
            <p>{words.cutText(cuts)}</p>
            <div className={forms.foot}>
              <Button variant="default" onClick={keep}>
                {words.cutKeep}
              </Button>
              <Button onClick={cut}>{words.cutAct}</Button>
            </div>
          </div>
        </Dialog>
      )}
    </div>
  );
}

interface MomentFieldsProps {
  legend: string;
  date: string;
  time: string;
  value: Moment;
  usualTime: string;
  invalid: boolean;
  onChange: (moment: Moment) => void;
  onLeave: () => void;
}

function MomentFields({ legend, date, time, value, usualTime, invalid, onChange, onLeave }: MomentFieldsProps) {
  return (
    <fieldset className={classes.moment}>
      <legend className={panel.legend}>{legend}</legend>
      <div className={forms.two}>
        <TextInput
          type="date"
          aria-label={date}
          min="2000-01-01"
          max="2199-12-31"
          value={value.on}
          aria-invalid={invalid}
          onChange={(event) => onChange(withDate(value, event.currentTarget.value, usualTime))}
          onBlur={onLeave}
        />
        <TextInput
          type="time"
          aria-label={time}
          value={value.time}
          aria-invalid={invalid}
          onChange={(event) => onChange({ ...value, time: event.currentTarget.value })}
          onBlur={onLeave}
        />
      </div>
    </fieldset>
  );
}
