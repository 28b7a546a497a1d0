import '@mantine/core/styles/Input.layer.css';
import { Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useLocale, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { Button } from '#client/ui/button.tsx';
import { FieldError } from '#client/ui/field-error.tsx';
import { type OfficeTopicDto, type ProgrammeDto, titleLimit } from '#shared/curriculum.ts';
import { zoneInSentence } from '#shared/i18n/zones.ts';
import { dayAndTime, instantOf, isDay, isTime } from '#shared/wall-clock.ts';
import { EarlyDialog } from './early-dialog.tsx';
import classes from './forms.module.css';
import panel from './programme.module.css';
import { withTopic } from './programme-changes.ts';
import { SavedLine } from './saved-line.tsx';
import { daysUntil, elsewhere } from './school-dates.ts';
import { type Saving, useAutosave } from './use-autosave.ts';
import { useCurriculum } from './use-curriculum.ts';

interface TopicPanelProps {
  course: ProgrammeDto;
  topic: OfficeTopicDto;
  now: number;
}

/** Name and date of a topic, which save themselves, and whom it is open to. */
export function TopicPanel({ course, topic, now, onOpened }: TopicPanelProps & { onOpened?: () => void }) {
  const text = useText();
  const format = useFormat();
  const locale = useLocale();
  const { curriculum } = useOfficeText();
  const { api, act, change } = useCurriculum(course.slug);
  const [choosing, setChoosing] = useState(false);
  const words = curriculum.topic;
  const { id } = topic;
  const zone = course.timeZone;
  const name = useAutosave({
    memory: `topic-title.${id}`,
    stored: topic.title,
    isValid: (title) => title.trim() !== '',
    save: (title) =>
      change({ programme: (before) => withTopic(before, id, { title: title.trim() }), send: () => api.renameTopic.mutate({ id, title }) }),
  });
  const stored = dayAndTime(topic.opensAt, zone);
  const opening = useAutosave({
    memory: `topic-opens.${id}`,
    stored: `${stored.on} ${stored.time}`,
    isValid: isMoment,
    save(typed) {
      const { on, time } = momentOf(typed);
      const opensAt = instantOf(on, time, zone).toISOString();
      return change({
        programme: (before) => withTopic(before, id, { opensAt }),
        send: () => api.setTopicOpening.mutate({ id, on, time }),
      });
    },
  });
  const { on, time } = momentOf(opening.value);
  const opensAt = opening.valid ? instantOf(on, time, zone).toISOString() : null;
  const openNow = () => {
    onOpened?.();
    // The beginning of the minute, as the server takes it.
    const at = new Date(now - (now % 60_000)).toISOString();
    return act({ programme: (before) => withTopic(before, id, { opensAt: at }), send: () => api.openTopicNow.mutate({ id }) }, () => ({
      message: words.openedAll(topic.title),
      undo: () => act({ send: () => api.setTopicOpening.mutate({ id, ...stored }) }),
    }));
  };
  const refusal = (saving: Saving) => (saving.state === 'refused' ? errorText(saving.error, text, format) : null);
  const nameProblem = name.valid ? refusal(name.saving) : text.errors.field.required;
  const dateProblem = opening.valid ? refusal(opening.saving) : words.badDate;
  return (
    <div className={panel.fields}>
      <Textarea
        label={curriculum.fields.title}
        rows={2}
        maxLength={titleLimit}
        value={name.value}
        error={nameProblem && <FieldError>{nameProblem}</FieldError>}
        onChange={(event) => name.change(event.currentTarget.value.replace(/\n/g, ' '))}
        onBlur={name.leave}
      />
      <fieldset>
        <legend className={panel.legend}>{words.opens(zoneInSentence(locale, zone, now))}</legend>
        <div className={classes.two}>
          <TextInput
            type="date"
            aria-label={words.date}
            min="2000-01-01"
            max="2199-12-31"
            value={on}
            aria-invalid={!opening.valid}
            onChange={(event) => opening.change(`${event.currentTarget.value} ${time}`)}
            onBlur={opening.leave}
          />
          <TextInput
            type="time"
            aria-label={words.time}
            value={time}
            aria-invalid={!opening.valid}
            onChange={(event) => opening.change(`${on} ${event.currentTarget.value}`)}
            onBlur={opening.leave}
          />
        </div>
        <div className={panel.below} role="status">
          {dateProblem && <FieldError>{dateProblem}</FieldError>}
          {opensAt && !dateProblem && <OpensNote course={course} topic={topic} opensAt={opensAt} now={now} />}
        </div>
      </fieldset>
      <div className={panel.buttons}>
        <Button
          variant="default"
          size="sm"
          fullWidth
          aria-disabled={daysUntil(zone, topic.opensAt, now) === null}
          onClick={() => daysUntil(zone, topic.opensAt, now) !== null && void openNow()}
        >
          {words.openAll}
        </Button>
        <Button variant="default" size="sm" fullWidth onClick={() => setChoosing(true)}>
          {words.openOne}
        </Button>
        {topic.openedFor > 0 && <p className={panel.below}>{words.openedFor(topic.openedFor)}</p>}
      </div>
      <p className={panel.below}>
        {words.chat(course.chatAfter)} <Link href={`/admin/courses/${course.slug}/settings`}>{words.chatWhere}</Link>
      </p>
      <SavedLine states={[name.saving, opening.saving]} />
      {choosing && <EarlyDialog course={course} topic={topic} onClose={() => setChoosing(false)} />}
    </div>
  );
}

const momentOf = (typed: string) => {
  const [on = '', time = ''] = typed.split(' ');
  return { on, time };
};
const isMoment = (typed: string) => isDay(momentOf(typed).on) && isTime(momentOf(typed).time);

/** «Через 1 день 22 часа. В Екатеринбурге 20:00, во Владивостоке 01:00 27 ноября.» */
function OpensNote({ course, topic, opensAt, now }: TopicPanelProps & { opensAt: string }) {
  const format = useFormat();
  const { topic: words } = useOfficeText().curriculum;
  const left = format.countdown(opensAt, now);
  const days = daysUntil(course.timeZone, opensAt, now);
  const when = days === null ? words.opened : left === null ? words.inDays(days) : words.in(left);
  const places = elsewhere(course.timeZone, opensAt).map(({ zone, time, on }) =>
    words.elsewhere(words.places[zone], time, on && format.day(on)),
  );
  const others = places.join(', ');
  return (
    <>
      {when} {others && `${others.charAt(0).toUpperCase()}${others.slice(1)}.`} {!topic.published && words.draftNote}
    </>
  );
}
