import { useState } from 'react';
import { say } from '#client/features/office/undo.tsx';
import { appError } from '#client/lib/errors.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import type { KeyFixChoice, KeyFixPreviewDto } from '#shared/key-fix.ts';
import { storableText, type TextInput, type TextProblem } from '#shared/texts.ts';
import type { Autosave } from './autosave.ts';

interface Published {
  source: string;
  at: string;
}

interface Callbacks {
  onPublished: (published: Published, sent: string) => void;
  onProblems: (problems: TextProblem[]) => void;
}

/** Publishing: first everything typed is saved, then the server reads it as an import would. */
export function usePublish({ kind, subjectId }: TextInput, autosave: Autosave, { onPublished, onProblems }: Callbacks) {
  const { editor } = useOfficeText();
  const queries = trpc.useUtils();
  const { mutateAsync } = trpc.texts.publish.useMutation();
  const [busy, setBusy] = useState(false);
  const [keyFix, setKeyFix] = useState<KeyFixPreviewDto | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [refusal, setRefusal] = useState<string | null>(null);

  async function publish(choice?: KeyFixChoice): Promise<void> {
    if (busy) return;
    setBusy(true);
    setError(null);
    setRefusal(null);
    try {
      const status = await autosave.flush();
      if (status === 'saved') await publishSaved(choice);
      else if (status !== 'conflict') setRefusal(editor.notPublishedUnsaved);
    } catch (failure) {
      // Between the look and the decision the numbers became others: look again.
      if (appError(failure)?.code === 'TASKS_KEY_FIX_STALE') await lookAgain(failure);
      else setError(failure);
    } finally {
      setBusy(false);
    }
  }

  async function publishSaved(choice: KeyFixChoice | undefined): Promise<void> {
    const sent = autosave.text();
    const result = await autosave.exclusively(async () => {
      const source = storableText(sent);
      const answer = await mutateAsync({ kind, subjectId, baseRev: autosave.rev(), source, ...(choice ? { keyFix: choice } : {}) });
      if (answer.outcome === 'published') {
        // The reader takes empty lines off: what was typed meanwhile stays as it is.
        if (autosave.text() === sent) autosave.change(answer.source);
        autosave.adopt(answer.source, answer.rev, answer.at);
      }
      return answer;
    });
    switch (result.outcome) {
      case 'published':
        setKeyFix(null);
        onPublished(result, sent);
        say(result.gained ? editor.publishedGain(result.gained) : editor.published);
        // What students see is read anew wherever it is shown.
        await Promise.all([queries.courses.invalidate(), queries.texts.versions.invalidate(), queries.tasks.invalidate()]);
        return;
      case 'conflict':
        setKeyFix(null);
        autosave.meet(result.theirs);
        return;
      case 'problems':
        setKeyFix(null);
        setRefusal(editor.notPublished(result.problems.length));
        onProblems(result.problems);
        return;
      case 'key-changed':
        setKeyFix(result.preview);
    }
  }

  async function lookAgain(failure: unknown): Promise<void> {
    try {
      await publishSaved(undefined);
      setError(failure);
    } catch (again) {
      setError(again);
    }
  }

  return {
    publish,
    busy,
    keyFix,
    cancelKeyFix: () => {
      setKeyFix(null);
      setError(null);
    },
    error,
    refusal,
    forgetRefusal: () => setRefusal(null),
  };
}
