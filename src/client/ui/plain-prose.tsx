import { useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import classes from './prose.module.css';
import { applyStyles, setProse } from './set-prose.ts';

export interface ProseProps {
  /** Sanitised by the server, formulas already set. */
  html: string;
  /** `plain` is 16 px for documents, `inline` takes the size of the text around. */
  size?: 'reading' | 'plain' | 'inline';
  /** Only what belongs into a line, such as an option: may stand inside a label. */
  line?: boolean;
  className?: string;
  id?: string;
  /** Of the text: what teachers and students write is Russian, whatever the interface speaks. */
  lang?: string;
}

/**
 * Server-rendered Markdown without formulas (with them: `Prose`). Nothing is parsed here, only spaces are set. The server makes every box that may scroll a stop of the keyboard; those that fit are no
 * stop, or a page of formulas would be a long way through.
 */
export function PlainProse({ html, size = 'reading', line = false, className, id, lang = 'ru' }: ProseProps) {
  const root = useRef<HTMLDivElement & HTMLSpanElement>(null);
  const set = useMemo(() => ({ __html: setProse(html) }), [html]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is styled is made of `set`
  useLayoutEffect(() => {
    if (root.current) applyStyles(root.current);
  }, [set]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the boxes watched are made of `html`
  useEffect(() => {
    const boxes = [...(root.current?.querySelectorAll<HTMLElement>('.md-scroll') ?? [])];
    const look: ResizeObserverCallback = (entries) => {
      for (const { target } of entries) {
        const scrolls = target.scrollWidth > target.clientWidth + 1;
        if (scrolls) target.setAttribute('tabindex', '0');
        else target.removeAttribute('tabindex');
      }
    };
    // It looks at each when it begins to watch it, once the page is laid out.
    const observer = new ResizeObserver(look);
    const watch = () => {
      observer.disconnect();
      for (const box of boxes) observer.observe(box);
    };
    watch();
    // A formula gets wider inside a box of the same width when the fonts of formulas arrive.
    let here = true;
    if (boxes.length > 0) void document.fonts.ready.then(() => here && watch());
    return () => {
      here = false;
      observer.disconnect();
    };
  }, [html]);

  const style = [classes.prose, size !== 'reading' && classes[size], className].filter(Boolean).join(' ');
  const Element = line ? 'span' : 'div';
  // biome-ignore lint/security/noDangerouslySetInnerHtml: the one place where HTML of the server enters the page; it is sanitised there
  return <Element ref={root} id={id} lang={lang} className={style} dangerouslySetInnerHTML={set} />;
}
