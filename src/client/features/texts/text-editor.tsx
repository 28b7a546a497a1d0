import type { EditorView } from '@codemirror/view';
import { IconHistory } from '@tabler/icons-react';
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import { OfficePage } from '#client/features/office/office-page.tsx';
import { say, useUndo } from '#client/features/office/undo.tsx';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText as useSiteText } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { Button } from '#client/ui/button.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import { icon } from '#client/ui/icon.ts';
import layout from '#client/ui/layout.module.css';
import { NoteBox } from '#client/ui/note-box.tsx';
import type { TextDto } from '#shared/texts.ts';
import { ConflictNote } from './conflict-note.tsx';
import { goToLine } from './editor/problem-marks.ts';
import { replaceText } from './editor/source-editor.ts';
import { PreviewPane } from './preview-pane.tsx';
import { SaveStatus } from './save-status.tsx';
import { SourcePane } from './source-pane.tsx';
import classes from './text-editor.module.css';
import { usePreview } from './use-preview.ts';
import { usePublish } from './use-publish.ts';
import { useText } from './use-text.ts';

const ConflictDialog = lazy(() => import('./conflict-dialog.tsx').then((file) => ({ default: file.ConflictDialog })));
const HistoryDialog = lazy(() => import('./history-dialog.tsx').then((file) => ({ default: file.HistoryDialog })));
const KeyFixDialog = lazy(() =>
  import('#client/features/tasks/office/key-fix-dialog.tsx').then((file) => ({ default: file.KeyFixDialog })),
);

/** A text, what students will see of it, and the way from one to the other. */
export function TextEditor({ text: dto, personId }: { text: TextDto; personId: string }) {
  const { editor, clusters } = useOfficeText();
  const words = useSiteText();
  const format = useFormat();
  const undo = useUndo();
  const { autosave, restored } = useText(dto, personId);
  const saving = autosave.state.use();
  const view = useRef<EditorView | null>(null);
  const [source, setSource] = useState(autosave.text);
  const [published, setPublished] = useState({ source: dto.published, at: dto.publishedAt });
  const [shown, setShown] = useState<'history' | 'conflict' | null>(null);
  const { preview, error: previewError } = usePreview(dto, source);
  const { mutateAsync: discardDraft } = trpc.texts.discardDraft.useMutation();
  const [failure, setFailure] = useState<unknown>(null);

  const publishing = usePublish(dto, autosave, {
    onPublished: (now, sent) => {
      setPublished({ source: now.source, at: now.at });
      if (view.current?.state.doc.toString() === sent) replaceText(view.current, now.source);
    },
    onProblems: (problems) => view.current && goToLine(view.current, problems[0]?.line ?? 1),
  });

  const change = useCallback(
    (next: string) => {
      autosave.change(next);
      setSource(next);
    },
    [autosave],
  );
  /** Puts another text into the editor, as one step that can be taken back. */
  const put = (next: string) => view.current && replaceText(view.current, next);

  // The note stands on top of the page, and who is writing may be far below.
  const inConflict = saving.status === 'conflict';
  useEffect(() => {
    if (inConflict) say(editor.conflict.noticed);
  }, [inConflict, editor]);

  const isNew = published.source === null;
  const edited = source !== published.source;
  const canPublish = !dto.deleted && (edited || (dto.kind === 'task' && published.at === null));
  const publish = () => {
    if (inConflict) setShown('conflict');
    else if (canPublish) void publishing.publish();
  };

  async function discard(): Promise<void> {
    setFailure(null);
    try {
      if ((await autosave.flush()) !== 'saved') return;
      const mine = autosave.text();
      const result = await autosave.exclusively(() => discardDraft({ kind: dto.kind, subjectId: dto.subjectId, baseRev: autosave.rev() }));
      if (result.outcome === 'conflict') autosave.meet(result.theirs);
      if (result.outcome !== 'discarded') return;
      autosave.adopt(result.published, result.rev, null);
      put(result.published);
      undo({ message: editor.discarded, undo: async () => put(mine) });
    } catch (error) {
      setFailure(error);
    }
  }

  const problems = preview?.problems ?? [];
  const error = publishing.error ?? failure;
  return (
    <OfficePage
      title={titleOf(dto, preview?.task?.title || dto.title, editor)}
      trail={trailOf(dto, editor.topic)}
      dense
      actions={
        <>
          <SaveStatus state={saving} />
          <Button variant="default" size="sm" leftSection={<IconHistory {...icon.sm} />} onClick={() => setShown('history')}>
            {editor.history.open}
          </Button>
          <BusyButton
            type="button"
            size="sm"
            busy={publishing.busy}
            busyLabel={editor.publishing}
            unavailable={!canPublish}
            onClick={publish}
          >
            {editor.publish}
          </BusyButton>
        </>
      }
      facts={
        <>
          {published.at === null && dto.kind === 'task' ? (
            <span className={`${layout.tag} ${classes.draftTag}`}>{editor.draft}</span>
          ) : edited ? (
            <span className={`${layout.tag} ${classes.draftTag}`}>{editor.editing}</span>
          ) : (
            !dto.deleted && <span>{editor.nothingToPublish}</span>
          )}
          {dto.studentUrl && (
            <a className={classes.factLink} href={dto.studentUrl} target="_blank" rel="noopener">
              {editor.onSite}
            </a>
          )}
          {dto.kind === 'task' && !isNew && (
            <Link className={classes.factLink} href={`/admin/tasks/${dto.subjectId}/answers`}>
              {clusters.open}
            </Link>
          )}
          {edited && !isNew && !inConflict && (
            <button type="button" className={classes.factButton} onClick={() => void discard()}>
              {editor.discard}
            </button>
          )}
        </>
      }
    >
      <div className={classes.notes}>
        {dto.deleted && <NoteBox tone="warn">{editor.deleted}</NoteBox>}
        {restored && !inConflict && <NoteBox role="status">{editor.save.restored}</NoteBox>}
        {inConflict && saving.theirs && <ConflictNote kind={dto.kind} theirs={saving.theirs} onCompare={() => setShown('conflict')} />}
        <FormError>{publishing.refusal ?? (error ? errorText(error, words, format) : null)}</FormError>
      </div>
      <div className={classes.panes}>
        <SourcePane
          text={dto}
          initial={source}
          problems={problems}
          onView={(made) => {
            view.current = made;
          }}
          onChange={(next) => {
            publishing.forgetRefusal();
            change(next);
          }}
          onSave={() => void autosave.flush()}
          onPublish={publish}
        />
        <PreviewPane text={dto} source={source} preview={preview} error={previewError} />
      </div>
      <Suspense fallback={null}>
        {shown === 'history' && (
          <HistoryDialog
            text={dto}
            source={source}
            onClose={() => setShown(null)}
            onRestore={(version) => {
              const before = autosave.text();
              put(version.source);
              setShown(null);
              undo({ message: editor.history.restored(version.number), undo: async () => put(before) });
            }}
          />
        )}
        {shown === 'conflict' && saving.theirs && (
          <ConflictDialog
            kind={dto.kind}
            mine={source}
            theirs={saving.theirs}
            onClose={() => setShown(null)}
            onKeep={(merged) => {
              put(merged);
              // The editor tells of it only when it is another text than before.
              autosave.change(merged);
              autosave.overrule();
              setShown(null);
              undo({ message: editor.conflict.keptMine, undo: async () => put(saving.theirs?.source ?? merged) });
            }}
            onTake={(theirs) => {
              const mine = autosave.text();
              if (theirs.published) setPublished((before) => ({ ...before, source: theirs.source }));
              autosave.change(theirs.source);
              autosave.adopt(theirs.source, theirs.rev, theirs.at);
              put(theirs.source);
              setShown(null);
              undo({ message: editor.conflict.tookTheirs, undo: async () => put(mine) });
            }}
          />
        )}
        {publishing.keyFix && (
          <KeyFixDialog
            preview={publishing.keyFix}
            busy={publishing.busy}
            error={publishing.error}
            onApply={(choice) => void publishing.publish(choice)}
            onCancel={publishing.cancelKeyFix}
          />
        )}
      </Suspense>
    </OfficePage>
  );
}

type EditorWords = ReturnType<typeof useOfficeText>['editor'];

function titleOf(text: TextDto, title: string, { title: words }: EditorWords): string {
  return text.kind === 'task' ? title : words[text.kind](text.title);
}

function trailOf({ kind, course, topic }: TextDto, topicName: (n: number) => string): { href: string; label: string }[] {
  const programme = `/admin/courses/${course.slug}`;
  if (!topic) return [{ href: `${programme}/settings`, label: course.title }];
  const label = kind === 'theory' ? topicName(topic.number) : `${topicName(topic.number)}. ${topic.title}`;
  return [
    { href: programme, label: course.title },
    { href: `${programme}?topic=${topic.id}`, label },
  ];
}
