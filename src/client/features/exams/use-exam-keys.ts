import { useEffect, useEffectEvent } from 'react';

/** Alt or Ctrl with an arrow leads to the neighbour. In a text of several lines these keys move by words, and there they go on doing so. */
export function useExamKeys(onMove: (by: -1 | 1) => void): void {
  const move = useEffectEvent(onMove);
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.altKey === event.ctrlKey || event.shiftKey || event.metaKey) return;
      if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
      if (event.target instanceof HTMLTextAreaElement || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      move(event.key === 'ArrowLeft' ? -1 : 1);
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);
}
