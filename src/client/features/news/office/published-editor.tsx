import { useState } from 'react';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { Button } from '#client/ui/button.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import type { NewsPostDto } from '#shared/news.ts';
import begun from './begun.module.css';
import classes from './composer.module.css';
import { Notes } from './composer.tsx';
import { ContentFields } from './content-fields.tsx';
import { inputOf, type NewsProblem, problemsOf } from './news-fields.ts';
import { Preview } from './preview.tsx';
import { useNewsDraft } from './use-news-draft.ts';
import { useNewsPictures } from './use-news-pictures.ts';

/** The words of one that is on the site. Nothing changes there before it is saved. */
export function PublishedEditor({ post, onDone }: { post: NewsPostDto; onDone: () => void }) {
  const { published: words, editor } = useOfficeText().news;
  const text = useText();
  const format = useFormat();
  const draft = useNewsDraft({ id: post.id, post, published: true });
  const pictures = useNewsPictures(draft);
  const [problems, setProblems] = useState<NewsProblem[]>([]);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { fields, state } = draft;

  async function save() {
    const found = problemsOf({ ...fields, audience: 'all' }, 0);
    setProblems(found);
    setProblem(null);
    if (found.length > 0) {
      document.getElementById(`news-${found[0]}`)?.focus();
      return;
    }
    setBusy(true);
    try {
      if ((await draft.flush()) && !pictures.busy) {
        await pictures.flush();
        onDone();
      }
    } catch (error) {
      setProblem(errorText(error, text, format));
    } finally {
      setBusy(false);
    }
  }

  const failed = state.status === 'failed' || state.status === 'refused';
  const isGoing = post.state === 'sending' || post.state === 'paused';
  return (
    <>
      <Notes draft={draft} />
      <div className={classes.composer}>
        {/* biome-ignore lint/a11y/useSemanticElements: nothing is sent by Enter in a field of one line */}
        <div role="group" className={classes.form} aria-label={editor.form}>
          <p className={begun.note}>{isGoing ? words.goingHelp : words.editHelp}</p>
          <ContentFields
            fields={fields}
            pictures={pictures}
            problems={problems}
            onChange={(part) => {
              setProblems(problems.filter((name) => !(name in part)));
              draft.change(part);
            }}
          />
          <div className={classes.buttons}>
            <BusyButton type="button" busy={busy} busyLabel={words.saving} unavailable={state.theirs !== null} onClick={() => void save()}>
              {words.save}
            </BusyButton>
            <Button
              variant="default"
              onClick={() => {
                draft.discard();
                onDone();
              }}
            >
              {words.discard}
            </Button>
          </div>
          <FormError>{problem ?? (failed && !busy && editor.refused(errorText(state.error, text, format)))}</FormError>
        </div>
        <Preview id={post.id} input={inputOf(fields, post)} pictures={draft.post?.pictures ?? []} />
      </div>
    </>
  );
}
