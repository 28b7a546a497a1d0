import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { MergeView, unifiedMergeView } from '@codemirror/merge';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import type { TextKind } from '#shared/texts.ts';
import { sourceSetup } from './source-editor.ts';

type Phrases = Readonly<Record<string, string>>;

const collapse = { margin: 3, minSize: 6 };
const fixed: Extension = [EditorState.readOnly.of(true), EditorView.editable.of(false)];
const named = (label: string): Extension => EditorView.contentAttributes.of({ 'aria-label': label });
const typing: Extension = [history(), keymap.of([...defaultKeymap, ...historyKeymap])];

interface CompareOptions {
  kind: TextKind;
  parent: HTMLElement;
  before: string;
  after: string;
  sideBySide: boolean;
  phrases: Phrases;
  labels: { before: string; after: string };
}

/** Two texts with what differs marked; nothing can be changed. */
export function createComparison({ kind, parent, before, after, sideBySide, phrases, labels }: CompareOptions): { destroy(): void } {
  const setup = [sourceSetup(kind, phrases), fixed];
  if (sideBySide) {
    return new MergeView({
      parent,
      a: { doc: before, extensions: [setup, named(labels.before)] },
      b: { doc: after, extensions: [setup, named(labels.after)] },
      collapseUnchanged: collapse,
    });
  }
  const unified = unifiedMergeView({ original: before, mergeControls: false, collapseUnchanged: collapse });
  return new EditorView({ parent, state: EditorState.create({ doc: after, extensions: [setup, named(labels.after), unified] }) });
}

interface MergeOptions {
  kind: TextKind;
  parent: HTMLElement;
  mine: string;
  theirs: string;
  sideBySide: boolean;
  phrases: Phrases;
  labels: { mine: string; theirs: string };
  onChange: (mine: string) => void;
}

/** Mine can be edited; a piece of theirs comes over by its button. */
export function createMergeEditor({ kind, parent, mine, theirs, sideBySide, phrases, labels, onChange }: MergeOptions): {
  destroy(): void;
} {
  const setup = sourceSetup(kind, phrases);
  const told = EditorView.updateListener.of((update) => {
    if (update.docChanged) onChange(update.state.doc.toString());
  });
  const own = [setup, typing, named(labels.mine), told];
  if (sideBySide) {
    return new MergeView({
      parent,
      a: { doc: mine, extensions: own },
      b: { doc: theirs, extensions: [setup, fixed, named(labels.theirs)] },
      revertControls: 'b-to-a',
      collapseUnchanged: collapse,
    });
  }
  const unified = unifiedMergeView({ original: theirs, collapseUnchanged: collapse });
  return new EditorView({ parent, state: EditorState.create({ doc: mine, extensions: [own, unified] }) });
}
