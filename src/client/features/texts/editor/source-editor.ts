import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import { lintKeymap } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension, Transaction } from '@codemirror/state';
import {
  drawSelection,
  dropCursor,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { styleNonce } from '#client/lib/nonce.ts';
import type { TextKind } from '#shared/texts.ts';
import { completeSource } from './key-completion.ts';
import { problemMarks } from './problem-marks.ts';
import { sourceColours, sourceLanguage } from './source-language.ts';
import { sourceTheme } from './source-theme.ts';
import { takeFiles, uploadMarks } from './uploads.ts';

export interface SourceEditorOptions {
  kind: TextKind;
  parent: HTMLElement;
  doc: string;
  label: string;
  describedBy: string;
  /** CodeMirror's own words, in the language of the page. */
  phrases: Readonly<Record<string, string>>;
  keyWords: Readonly<Record<string, string>>;
  fileNames: () => readonly string[];
  onChange: (text: string) => void;
  onSave: () => void;
  onPublish: () => void;
  onFiles: (files: File[], view: EditorView, pos: number) => void;
}

/** The editor of sources. Tab goes on to the next control, as everywhere on the page; Mod-] and Mod-[ indent. */
export function createSourceEditor({ kind, parent, doc, onChange, onSave, onPublish, ...options }: SourceEditorOptions): EditorView {
  const own = keymap.of([
    { key: 'Mod-s', preventDefault: true, run: () => done(onSave) },
    { key: 'Mod-Enter', run: () => done(onPublish) },
  ]);
  const extensions: Extension[] = [
    own,
    sourceSetup(kind, options.phrases),
    history(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    dropCursor(),
    closeBrackets(),
    search({ top: true }),
    highlightSelectionMatches(),
    autocompletion({ override: [completeSource({ kind, keyWords: options.keyWords, fileNames: options.fileNames })], icons: false }),
    problemMarks,
    uploadMarks,
    takeFiles(options.onFiles),
    keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, ...completionKeymap, ...lintKeymap]),
    EditorView.contentAttributes.of({ 'aria-label': options.label, 'aria-describedby': options.describedBy, autocapitalize: 'off' }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) onChange(update.state.doc.toString());
    }),
  ];
  return new EditorView({ parent, state: EditorState.create({ doc, extensions }) });
}

function done(act: () => void): boolean {
  act();
  return true;
}

/** What every view of a source has, also those that only compare. */
export function sourceSetup(kind: TextKind, phrases: Readonly<Record<string, string>>): Extension {
  return [
    lineNumbers(),
    highlightSpecialChars(),
    drawSelection(),
    bracketMatching(),
    EditorView.lineWrapping,
    EditorView.cspNonce.of(styleNonce()),
    // A browser lets the keyboard into it anyhow; checkers of accessibility want to read it.
    EditorView.contentAttributes.of({ tabindex: '0' }),
    EditorState.phrases.of(phrases),
    sourceLanguage(kind),
    sourceColours,
    sourceTheme,
  ];
}

/** Another text in place of this one, as one step that Mod-Z takes back. */
export function replaceText(view: EditorView, text: string): void {
  if (view.state.doc.toString() === text) return;
  view.dispatch({
    changes: { from: 0, to: view.state.doc.length, insert: text },
    annotations: Transaction.userEvent.of('input.replace'),
    selection: { anchor: Math.min(view.state.selection.main.anchor, text.length) },
  });
}
