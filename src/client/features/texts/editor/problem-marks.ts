import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint';
import type { Extension } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';

export interface LineProblem {
  line: number;
  text: string;
}

/** A sign at the line of each problem; its words on hover, and F8 goes to the next. */
export const problemMarks: Extension = lintGutter({ hoverTime: 200 });

export function showProblems(view: EditorView, problems: readonly LineProblem[]): void {
  const { doc } = view.state;
  const diagnostics = problems.map(({ line, text }): Diagnostic => {
    // A line of a text that was typed at meanwhile may be gone.
    const { from, to } = doc.line(Math.min(Math.max(1, line), doc.lines));
    return { from, to, severity: 'error', message: text };
  });
  view.dispatch(setDiagnostics(view.state, diagnostics));
}

/** Puts the cursor at the beginning of a line, in the middle of what is seen. */
export function goToLine(view: EditorView, line: number): void {
  const { from } = view.state.doc.line(Math.min(Math.max(1, line), view.state.doc.lines));
  view.focus();
  view.dispatch({ selection: { anchor: from }, scrollIntoView: true });
}
