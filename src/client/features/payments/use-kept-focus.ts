import { useEffect, useRef } from 'react';

/**
 * A step that was taken may take what had the focus along with it: the keyboard goes on at what is found, and not from the top of the page. A focus that is
 * somewhere stays there.
 */
export function useKeptFocus(find: () => HTMLElement | null | undefined, step: unknown): void {
  const last = useRef(step);
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked for when a step was taken, and not for every new function
  useEffect(() => {
    if (last.current === step) return;
    last.current = step;
    const target = document.activeElement === document.body ? find() : null;
    if (!target) return;
    if (!target.matches('a[href], button, input, [tabindex]')) {
      target.tabIndex = -1;
      target.dataset.anchorTarget = '';
    }
    target.focus({ preventScroll: true });
  }, [step]);
}
