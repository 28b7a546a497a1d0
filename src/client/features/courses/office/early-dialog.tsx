import '@mantine/core/styles/Input.layer.css';
import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { Button } from '#client/ui/button.tsx';
import { Dialog } from '#client/ui/dialog.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import type { EarlyDto, OfficeTopicDto, ProgrammeDto } from '#shared/curriculum.ts';
import type { StudentHitDto } from '#shared/students.ts';
import classes from './early-dialog.module.css';
import { useCurriculum } from './use-curriculum.ts';

interface EarlyDialogProps {
  course: ProgrammeDto;
  topic: OfficeTopicDto;
  onClose: () => void;
}

/** Opens a topic to one student before its date, and closes it again. */
export function EarlyDialog({ course, topic, onClose }: EarlyDialogProps) {
  const text = useOfficeText().curriculum;
  const { early } = text;
  const [typed, setTyped] = useState('');
  const [query] = useDebouncedValue(typed.trim(), 200);
  const found = trpc.people.students.find.useQuery({ q: query }, { enabled: query !== '', placeholderData: keepPreviousData });
  const opened = trpc.courses.office.early.useQuery({ id: topic.id }, { staleTime: 0 });
  const { students } = trpc.useUtils().client.people;
  const { change } = useCurriculum(course.slug);
  const [problem, setProblem] = useState<unknown>(null);
  const words = useText();
  const format = useFormat();
  // Told here and not at the foot of the page, which lies under the dialog.
  const run = (send: () => Promise<void>) => {
    setProblem(null);
    void change({ send }).catch(setProblem);
  };
  const open = (person: StudentHitDto) => run(() => students.openTopic.mutate({ topicId: topic.id, personId: person.id }));
  const close = (person: EarlyDto) => run(() => students.closeTopic.mutate({ topicId: topic.id, personId: person.id }));
  const isOpened = (person: StudentHitDto) => opened.data?.some((one) => one.id === person.id) ?? false;
  return (
    <Dialog title={early.title(topic.title)} onClose={onClose}>
      <TextInput
        type="search"
        label={early.search}
        description={early.searchHelp}
        value={typed}
        maxLength={100}
        autoComplete="off"
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <div role="status" className={classes.found}>
        {query !== '' && (
          <QueryView query={found} skeleton={<SkeletonBlock height={56} />} errorTitle={early.failed} level={3}>
            {(people) => (people.length === 0 ? <p className={classes.none}>{early.none}</p> : null)}
          </QueryView>
        )}
      </div>
      {query !== '' && (
        <ul className={classes.list}>
          {found.data?.map((person) => (
            <Person key={person.id} person={person}>
              {isOpened(person) ? (
                <span className={classes.done}>{early.opened}</span>
              ) : (
                <Button size="sm" variant="default" aria-label={early.open(nameOf(person))} onClick={() => open(person)}>
                  {text.act.open}
                </Button>
              )}
            </Person>
          ))}
        </ul>
      )}
      <FormError>{problem !== null && errorText(problem, words, format)}</FormError>
      <h3 className={classes.title}>{early.list}</h3>
      <QueryView query={opened} skeleton={<SkeletonBlock height={56} />} errorTitle={early.failed} level={3}>
        {(people) =>
          people.length === 0 ? (
            <p className={classes.none}>{early.nobody}</p>
          ) : (
            <ul className={classes.list}>
              {people.map((person) => (
                <Person key={person.id} person={person} about={person.visited ? early.visited : undefined}>
                  <Button size="sm" variant="default" aria-label={early.closeFor(nameOf(person))} onClick={() => close(person)}>
                    {early.close}
                  </Button>
                </Person>
              ))}
            </ul>
          )
        }
      </QueryView>
    </Dialog>
  );
}

const nameOf = ({ firstName, lastName }: StudentHitDto) => `${lastName} ${firstName}`;

function Person({ person, about, children }: { person: StudentHitDto; about?: string; children: ReactNode }) {
  return (
    <li>
      <span className={classes.person}>
        <span>{nameOf(person)}</span>
        <span className={classes.about}>{about ? `${person.email}, ${about}` : person.email}</span>
      </span>
      {children}
    </li>
  );
}
