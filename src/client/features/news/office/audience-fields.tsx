import '@mantine/core/styles/FloatingIndicator.layer.css';
import '@mantine/core/styles/Input.layer.css';
import '@mantine/core/styles/SegmentedControl.layer.css';
import { NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { FieldError } from '#client/ui/field-error.tsx';
import { setTitle } from '#shared/i18n/set-title.ts';
import { newsAudiences, newsLimits } from '#shared/news.ts';
import { AudienceLine } from './audience-line.tsx';
import { AudienceList } from './audience-list.tsx';
import classes from './composer.module.css';
import type { NewsProblem } from './news-fields.ts';
import type { AudienceCount } from './use-audience-count.ts';
import type { NewsDraft } from './use-news-draft.ts';

interface AudienceFieldsProps {
  draft: NewsDraft;
  audience: AudienceCount;
  problems: readonly NewsProblem[];
}

/** To whom: one of four ways, and how many that is at this moment. */
export function AudienceFields({ draft, audience, problems }: AudienceFieldsProps) {
  const { editor: words } = useOfficeText().news;
  const { fields, change } = draft;
  return (
    <fieldset className={classes.field}>
      <legend className={classes.label}>{words.who}</legend>
      <SegmentedControl
        aria-label={words.who}
        value={fields.audience}
        onChange={(value) => change({ audience: newsAudiences.find((one) => one === value) ?? 'all' })}
        transitionDuration={0}
        withItemsBorders={false}
        classNames={{ root: classes.segments, label: classes.segment, indicator: classes.indicator, input: classes.segmentInput }}
        data={newsAudiences.map((value) => ({ value, label: words.whom[value] }))}
      />
      {fields.audience === 'course' && <CourseField draft={draft} wrong={problems.includes('courseId')} />}
      {fields.audience === 'inactive' && (
        <TextInput
          id="news-inactiveDays"
          className={classes.days}
          label={words.days}
          description={words.daysHelp}
          inputMode="numeric"
          maxLength={3}
          autoComplete="off"
          value={fields.inactiveDays}
          error={problems.includes('inactiveDays') && <FieldError>{words.daysWrong(newsLimits.inactiveDays)}</FieldError>}
          onChange={(event) => change({ inactiveDays: event.currentTarget.value })}
        />
      )}
      {fields.audience === 'list' && <AudienceList draft={draft} wrong={problems.includes('list')} onChanged={audience.again} />}
      <AudienceLine fields={fields} audience={audience} />
    </fieldset>
  );
}

function CourseField({ draft: { fields, change }, wrong }: { draft: NewsDraft; wrong: boolean }) {
  const { editor: words } = useOfficeText().news;
  const choices = trpc.people.students.courseChoices.useQuery();
  const courses = (choices.data ?? []).map(({ id, title, published }) => ({
    value: id,
    label: published ? setTitle(title) : words.courseDraft(setTitle(title)),
  }));
  const error = wrong ? words.courseRequired : choices.isError && !choices.data ? words.coursesFailed : null;
  return (
    <NativeSelect
      id="news-courseId"
      label={words.course}
      value={courses.some(({ value }) => value === fields.courseId) ? fields.courseId : ''}
      error={error && <FieldError>{error}</FieldError>}
      onChange={(event) => change({ courseId: event.currentTarget.value })}
      data={[{ value: '', label: words.chooseCourse }, ...courses]}
    />
  );
}
