import { randomUUID } from 'node:crypto';
import type { App } from '../platform/app.ts';

/** The process hears what is told, and what was told until now has come. */
export async function allIsHeard({ bus }: Pick<App, 'bus'>): Promise<void> {
  const last = `thread:${randomUUID()}` as const;
  const over = Promise.withResolvers<void>();
  const announce = () => bus.announce(last, { kind: 'state' }).catch(over.reject);
  // What was said before there was a connection nobody heard: said again when it is there.
  const end = bus.follow(last, (hint) => void (typeof hint === 'object' ? over.resolve() : announce()));
  await announce();
  await over.promise;
  end();
}
