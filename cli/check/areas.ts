/** Parts of the tree, by folder. */

const folders = [
  ['src/shared/', 'shared'],
  ['src/client/', 'client'],
  ['src/server/platform/', 'platform'],
  ['src/server/trpc/', 'trpc'],
  ['src/server/features/', 'features'],
  ['src/server/acquirer/', 'acquirer'],
  ['src/server/', 'server'],
  ['src/bot/', 'bot'],
  ['src/e2e/', 'e2e'],
  ['cli/', 'cli'],
  ['prisma/', 'prisma'],
] as const;

export type Area = (typeof folders)[number][1] | 'root';

export function areaOf(path: string): Area {
  return folders.find(([prefix]) => path.startsWith(prefix))?.[1] ?? 'root';
}

/** Tests arrange their world through whatever they need, and so do their helpers, the bench and the screenshots. */
export function isTest(path: string): boolean {
  return /\.test\.tsx?$|\/testing\//.test(path) || areaOf(path) === 'e2e' || /^cli\/(bench|screenshots)\//.test(path);
}
