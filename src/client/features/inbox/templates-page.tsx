import { useState } from 'react';
import { OfficePage } from '#client/features/office/office-page.tsx';
import { useUndo } from '#client/features/office/undo.tsx';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { anewUnlessSent } from '#client/lib/sent.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { Button } from '#client/ui/button.tsx';
import { EmptyState } from '#client/ui/empty-state.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import layout from '#client/ui/layout.module.css';
import { QueryView } from '#client/ui/query-view.tsx';
import { SkeletonBlock } from '#client/ui/skeleton.tsx';
import type { TemplateDto } from '#shared/inbox.ts';
import { TemplateForm } from './template-form.tsx';
import classes from './templates.module.css';

/** Ready answers: one list for all teachers. */
export function TemplatesPage() {
  const { inbox } = useOfficeText();
  const words = inbox.templates;
  // Other teachers change them too.
  const query = trpc.chat.templates.list.useQuery(undefined, { staleTime: anewUnlessSent });
  const [editing, setEditing] = useState<TemplateDto | 'new' | null>(null);
  const add = <Button onClick={() => setEditing('new')}>{words.add}</Button>;
  const some = query.data && query.data.length > 0;
  return (
    <OfficePage title={words.title} trail={[{ href: '/admin/inbox', label: inbox.title }]} actions={some && add}>
      <p className={classes.note}>{words.note}</p>
      <QueryView query={query} errorTitle={words.load} skeleton={<ListSkeleton />}>
        {(templates) =>
          templates.length === 0 ? (
            <EmptyState title={words.none} action={add}>
              {words.noneText}
            </EmptyState>
          ) : (
            <ul className={layout.list}>
              {templates.map((template) => (
                <TemplateRow key={template.id} template={template} onEdit={() => setEditing(template)} />
              ))}
            </ul>
          )
        }
      </QueryView>
      {editing && <TemplateForm template={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
    </OfficePage>
  );
}

function TemplateRow({ template, onEdit }: { template: TemplateDto; onEdit: () => void }) {
  const { templates: words } = useOfficeText().inbox;
  const text = useText();
  const format = useFormat();
  const utils = trpc.useUtils();
  const offerUndo = useUndo();
  const done = () => utils.chat.templates.list.invalidate();
  const restore = trpc.chat.templates.restore.useMutation({ onSuccess: done });
  const remove = trpc.chat.templates.remove.useMutation({
    async onSuccess(_result, { id }) {
      offerUndo({ message: words.removed(template.title), undo: () => restore.mutateAsync({ id }) });
      await done();
    },
  });
  return (
    <li className={classes.template}>
      <div className={classes.words}>
        <h2>{template.title}</h2>
        <p className={classes.body}>{template.body}</p>
        <FormError>{remove.error && errorText(remove.error, text, format)}</FormError>
      </div>
      <div className={classes.buttons}>
        <Button size="sm" variant="default" aria-label={words.editOf(template.title)} onClick={onEdit}>
          {words.edit}
        </Button>
        <BusyButton
          type="button"
          size="sm"
          variant="default"
          label={words.removeOf(template.title)}
          busy={remove.isPending}
          busyLabel={words.removing}
          onClick={() => remove.mutate({ id: template.id })}
        >
          {words.remove}
        </BusyButton>
      </div>
    </li>
  );
}

function ListSkeleton() {
  return [0, 1, 2].map((row) => <SkeletonBlock key={row} height={72} mt={16} radius={8} />);
}
