import '@mantine/core/styles/Input.layer.css';
import { NativeSelect, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { useOfficeText } from '#client/lib/office-text.ts';
import { type FilesFilter, filterToSearch, readFilter } from './files-filter.ts';
import classes from './files-page.module.css';

const typingPauseMs = 300;

export function FilesToolbar({ filter, courses }: { filter: FilesFilter; courses: { id: string; title: string }[] }) {
  const { page: words } = useOfficeText().files;
  const [path, navigate] = useLocation();
  const [typed, setTyped] = useState(filter.search);
  // Every letter is no page of its own: «back» leads out of the search, not through it.
  const show = (part: Partial<FilesFilter>) => navigate(path + filterToSearch({ ...filter, page: 1, ...part }), { replace: true });

  // The address changed by «back» or by «reset».
  useEffect(() => setTyped(filter.search), [filter.search]);
  useEffect(() => {
    if (typed.trim() === filter.search) return;
    const timer = setTimeout(() => {
      const now = readFilter(window.location.search);
      navigate(path + filterToSearch({ ...now, page: 1, search: typed.trim() }), { replace: true });
    }, typingPauseMs);
    return () => clearTimeout(timer);
  }, [typed, filter.search, navigate, path]);

  return (
    <search className={classes.toolbar}>
      <TextInput
        className={classes.search}
        type="search"
        label={words.search}
        placeholder={words.searchHelp}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        maxLength={100}
        autoComplete="off"
      />
      <NativeSelect
        className={classes.course}
        label={words.course}
        value={filter.courseId ?? ''}
        onChange={(event) => show({ courseId: event.currentTarget.value || undefined })}
        data={[{ value: '', label: words.allCourses }, ...courses.map(({ id, title }) => ({ value: id, label: title }))]}
      />
      <NativeSelect
        label={words.kind}
        value={filter.kind ?? ''}
        onChange={(event) => show({ kind: readFilter(`kind=${event.currentTarget.value}`).kind })}
        data={[
          { value: '', label: words.kinds.all },
          { value: 'picture', label: words.kinds.picture },
          { value: 'video', label: words.kinds.video },
          { value: 'other', label: words.kinds.other },
        ]}
      />
      <NativeSelect
        label={words.sort}
        value={filter.sort}
        onChange={(event) => show({ sort: readFilter(`sort=${event.currentTarget.value}`).sort })}
        data={[
          { value: 'newest', label: words.sorts.newest },
          { value: 'largest', label: words.sorts.largest },
          { value: 'name', label: words.sorts.name },
        ]}
      />
    </search>
  );
}
