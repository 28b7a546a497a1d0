import { type RefObject, useEffect, useEffectEvent, useRef } from 'react';
import { useOfficeText } from '#client/lib/office-text.ts';
import { createMergeEditor } from './editor/merge.ts';

interface Merge {
  mine: string;
  theirs: string;
  labels: { mine: string; theirs: string };
  sideBySide: boolean;
  onChange: (text: string) => void;
}

/** Two versions of a Markdown text, to be made one. @returns where the editor is drawn */
export function useTextMerge({ mine, theirs, labels, sideBySide, onChange }: Merge): RefObject<HTMLDivElement | null> {
  const { editor } = useOfficeText();
  const host = useRef<HTMLDivElement>(null);
  const latest = useRef(mine);
  const make = useEffectEvent((parent: HTMLElement, wide: boolean) =>
    createMergeEditor({
      // Markdown without a front matter.
      kind: 'course',
      parent,
      // From one layout to the other what was merged so far stays.
      mine: latest.current,
      theirs,
      sideBySide: wide,
      phrases: editor.phrases,
      labels,
      onChange(text) {
        latest.current = text;
        onChange(text);
      },
    }),
  );
  useEffect(() => {
    if (!host.current) return;
    const made = make(host.current, sideBySide);
    return () => made.destroy();
  }, [sideBySide]);
  return host;
}
