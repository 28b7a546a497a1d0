import '@mantine/core/styles/ActionIcon.layer.css';
import '@mantine/core/styles/Input.layer.css';
import { ActionIcon, NativeSelect } from '@mantine/core';
import { IconKeyboard, IconSearch, IconTemplate } from '@tabler/icons-react';
import { type Ref, useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import filters from '#client/features/office/list/filters.module.css';
import { SearchField } from '#client/features/office/list/search-field.tsx';
import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { icon } from '#client/ui/icon.ts';
import { setTitle } from '#shared/i18n/set-title.ts';
import { type InboxCountsDto, inboxFilters } from '#shared/inbox.ts';
import classes from './inbox.module.css';
import { type InboxView, isNarrow } from './inbox-filter.ts';
import { SoundSwitch } from './sound-switch.tsx';

/** The server counts no further. */
const mostCounted = 1000;

interface InboxHeadProps {
  view: InboxView;
  typed: string;
  counts: InboxCountsDto | undefined;
  /** Lets the keyboard open the search. */
  searchButton: Ref<HTMLButtonElement>;
  onType: (q: string) => void;
  onChange: (part: Partial<InboxView>) => void;
  onHelp: () => void;
}

export function InboxHead({ view, typed, counts, searchButton, onType, onChange, onHelp }: InboxHeadProps) {
  const { inbox } = useOfficeText();
  const format = useFormat();
  const [asked, setAsked] = useState(false);
  const open = asked || isNarrow(view);
  const number: Partial<Record<InboxView['filter'], number>> = counts ?? {};
  return (
    <>
      <div className={classes.head}>
        <h1>{inbox.title}</h1>
        <div className={classes.tools}>
          <ActionIcon
            ref={searchButton}
            aria-label={inbox.showSearch}
            title={inbox.showSearch}
            aria-expanded={open}
            onClick={() => {
              // Put away, it leaves nobody out any more.
              if (isNarrow(view)) onChange({ q: '', courseId: undefined });
              setAsked(!open);
            }}
            size={36}
          >
            <IconSearch {...icon.md} />
          </ActionIcon>
          <ActionIcon component={Link} href="/admin/templates" aria-label={inbox.toTemplates} title={inbox.toTemplates} size={36}>
            <IconTemplate {...icon.md} />
          </ActionIcon>
          <SoundSwitch />
          <ActionIcon className={classes.mouseOnly} aria-label={inbox.help} title={`${inbox.help} (?)`} onClick={onHelp} size={36}>
            <IconKeyboard {...icon.md} />
          </ActionIcon>
        </div>
      </div>
      {open && <Search view={view} typed={typed} onType={onType} onChange={onChange} focus={asked} />}
      <fieldset className={classes.filters} aria-label={inbox.filters}>
        {inboxFilters.map((one) => {
          const count = number[one] ?? 0;
          return (
            <button
              type="button"
              key={one}
              className={classes.filter}
              aria-pressed={view.filter === one}
              onClick={() => onChange({ filter: one })}
            >
              {inbox.filter[one]}
              {count > 0 && ` ${count < mostCounted ? format.number(count) : `${mostCounted - 1}+`}`}
            </button>
          );
        })}
      </fieldset>
    </>
  );
}

function Search({
  view,
  typed,
  onType,
  onChange,
  focus,
}: Pick<InboxHeadProps, 'view' | 'typed' | 'onType' | 'onChange'> & { focus: boolean }) {
  const { inbox } = useOfficeText();
  const choices = trpc.people.students.courseChoices.useQuery().data ?? [];
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    if (focus) box.current?.querySelector('input')?.focus();
  }, [focus]);
  const courses = choices.map(({ id, title, published }) => ({
    value: id,
    label: published ? setTitle(title) : inbox.draftCourse(setTitle(title)),
  }));
  return (
    <search ref={box} className={classes.search}>
      <SearchField label={inbox.search} typed={typed} onType={onType} maxLength={100} />
      <NativeSelect
        size="sm"
        classNames={{ input: filters.control }}
        aria-label={inbox.course}
        value={view.courseId ?? ''}
        onChange={(event) => onChange({ courseId: event.currentTarget.value || undefined })}
        data={[{ value: '', label: inbox.anyCourse }, ...courses]}
      />
    </search>
  );
}
