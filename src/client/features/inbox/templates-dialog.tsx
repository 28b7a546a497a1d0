import '@mantine/core/styles/Input.layer.css';
import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { Link } from 'wouter';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { Dialog } from '#client/ui/dialog.tsx';
import { icon } from '#client/ui/icon.ts';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import type { TemplateDto } from '#shared/inbox.ts';
import { fitting } from './template-search.ts';
import classes from './templates.module.css';

interface TemplatesDialogProps {
  onClose: () => void;
  onChoose: (template: TemplateDto) => void;
}

/** Ready answers to choose from: typing looks for one, arrows go through the list, Enter takes it. */
export function TemplatesDialog({ onClose, onChoose }: TemplatesDialogProps) {
  const { templates: words } = useOfficeText().inbox;
  const query = trpc.chat.templates.list.useQuery();
  return (
    <Dialog title={words.title} onClose={onClose}>
      <QueryView query={query} errorTitle={words.load} level={3} skeleton={<SkeletonBlock height={200} radius={8} />}>
        {(templates) => <Choice templates={templates} onChoose={onChoose} />}
      </QueryView>
      <p className={classes.manage}>
        <Link href="/admin/templates">{words.manage}</Link>
      </p>
    </Dialog>
  );
}

function Choice({ templates, onChoose }: { templates: TemplateDto[]; onChoose: TemplatesDialogProps['onChoose'] }) {
  const { templates: words } = useOfficeText().inbox;
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const listId = useId();
  const field = useRef<HTMLInputElement>(null);
  // The list may come after the dialog, which then had no field yet to put the focus into.
  useEffect(() => field.current?.focus(), []);
  const found = fitting(templates, typed);
  const current = found[Math.min(at, found.length - 1)];
  const optionId = (id: string) => `${listId}-${id}`;

  const onKey = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && found.length > 0) {
      event.preventDefault();
      const next = (Math.min(at, found.length - 1) + step + found.length) % found.length;
      setAt(next);
      const chosen = found[next];
      if (chosen) document.getElementById(optionId(chosen.id))?.scrollIntoView({ block: 'nearest' });
    }
    if (event.key === 'Enter' && current) {
      event.preventDefault();
      onChoose(current);
    }
  };

  if (templates.length === 0) return <p className={classes.dim}>{words.none}</p>;
  return (
    <>
      <TextInput
        ref={field}
        type="search"
        role="combobox"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={current && optionId(current.id)}
        aria-label={words.search}
        placeholder={words.search}
        maxLength={100}
        autoComplete="off"
        leftSection={<IconSearch {...icon.sm} />}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKey}
      />
      <div id={listId} role="listbox" aria-label={words.list} className={classes.choices}>
        {found.map((template) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard is the field's (aria-activedescendant)
          // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field
          <div
            key={template.id}
            id={optionId(template.id)}
            role="option"
            aria-selected={template === current}
            className={classes.choice}
            onClick={() => onChoose(template)}
          >
            <b>{template.title}</b>
            <span>{template.body}</span>
          </div>
        ))}
      </div>
      <p role="status" className={classes.dim}>
        {found.length === 0 && words.notFound}
      </p>
    </>
  );
}
