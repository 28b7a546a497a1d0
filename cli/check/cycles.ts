/** Circles of imports. A circle of types alone is none: it is gone at run time. */
import type { Source } from './source-tree.ts';

/** One circle for each group of files that import each other, as the paths one comes by. */
export function findCycles(sources: Source[]): string[][] {
  const next = new Map(
    sources.map(({ path, imports }) => [path, imports.filter(({ own, typeOnly }) => own && !typeOnly).map(({ target }) => target)]),
  );
  const state = new Map<string, 'open' | 'done'>();
  const circles: string[][] = [];
  const trail: string[] = [];
  const visit = (path: string) => {
    state.set(path, 'open');
    trail.push(path);
    for (const target of next.get(path) ?? []) {
      if (state.get(target) === 'open') circles.push([...trail.slice(trail.indexOf(target)), target]);
      else if (!state.has(target)) visit(target);
    }
    trail.pop();
    state.set(path, 'done');
  };
  for (const path of next.keys()) if (!state.has(path)) visit(path);
  return circles;
}
