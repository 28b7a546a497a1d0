import { ensureClientBuilt } from '#server/client-build.ts';

/** The pages are built once, before several sites ask for them at the same time. */
export default async function buildPages(): Promise<void> {
  await ensureClientBuilt(() => {});
}
