import { IconPencil } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { withNext } from '#client/features/auth/next.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { icon } from '#client/ui/icon.ts';
import classes from './edit.module.css';
import type { Editable } from './edit.tsx';
import { RenameForm } from './rename-form.tsx';
import { type Named, useThingId } from './thing-id.ts';
import { useRename } from './use-rename.ts';

/** One quiet line, the pieces that come late at its end: another title right here, and the way to the source. The way leads back to this place. */
export function EditControls({ thing }: { thing: Editable }) {
  return thing.kind === 'home' ? <HomeLinks /> : <ThingControls thing={thing} />;
}

function HomeLinks() {
  const { edit } = useOfficeText();
  return (
    <nav className={classes.line} aria-label={edit.page}>
      <EditLink href="/admin">{edit.dashboard}</EditLink>
      <EditLink href="/admin/courses">{edit.courses}</EditLink>
    </nav>
  );
}

function ThingControls({ thing }: { thing: Named }) {
  const { edit } = useOfficeText();
  const [renaming, setRenaming] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const id = useThingId(thing);
  const { rename, undo, done } = useRename(thing);

  const asked = useRef(false);
  useEffect(() => {
    // The field that had the focus is gone.
    if (!renaming && asked.current) button.current?.focus();
    asked.current = renaming;
  }, [renaming]);

  return (
    <div className={classes.controls}>
      {renaming && <RenameForm label={edit.name[thing.kind]} title={thing.title} onSubmit={rename} onClose={() => setRenaming(false)} />}
      <nav className={classes.line} aria-label={edit.label(thing.title)} hidden={renaming}>
        <button ref={button} type="button" className={classes.link} onClick={() => setRenaming(true)}>
          <IconPencil {...icon.sm} />
          {edit.rename}
        </button>
        <Sources thing={thing} id={id} />
      </nav>
      <p role="status" className={classes.done}>
        {!renaming && done === 'renamed' && (
          <>
            {edit.renamed}{' '}
            <button type="button" className={classes.link} onClick={undo}>
              {edit.undo}
            </button>
          </>
        )}
        {!renaming && done === 'undone' && edit.undone}
      </p>
    </div>
  );
}

function Sources({ thing, id }: { thing: Named; id: string | undefined }) {
  const { edit } = useOfficeText();
  switch (thing.kind) {
    case 'task':
      return (
        <EditLink href={`/admin/tasks/${thing.id}`} anchor={thing.slug}>
          {edit.task}
        </EditLink>
      );
    case 'topic':
      return (
        <>
          <EditLink href={`/admin/courses/${thing.course}`}>{edit.programme}</EditLink>
          {id && <EditLink href={`/admin/theory/${id}`}>{edit.theory}</EditLink>}
        </>
      );
    case 'course':
      return (
        <>
          <EditLink href={`/admin/courses/${thing.course}`}>{edit.programme}</EditLink>
          {id && <EditLink href={`/admin/descriptions/${id}`}>{edit.description}</EditLink>}
        </>
      );
  }
}

function EditLink({ href, anchor, children }: { href: string; anchor?: string; children: string }) {
  const [path] = useLocation();
  return (
    <Link href={withNext(href, anchor ? `${path}#${anchor}` : path)} className={classes.link}>
      {children}
    </Link>
  );
}
