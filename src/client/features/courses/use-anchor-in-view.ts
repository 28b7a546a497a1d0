import { useEffect, useState } from 'react';

/** The part of the page being read: the last of these elements whose top has passed the upper third of the window. */
export function useAnchorInView(ids: string[]): string | null {
  const [current, setCurrent] = useState<string | null>(ids[0] ?? null);
  const key = ids.join(' ');

  useEffect(() => {
    const all = key === '' ? [] : key.split(' ');
    let frame = 0;
    const look = () => {
      frame = 0;
      const edge = window.innerHeight / 3;
      const passed = all.findLast((id) => (document.getElementById(id)?.getBoundingClientRect().top ?? Number.POSITIVE_INFINITY) <= edge);
      setCurrent(passed ?? all[0] ?? null);
    };
    const soon = () => {
      frame ||= requestAnimationFrame(look);
    };
    // With the frame, which lays the page out anyway.
    soon();
    window.addEventListener('scroll', soon, { passive: true });
    window.addEventListener('resize', soon);
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener('scroll', soon);
      window.removeEventListener('resize', soon);
    };
  }, [key]);

  return current;
}
