import '@mantine/core/styles/Input.layer.css';
import { TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useLocation } from 'wouter';
import { say } from '#client/features/office/undo.tsx';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useLocale, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { Dialog } from '#client/ui/dialog.tsx';
import { FieldError, FormError } from '#client/ui/field-error.tsx';
import layout from '#client/ui/layout.module.css';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import { type ProgrammeDto, titleLimit } from '#shared/curriculum.ts';
import { dayAndTime, dayPlus, isDay } from '#shared/wall-clock.ts';
import classes from './forms.module.css';
import { useNewId } from './new-dialogs.tsx';
import { useCurriculum } from './use-curriculum.ts';

interface NewYearDialogProps {
  course: { slug: string };
  onClose: () => void;
}

/** «Новый учебный год»: the course once more, its dates moved. */
export function NewYearDialog({ course, onClose }: NewYearDialogProps) {
  const { curriculum } = useOfficeText();
  const programme = trpc.courses.office.programme.useQuery({ course: course.slug });
  return (
    <Dialog title={curriculum.year.title} small onClose={onClose}>
      <QueryView query={programme} skeleton={<SkeletonBlock height={240} />} errorTitle={curriculum.course.failed} level={3}>
        {(loaded) => <NewYearForm course={loaded} onClose={onClose} />}
      </QueryView>
    </Dialog>
  );
}

/** 52 weeks: the same day of the week. */
const year = 364;

function NewYearForm({ course, onClose }: { course: ProgrammeDto; onClose: () => void }) {
  const text = useText();
  const format = useFormat();
  const locale = useLocale();
  const { curriculum } = useOfficeText();
  const { api, change } = useCurriculum();
  const [, navigate] = useLocation();
  const id = useNewId();
  const words = curriculum.year;
  const first = course.topics
    .map((topic) => topic.opensAt)
    .reduce<string | null>((least, at) => (least === null || at < least ? at : least), null);
  const [title, setTitle] = useState(course.title);
  const [firstOn, setFirstOn] = useState(() => dayPlus(dayAndTime(first ?? new Date().toISOString(), course.timeZone).on, year));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const valid = isDay(firstOn);
  const weekday = valid
    ? new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(Date.parse(`${firstOn}T00:00:00Z`))
    : '';

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy || !valid || title.trim() === '') return;
    setBusy(true);
    setProblem(null);
    try {
      let slug = '';
      await change({
        send: async () => {
          slug = (await api.startNewYear.mutate({ id: course.id, newId: id, title, firstOn })).slug;
        },
      });
      onClose();
      say(words.done(title.trim()));
      navigate(`/admin/courses/${slug}`);
    } catch (error) {
      setProblem(errorText(error, text, format));
      setBusy(false);
    }
  }

  return (
    <form className={layout.formStack} onSubmit={submit} noValidate>
      <p className={classes.note}>{words.note}</p>
      <TextInput
        label={words.name}
        value={title}
        maxLength={titleLimit}
        autoComplete="off"
        error={title.trim() === '' && <FieldError>{text.errors.field.required}</FieldError>}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <TextInput
        type="date"
        label={words.first}
        value={firstOn}
        min="2000-01-01"
        max="2199-12-31"
        description={valid && course.topics.length > 0 && words.firstHelp(weekday, format.number(course.topics.length))}
        error={!valid && <FieldError>{text.errors.field.invalid}</FieldError>}
        onChange={(event) => setFirstOn(event.currentTarget.value)}
      />
      <FormError>{problem}</FormError>
      <div>
        <BusyButton busy={busy} busyLabel={words.busy} unavailable={!valid || title.trim() === ''}>
          {words.act}
        </BusyButton>
      </div>
    </form>
  );
}
