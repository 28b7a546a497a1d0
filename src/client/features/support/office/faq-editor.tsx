import '@mantine/core/styles/Input.layer.css';
import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { type KeyboardEvent, Suspense, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { errorText, fieldErrors } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { lazyOffice, useOfficeText } from '#client/lib/office-text.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { Button } from '#client/ui/button.tsx';
import { FieldError, FormError } from '#client/ui/field-error.tsx';
import { NoteBox } from '#client/ui/note-box.tsx';
import type { FaqCategoryDto, FaqOfficeArticleDto } from '#shared/support.ts';
import { faqLimits } from '#shared/support-limits.ts';
import { FaqConflictNote } from './faq-conflict-note.tsx';
import { type FaqFields, fieldsOf } from './faq-draft.ts';
import classes from './faq-editor.module.css';
import { FaqPreview } from './faq-preview.tsx';
import { useFaq } from './use-faq.ts';
import { type FaqDeed, useFaqForm } from './use-faq-form.ts';

const FaqConflict = lazyOffice(() => import('./faq-conflict.tsx'), 'FaqConflict');

/** From here on it is told how much room is left. */
const nearLimit = 500;

interface FaqEditorProps {
  article: FaqOfficeArticleDto | null;
  blank: FaqFields;
  about: string;
  fromChat: boolean;
  categories: FaqCategoryDto[];
}

/** An article and beside it what students will see. */
export function FaqEditor({ article, blank, about, fromChat, categories }: FaqEditorProps) {
  const { faq } = useOfficeText();
  const { editor: words } = faq;
  const text = useText();
  const format = useFormat();
  const [, navigate] = useLocation();
  const { remove } = useFaq();
  const form = useFaqForm({ article, blank, about, onCreated: ({ id }) => navigate(`/admin/faq/${id}`, { replace: true }) });
  const [problems, setProblems] = useState<Record<string, string>>({});
  const [comparing, compare] = useState(false);
  const { fields, stored, busy, done } = form;
  const refused = form.error ? { ...fieldErrors(form.error, text) } : {};
  const problem = (name: keyof FaqFields) => {
    const told = problems[name] ?? refused[name];
    return told && <FieldError>{told}</FieldError>;
  };

  function change(part: Partial<FaqFields>) {
    setProblems({});
    form.change(part);
  }

  function save(deed: FaqDeed) {
    const missing: Record<string, string> = {};
    if (fields.title.trim() === '') missing.title = text.errors.field.required;
    if (fields.categoryId === '') missing.categoryId = text.errors.field.required;
    const shown = deed === 'publish' || (deed === 'save' && stored?.published);
    if (shown && fields.body.trim() === '') missing.body = words.needsAnswer;
    setProblems(missing);
    const first = (['categoryId', 'title', 'body'] as const).find((name) => missing[name]);
    if (first) document.getElementById(`faq-${first}`)?.focus();
    else void form.save(deed);
  }

  const keys = (event: KeyboardEvent) => {
    if (event.key !== 's' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    save('save');
  };
  const left = faqLimits.body - fields.body.length;
  const said = () => {
    if (form.theirs) return faq.conflict.waiting;
    if (done === 'discard') return words.discarded;
    if (done === 'take') return faq.conflict.tookTheirs;
    if (done === 'merge') return faq.conflict.kept;
    if (done === 'unpublish') return words.unpublished;
    if (form.changed) return words.unsaved;
    if (done === 'publish') return words.savedPublished;
    return done === 'save' ? words.saved : stored ? words.same : '';
  };

  return (
    <>
      <div className={classes.notes}>
        {form.theirs && <FaqConflictNote theirs={form.theirs} onCompare={() => compare(true)} />}
        {form.restored && !form.theirs && (
          <NoteBox>
            <div className={classes.note}>
              <p>{words.restored}</p>
              <Button size="sm" variant="default" onClick={form.discard}>
                {words.discard}
              </Button>
            </div>
          </NoteBox>
        )}
        {fromChat && !stored && <NoteBox>{words.fromChat}</NoteBox>}
      </div>
      <div className={classes.editor}>
        {/* biome-ignore lint/a11y/useSemanticElements: nothing is sent by Enter in a field of one line */}
        <div role="group" className={classes.form} aria-label={words.form} onKeyDown={keys}>
          <NativeSelect
            id="faq-categoryId"
            label={words.category}
            value={fields.categoryId}
            error={problem('categoryId')}
            onChange={(event) => change({ categoryId: event.currentTarget.value })}
            data={[
              ...(categories.some(({ id }) => id === fields.categoryId) ? [] : [{ value: fields.categoryId, label: '' }]),
              ...categories.map(({ id, title }) => ({ value: id, label: title })),
            ]}
          />
          <TextInput
            id="faq-title"
            label={words.question}
            description={words.questionHelp}
            maxLength={faqLimits.title}
            autoComplete="off"
            value={fields.title}
            error={problem('title')}
            onChange={(event) => change({ title: event.currentTarget.value })}
          />
          <Textarea
            id="faq-body"
            label={words.answer}
            description={words.answerHelp}
            rows={14}
            maxLength={faqLimits.body}
            classNames={{ input: classes.answerField }}
            value={fields.body}
            error={problem('body')}
            onChange={(event) => change({ body: event.currentTarget.value })}
          />
          {left < nearLimit && <p className={classes.left}>{words.left(left)}</p>}
          <TextInput
            id="faq-keywords"
            label={words.keywords}
            description={words.keywordsHelp}
            maxLength={faqLimits.keywords}
            autoComplete="off"
            value={fields.keywords}
            error={problem('keywords')}
            onChange={(event) => change({ keywords: event.currentTarget.value })}
          />
          <div className={classes.buttons}>
            <BusyButton
              type="button"
              size="sm"
              busy={busy === (stored?.published ? 'save' : 'publish')}
              busyLabel={stored?.published ? words.saving : words.publishing}
              unavailable={form.theirs !== null}
              onClick={() => save(stored?.published ? 'save' : 'publish')}
            >
              {stored?.published ? words.save : words.publish}
            </BusyButton>
            <BusyButton
              type="button"
              size="sm"
              variant="default"
              busy={busy === (stored?.published ? 'unpublish' : 'save')}
              busyLabel={words.saving}
              unavailable={form.theirs !== null}
              onClick={() => save(stored?.published ? 'unpublish' : 'save')}
            >
              {stored?.published ? words.unpublish : words.saveDraft}
            </BusyButton>
            {stored && (
              <Button
                size="sm"
                variant="subtle"
                onClick={() => {
                  void remove(stored);
                  navigate('/admin/faq');
                }}
              >
                {faq.act.delete}
              </Button>
            )}
          </div>
          <p className={classes.status} role="status">
            {said()}{' '}
            {form.theirs && (
              <button type="button" className={classes.compare} onClick={() => compare(true)}>
                {faq.conflict.compare}
              </button>
            )}
            {stored?.published && !form.changed && <Link href={`/support#${stored.slug}`}>{words.onSite}</Link>}
          </p>
          <FormError>{form.error != null && Object.keys(refused).length === 0 && errorText(form.error, text, format)}</FormError>
        </div>
        <FaqPreview title={fields.title} category={categories.find(({ id }) => id === fields.categoryId)?.title ?? ''} body={fields.body} />
      </div>
      {comparing && form.theirs && (
        <Suspense fallback={null}>
          <FaqConflict
            mine={fields}
            theirs={form.theirs}
            categories={categories}
            onClose={() => compare(false)}
            onChoose={(chosen) => {
              compare(false);
              form.settle(chosen, 'merge');
            }}
            onTake={() => {
              compare(false);
              if (form.theirs) form.settle(fieldsOf(form.theirs), 'take');
            }}
          />
        </Suspense>
      )}
    </>
  );
}
