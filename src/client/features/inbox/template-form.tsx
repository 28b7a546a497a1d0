import '@mantine/core/styles/Input.layer.css';
import { Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useDraft } from '#client/lib/draft.ts';
import { appError, errorText, fieldErrors } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { Button } from '#client/ui/button.tsx';
import { Dialog } from '#client/ui/dialog.tsx';
import { FieldError, FormError } from '#client/ui/field-error.tsx';
import { NoteBox } from '#client/ui/note-box.tsx';
import { chatLimits } from '#shared/chat-rules.ts';
import type { TemplateDto } from '#shared/inbox.ts';
import { TemplateConflict } from './template-conflict.tsx';
import classes from './templates.module.css';

interface TemplateFormProps {
  /** Null: a new one. */
  template: TemplateDto | null;
  onClose: () => void;
}

/** One template as two fields. What is typed outlives a reload and is left only by saving or by «Отмена». */
export function TemplateForm({ template, onClose }: TemplateFormProps) {
  const { templates: words } = useOfficeText().inbox;
  const text = useText();
  const format = useFormat();
  const utils = trpc.useUtils();
  const { draft, change, forget } = useDraft(`template.${template?.id ?? 'new'}`, {
    title: template?.title ?? '',
    body: template?.body ?? '',
    rev: template?.rev ?? 0,
  });
  /** What another teacher made of it meanwhile; `gone`: they deleted it. */
  const [theirs, setTheirs] = useState<TemplateDto | 'gone' | null>(null);
  const [problem, setProblem] = useState<{ title?: string; body?: string; form?: string }>({});
  const create = trpc.chat.templates.create.useMutation();
  const update = trpc.chat.templates.update.useMutation();
  const busy = create.isPending || update.isPending;

  const leave = () => {
    forget();
    onClose();
  };

  async function save(as: 'new' | { id: string; rev: number }) {
    if (busy) return;
    setProblem({});
    const { title, body } = draft;
    try {
      if (as === 'new') await create.mutateAsync({ title, body });
      else await update.mutateAsync({ ...as, title, body });
      await utils.chat.templates.list.invalidate();
      leave();
    } catch (error) {
      const code = appError(error)?.code;
      if (template && (code === 'CHAT_CONFLICT' || code === 'TEMPLATES_NOT_FOUND')) return showTheirs(template.id);
      const wrong = fieldErrors(error, text);
      setProblem(wrong.title || wrong.body ? wrong : { form: errorText(error, text, format) });
    }
  }

  async function showTheirs(id: string) {
    try {
      const now = await utils.chat.templates.list.fetch(undefined, { staleTime: 0 });
      setTheirs(now.find((one) => one.id === id) ?? 'gone');
    } catch (error) {
      setProblem({ form: errorText(error, text, format) });
    }
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    void save(template ? { id: template.id, rev: draft.rev } : 'new');
  }

  return (
    <Dialog title={template ? words.edit : words.add} onClose={leave}>
      <form className={classes.form} onSubmit={submit} noValidate>
        <TextInput
          label={words.name}
          description={words.nameHelp}
          maxLength={100}
          value={draft.title}
          error={problem.title && <FieldError>{problem.title}</FieldError>}
          onChange={(event) => change({ title: event.currentTarget.value })}
        />
        <Textarea
          label={words.body}
          description={words.bodyHelp}
          maxLength={chatLimits.body}
          rows={8}
          value={draft.body}
          error={problem.body && <FieldError>{problem.body}</FieldError>}
          onChange={(event) => change({ body: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event);
          }}
        />
        <FormError>{problem.form}</FormError>
        {theirs === 'gone' && (
          <NoteBox tone="warn" role="status">
            {words.gone}
          </NoteBox>
        )}
        {theirs !== null && theirs !== 'gone' ? (
          <TemplateConflict theirs={theirs} busy={busy} onOverrule={() => void save({ id: theirs.id, rev: theirs.rev })} onLeave={leave} />
        ) : (
          <div className={classes.buttons}>
            {theirs === 'gone' ? (
              <BusyButton type="button" busy={busy} busyLabel={words.saving} onClick={() => void save('new')}>
                {words.saveAsNew}
              </BusyButton>
            ) : (
              <BusyButton busy={busy} busyLabel={words.saving}>
                {words.save}
              </BusyButton>
            )}
            <Button variant="default" onClick={leave}>
              {words.cancel}
            </Button>
          </div>
        )}
      </form>
    </Dialog>
  );
}
