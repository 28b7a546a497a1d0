import type { EditorView } from '@codemirror/view';

/** `$…$` around what is selected; where nothing is, the cursor stands between. */
export function insertFormula(view: EditorView): void {
  const { from, to } = view.state.selection.main;
  const selected = view.state.sliceDoc(from, to);
  view.dispatch({
    changes: { from, to, insert: `$${selected}$` },
    selection: { anchor: selected ? from + selected.length + 2 : from + 1 },
  });
  view.focus();
}

/** A block of its own at the cursor: with empty lines around, as Markdown wants it. */
export function insertBlock(view: EditorView, block: string): void {
  const { to } = view.state.selection.main;
  const before = view.state.sliceDoc(0, to);
  const after = view.state.sliceDoc(to);
  const start = before === '' || before.endsWith('\n\n') ? '' : before.endsWith('\n') ? '\n' : '\n\n';
  const end = after === '' || after.startsWith('\n\n') ? '\n' : after.startsWith('\n') ? '\n' : '\n\n';
  view.dispatch({
    changes: { from: to, insert: start + block + end },
    selection: { anchor: to + start.length + block.length },
    scrollIntoView: true,
  });
  view.focus();
}
