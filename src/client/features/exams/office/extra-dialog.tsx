import '@mantine/core/styles/Input.layer.css';
import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData } from '@tanstack/react-query';
import { useState } from 'react';
import people from '#client/features/courses/office/early-dialog.module.css';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { Button } from '#client/ui/button.tsx';
import { Dialog } from '#client/ui/dialog.tsx';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import type { OfficeExamDto } from '#shared/exams-office.ts';
import type { StudentHitDto } from '#shared/students.ts';
import { ExtraForm } from './extra-form.tsx';

interface ExtraDialogProps {
  exam: OfficeExamDto;
  /** Whom it is about from the start. */
  chosen: StudentHitDto | null;
  onClose: () => void;
}

/** Minutes and attempts beyond the rules for one student; who has been given some already. */
export function ExtraDialog({ exam, chosen, onClose }: ExtraDialogProps) {
  const { exams } = useOfficeText();
  const words = exams.extras;
  const [person, setPerson] = useState(chosen);
  const given = trpc.exams.office.extras.useQuery({ id: exam.id }, { staleTime: 0 });
  return (
    <Dialog title={words.title} onClose={onClose}>
      {person === null ? (
        <FindStudent onChoose={setPerson} />
      ) : (
        <QueryView query={given} skeleton={<SkeletonBlock height={160} />} errorTitle={words.failed} level={3}>
          {(rows) => (
            <ExtraForm
              key={person.id}
              examId={exam.id}
              person={person}
              stored={rows.find((row) => row.person.id === person.id) ?? { minutes: 0, attempts: 0 }}
              onOther={() => setPerson(null)}
            />
          )}
        </QueryView>
      )}
      <h3 className={people.title}>{words.given}</h3>
      <QueryView query={given} skeleton={<SkeletonBlock height={56} />} errorTitle={words.failed} level={3}>
        {(rows) =>
          rows.length === 0 ? (
            <p className={people.none}>{words.nobody}</p>
          ) : (
            <ul className={people.list}>
              {rows.map((row) => (
                <li key={row.person.id}>
                  <span className={people.person}>
                    <span>{nameOf(row.person)}</span>
                    <span className={people.about}>{exams.results.extra(row.minutes, row.attempts)}</span>
                  </span>
                  <Button size="sm" variant="default" aria-label={words.changeOf(nameOf(row.person))} onClick={() => setPerson(row.person)}>
                    {words.change}
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
    </Dialog>
  );
}

const nameOf = ({ firstName, lastName }: StudentHitDto) => `${lastName} ${firstName}`;

function FindStudent({ onChoose }: { onChoose: (person: StudentHitDto) => void }) {
  const { extras: words } = useOfficeText().exams;
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed.trim(), 200);
  const found = trpc.people.students.find.useQuery({ q }, { enabled: q !== '', placeholderData: keepPreviousData });
  return (
    <>
      <TextInput
        type="search"
        label={words.search}
        description={words.searchHelp}
        value={typed}
        maxLength={100}
        autoComplete="off"
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <div role="status" className={people.found}>
        {q !== '' && (
          <QueryView query={found} skeleton={<SkeletonBlock height={56} />} errorTitle={words.failed} level={3}>
            {(hits) => (hits.length === 0 ? <p className={people.none}>{words.none}</p> : null)}
          </QueryView>
        )}
      </div>
      {q !== '' && (
        <ul className={people.list}>
          {found.data?.map((person) => (
            <li key={person.id}>
              <span className={people.person}>
                <span>{nameOf(person)}</span>
                <span className={people.about}>{person.email}</span>
              </span>
              <Button size="sm" variant="default" aria-label={words.chooseOf(nameOf(person))} onClick={() => onChoose(person)}>
                {words.choose}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
