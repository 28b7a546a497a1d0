import '@mantine/core/styles/Input.layer.css';
import { NativeSelect, TextInput } from '@mantine/core';
import { useLocation } from 'wouter';
import { useTyped } from '#client/features/office/list/use-typed.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { type FilesFilter, filterToSearch, readFilter } from './files-filter.ts';
import classes from './files-page.module.css';

export function FilesToolbar({ filter, courses }: { filter: FilesFilter; courses: { id: string; title: string }[] }) {
  const { page: words } = useOfficeText().files;
  const [path, navigate] = useLocation();
  // Every letter is no page of its own: «back» leads out of the search, not through it.
  const show = (part: Partial<FilesFilter>) => navigate(path + filterToSearch({ ...filter, page: 1, ...part }), { replace: true });

  const { typed, type } = useTyped(filter.search, (search) => show({ search }));

  return (
    <search className={classes.toolbar}>
      <TextInput
        className={classes.search}
        type="search"
        label={words.search}
        placeholder={words.searchHelp}
        value={typed}
        onChange={(event) => type(event.currentTarget.value)}
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
