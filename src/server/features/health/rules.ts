/** Kinds of addresses, so that what counts them has an end whatever addresses are asked for. */
const routes: readonly [RegExp, string][] = [
  [/^\/trpc\//, 'procedure'],
  [/^\/(healthz|readyz|metrics)$/, 'health'],
  [/^\/assets\//, 'asset'],
  [/^\/files\//, 'file'],
  [/^\/exams\/[^/]+\/files\.zip$/, 'file'],
  [/^\/api\/uploads(\/|$)/, 'upload'],
  [/^\/api\/payments\//, 'webhook'],
  [/^\/telegram\//, 'webhook'],
  [/^\/api\//, 'download'],
  [/^\/unsubscribe\//, 'unsubscribe'],
  [/\.[a-z0-9]{2,6}$/, 'asset'],
];

/** The kind of an address, as numbers are kept by. */
export function routeOf(address: string): string {
  const path = address.split('?', 1)[0] ?? '';
  return routes.find(([pattern]) => pattern.test(path))?.[1] ?? 'page';
}
