import { type RefObject, useLayoutEffect } from 'react';
import { anchorOf, isFirstScreen } from '#client/lib/navigation.ts';

/** In letters, formulas among them twice: a screen of a phone. */
const seenFirst = 1200;
/** In elements: what a slow phone lays out in the time of a few frames. */
const inOneGo = 250;
/** Of a line of text on a phone. */
const [lettersOfLine, lineHeight] = [40, 27];

/**
 * Lays out what lies outside the first screen of a long page a little at a time, when what is seen stands there and its fonts have come: a page of formulas
 * has thousands of elements, and a finger would wait for all of them. What is seen keeps its place meanwhile. Not where a place is come back to,
 * which the browser finds by the height of the page.
 * @param blocks a selector of the parts, from top to bottom
 */
export function useDrawnInTurn(root: RefObject<HTMLElement | null>, blocks: string): void {
  useLayoutEffect(() => {
    if (!root.current || !isFirstScreen()) return;
    const target = document.getElementById(anchorOf(window.location.hash));
    const { above, below } = outOfSight([...root.current.querySelectorAll<HTMLElement>(blocks)], target);
    // Drawn by the browser as soon as it is scrolled to. What is above comes only when its growing is made up for.
    for (const block of below) holdBack(block, 'auto');
    for (const block of above) holdBack(block, 'hidden');
    // Those next to what is seen come first.
    const waiting = [...below, ...above.reverse()];
    // Most browsers keep what is seen in its place by themselves.
    const anchors = CSS.supports('overflow-anchor', 'auto');
    const draw = (elements: number) => {
      const before = !anchors && target ? target.getBoundingClientRect().top : 0;
      for (let drawn = 0; drawn < elements; ) {
        const block = waiting.shift();
        if (!block) break;
        drawn += block.querySelectorAll('*').length + 1;
        for (const property of held) block.style.removeProperty(property);
      }
      if (target && !anchors) window.scrollBy({ top: target.getBoundingClientRect().top - before, behavior: 'instant' });
    };

    let here = true;
    let frame = 0;
    const goOn = () => {
      if (!here) return;
      frame = requestAnimationFrame(() => {
        draw(inOneGo);
        if (waiting.length > 0) goOn();
      });
    };
    const drawAll = () => draw(Number.POSITIVE_INFINITY);
    // In a frame: to say which fonts are wanted the browser lays the page out at once.
    frame = requestAnimationFrame(() => void document.fonts.ready.then(goOn));
    window.addEventListener('beforeprint', drawAll);
    return () => {
      here = false;
      cancelAnimationFrame(frame);
      window.removeEventListener('beforeprint', drawAll);
      drawAll();
    };
  }, [root, blocks]);
}

/** What is further than a screen below the top of the page, or below what its address names, and all that is above that. */
function outOfSight(blocks: HTMLElement[], target: HTMLElement | null): { above: HTMLElement[]; below: HTMLElement[] } {
  const isAbove = (block: HTMLElement) =>
    target !== null && Boolean(block.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING) && !block.contains(target);
  let letters = 0;
  const below = blocks.filter((block) => {
    if (isAbove(block)) return false;
    letters += block.textContent?.length ?? 0;
    return letters > seenFirst && block !== target;
  });
  return { above: blocks.filter(isAbove), below };
}

const held = ['content-visibility', 'contain-intrinsic-block-size'];

function holdBack(block: HTMLElement, visibility: 'auto' | 'hidden'): void {
  const lines = Math.ceil((block.textContent?.length ?? 0) / lettersOfLine);
  block.style.cssText += `content-visibility:${visibility};contain-intrinsic-block-size:auto ${lines * lineHeight}px`;
}
