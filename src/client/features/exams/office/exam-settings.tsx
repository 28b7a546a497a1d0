import '@mantine/core/styles/Input.layer.css';
import '@mantine/core/styles/InlineInput.layer.css';
import '@mantine/core/styles/Checkbox.layer.css';
import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { Link } from 'wouter';
import forms from '#client/features/courses/office/forms.module.css';
import panel from '#client/features/courses/office/programme.module.css';
import { SavedLine } from '#client/features/courses/office/saved-line.tsx';
import { useAutosave } from '#client/features/courses/office/use-autosave.ts';
import { useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { FieldError } from '#client/ui/field-error.tsx';
import { Prose } from '#client/ui/prose.tsx';
import { examLimits } from '#shared/exams.ts';
import type { OfficeExamDto, UpdateOfficeExamInput } from '#shared/exams-office.ts';
import classes from './exam-editor.module.css';
import { useExamWindow } from './use-exam-window.ts';
import { useExams } from './use-exams.ts';
import { WindowFields } from './window-fields.tsx';

/** The rules of an exam. Every field saves itself. */
export function ExamSettings({ exam }: { exam: OfficeExamDto }) {
  const text = useText();
  const { editor: words } = useOfficeText().exams;
  const { refusal } = useExams();
  const title = useField(exam, 'title', exam.title, (typed) => ({ title: typed }), { isValid: (typed) => typed.trim() !== '' });
  const about = useField(exam, 'about', exam.about, (typed) => ({ about: typed }));
  const limit = useField(exam, 'limit', numberText(exam.limitMinutes), (typed) => ({ limitMinutes: numberOf(typed) }), {
    isValid: isNumberOrNone(examLimits.minutes),
  });
  const attempts = useField(exam, 'attempts', numberText(exam.attempts), (typed) => ({ attempts: numberOf(typed) }), {
    isValid: isNumberOrNone(examLimits.attempts),
  });
  const shuffled = useField(exam, 'shuffled', exam.shuffled ? 'yes' : 'no', (typed) => ({ shuffled: typed === 'yes' }));
  const review = useField(exam, 'review', exam.review, (typed) => ({ review: reviewOf(typed) }));
  const scale = useField(exam, 'scale', numberText(exam.scaleYear), (typed) => ({ scaleYear: numberOf(typed) }));
  const window = useExamWindow(exam);
  const problem = (of: typeof title, invalid: string) => {
    const told = of.valid ? (of.saving.state === 'refused' ? refusal(of.saving.error) : null) : invalid;
    return told && <FieldError>{told}</FieldError>;
  };
  const minutes = limit.valid ? numberOf(limit.value) : null;
  return (
    <section className={classes.settings} aria-labelledby="exam-settings">
      <h2 id="exam-settings">{words.settings}</h2>
      <div className={panel.fields}>
        <Textarea
          label={words.name}
          rows={2}
          maxLength={examLimits.title}
          value={title.value}
          error={problem(title, text.errors.field.required)}
          onChange={(event) => title.change(event.currentTarget.value.replace(/\n/g, ' '))}
          onBlur={title.leave}
        />
        <WindowFields exam={exam} window={window} />
        <TextInput
          label={words.limit}
          description={minutes !== null && minutes >= 60 ? words.limitWords(Math.floor(minutes / 60), minutes % 60) : words.limitHelp}
          inputMode="numeric"
          maxLength={5}
          autoComplete="off"
          classNames={{ wrapper: forms.narrow }}
          value={limit.value}
          error={problem(limit, words.badLimit)}
          onChange={(event) => limit.change(event.currentTarget.value)}
          onBlur={limit.leave}
        />
        <TextInput
          label={words.attempts}
          description={words.attemptsHelp}
          inputMode="numeric"
          maxLength={3}
          autoComplete="off"
          classNames={{ wrapper: forms.narrow }}
          value={attempts.value}
          error={problem(attempts, words.badAttempts)}
          onChange={(event) => attempts.change(event.currentTarget.value)}
          onBlur={attempts.leave}
        />
        <Checkbox
          size="sm"
          radius="sm"
          label={words.shuffled}
          checked={shuffled.value === 'yes'}
          error={problem(shuffled, '')}
          onChange={(event) => shuffled.put(event.currentTarget.checked ? 'yes' : 'no')}
        />
        <NativeSelect
          label={words.review}
          description={words.reviewHelp[reviewOf(review.value)]}
          value={review.value}
          error={problem(review, '')}
          onChange={(event) => review.put(event.currentTarget.value)}
          data={(['closing', 'finish'] as const).map((value) => ({ value, label: words.reviews[value] }))}
        />
        <NativeSelect
          label={words.scale}
          description={<ScaleNote exam={exam} year={numberOf(scale.value)} />}
          value={scale.value}
          error={problem(scale, '')}
          onChange={(event) => scale.put(event.currentTarget.value)}
          data={[
            { value: '', label: words.noScale },
            ...yearsOf(exam).map((year) => ({ value: String(year), label: words.scaleYear(year) })),
          ]}
        />
        <Textarea
          label={words.about}
          description={words.aboutHelp}
          autosize={false}
          rows={6}
          maxLength={examLimits.about}
          value={about.value}
          error={problem(about, '')}
          onChange={(event) => about.change(event.currentTarget.value)}
          onBlur={about.leave}
        />
        {exam.aboutHtml !== '' && (
          <div className={classes.preview}>
            <h3>{words.preview}</h3>
            <Prose html={exam.aboutHtml} size="plain" />
          </div>
        )}
        <SavedLine states={[title, about, limit, attempts, shuffled, review, scale, window.field].map(({ saving }) => saving)} />
      </div>
    </section>
  );
}

/** «29 из 29 баллов шкалы 2025 года», or why there will be no test score. */
function ScaleNote({ exam, year }: { exam: OfficeExamDto; year: number | null }) {
  const { editor: words } = useOfficeText().exams;
  if (year === null) {
    return exam.scales.length > 0 ? null : (
      <>
        {words.noScales(exam.subject)} <Link href="/admin/settings/scales">{words.toScales}</Link>
      </>
    );
  }
  const scale = exam.scales.find((one) => one.year === year);
  if (!scale) return words.scaleGone(year);
  return scale.points === exam.maxPoints ? words.scaleFits(scale.points, year) : words.scaleUnfit(exam.maxPoints, scale.points, year);
}

/** The scales there are, and the one that is chosen, also where it is gone. */
function yearsOf({ scales, scaleYear }: OfficeExamDto): number[] {
  const years = scales.map(({ year }) => year);
  return scaleYear === null || years.includes(scaleYear) ? years : [...years, scaleYear];
}

interface FieldOptions {
  isValid?: (typed: string) => boolean;
}

type Change = Omit<UpdateOfficeExamInput, 'id' | 'cut'>;

const anything = () => true;

function useField(
  exam: OfficeExamDto,
  name: string,
  stored: string,
  inputOf: (typed: string) => Change,
  { isValid = anything }: FieldOptions = {},
) {
  const { api, change } = useExams();
  const field = useAutosave({
    memory: `exam-${name}.${exam.id}`,
    stored,
    isValid,
    save: (typed) => change({ send: () => api.update.mutate({ id: exam.id, ...inputOf(typed) }) }),
  });
  return {
    ...field,
    /** A choice is made at once: nobody types on. */
    put(next: string) {
      field.change(next);
      field.leave();
    },
  };
}

const numberText = (number: number | null) => (number === null ? '' : String(number));
const numberOf = (typed: string) => (typed.trim() === '' ? null : Number(typed));
const reviewOf = (typed: string) => (typed === 'finish' ? 'finish' : 'closing');

function isNumberOrNone({ min, max }: { min: number; max: number }): (typed: string) => boolean {
  return (typed) => typed.trim() === '' || (/^\d+$/.test(typed.trim()) && Number(typed) >= min && Number(typed) <= max);
}
