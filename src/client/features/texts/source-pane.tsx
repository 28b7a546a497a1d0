import type { EditorView } from '@codemirror/view';
import { useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import { useOfficeText } from '#client/lib/office-text.ts';
import type_ from '#client/ui/type.module.css';
import { storableText, type TextDto, type TextProblem } from '#shared/texts.ts';
import { goToLine, showProblems } from './editor/problem-marks.ts';
import { createSourceEditor } from './editor/source-editor.ts';
import { ProblemList } from './problem-list.tsx';
import { SourceTools } from './source-tools.tsx';
import classes from './text-editor.module.css';
import { useFileInsertion } from './use-file-insertion.ts';

interface SourcePaneProps {
  text: TextDto;
  initial: string;
  problems: TextProblem[];
  onView: (view: EditorView | null) => void;
  onChange: (text: string) => void;
  onSave: () => void;
  onPublish: () => void;
}

export function SourcePane({ text, initial, problems, ...on }: SourcePaneProps) {
  const { editor } = useOfficeText();
  const host = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<EditorView | null>(null);
  const begun = useRef(initial);
  const helpId = useId();
  const files = useFileInsertion(text);

  const onView = useEffectEvent(on.onView);
  const onChange = useEffectEvent((next: string) => {
    // A view that is made anew goes on from here.
    begun.current = next;
    on.onChange(next);
  });
  const onSave = useEffectEvent(on.onSave);
  const onPublish = useEffectEvent(on.onPublish);
  const onFiles = useEffectEvent(files.insert);
  const fileNames = useEffectEvent(() => files.names);
  const make = useEffectEvent((parent: HTMLElement) =>
    createSourceEditor({
      kind: text.kind,
      parent,
      doc: storableText(begun.current),
      label: editor.sourceLabel[text.kind],
      describedBy: helpId,
      phrases: editor.phrases,
      keyWords: editor.keys,
      fileNames: () => fileNames(),
      onChange: (next) => onChange(next),
      onSave: () => onSave(),
      onPublish: () => onPublish(),
      onFiles: (list, at, pos) => onFiles(list, at, pos),
    }),
  );
  useEffect(() => {
    if (!host.current) return;
    const made = make(host.current);
    setView(made);
    onView(made);
    return () => {
      onView(null);
      made.destroy();
    };
  }, []);

  useEffect(() => {
    if (view)
      showProblems(
        view,
        problems.map((problem) => ({ line: problem.line, text: editor.problem(problem) })),
      );
  }, [view, problems, editor]);

  return (
    <section className={classes.sourcePane} aria-label={editor.source}>
      <div className={`${classes.paneHead} ${classes.sourceHead}`}>
        <span>{editor.source}</span>
        {view && (
          <SourceTools
            view={view}
            onFiles={(list) => files.insert(list, view, view.state.selection.main.to)}
            canAddFiles={text.topic !== null}
          />
        )}
      </div>
      <p id={helpId} className={type_.hidden}>
        {editor.sourceHelp}
      </p>
      <div ref={host} className={classes.code} />
      <div role="alert" className={classes.fileErrors}>
        {files.errors.map(({ id, words }) => (
          <p key={id}>{words}</p>
        ))}
      </div>
      <ProblemList problems={problems} onGo={(line) => view && goToLine(view, line)} />
    </section>
  );
}
