import { StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view';
import { makeUuid } from '#client/lib/make-uuid.ts';

/** Where a file that is on its way will stand. The mark moves with the text around it and is no part of the text. */
interface Begun {
  id: string;
  pos: number;
  words: string;
}

const begin = StateEffect.define<Begun>({ map: (value, change) => ({ ...value, pos: change.mapPos(value.pos) }) });
const end = StateEffect.define<string>();

class UploadWidget extends WidgetType {
  readonly id: string;
  readonly words: string;

  constructor(id: string, words: string) {
    super();
    this.id = id;
    this.words = words;
  }

  override eq(other: UploadWidget): boolean {
    return other.id === this.id;
  }

  toDOM(): HTMLElement {
    const mark = document.createElement('span');
    mark.className = 'cm-upload';
    mark.textContent = this.words;
    return mark;
  }
}

export const uploadMarks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let next = marks.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(begin)) {
        const { id, pos, words } = effect.value;
        next = next.update({ add: [Decoration.widget({ widget: new UploadWidget(id, words), id, side: 1 }).range(pos)] });
      }
      if (effect.is(end)) next = next.update({ filter: (_from, _to, mark) => mark.spec.id !== effect.value });
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** Marks the place; what it gives back puts the text there when the file has arrived, or nothing when it has not. */
export function beginUpload(view: EditorView, words: string, pos = view.state.selection.main.to): (markdown: string | null) => void {
  const id = makeUuid();
  view.dispatch({ effects: begin.of({ id, pos, words }) });
  return (markdown) => {
    let at = view.state.selection.main.to;
    view.state.field(uploadMarks).between(0, view.state.doc.length, (from, _to, mark) => {
      if (mark.spec.id === id) at = from;
    });
    view.dispatch({ effects: end.of(id), ...(markdown === null ? {} : { changes: { from: at, insert: markdown } }) });
  };
}

/** Takes files that are pasted or dropped; text goes its usual way. */
export function takeFiles(take: (files: File[], view: EditorView, pos: number) => void) {
  return EditorView.domEventHandlers({
    paste(event, view) {
      const files = [...(event.clipboardData?.files ?? [])];
      // A spreadsheet puts a picture of its cells beside their text.
      if (files.length === 0 || event.clipboardData?.types.includes('text/plain')) return false;
      take(files, view, view.state.selection.main.to);
      return true;
    },
    drop(event, view) {
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return false;
      event.preventDefault();
      take(files, view, view.posAtCoords({ x: event.clientX, y: event.clientY }) ?? view.state.selection.main.to);
      return true;
    },
  });
}
