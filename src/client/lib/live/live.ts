import { offline } from '#client/lib/online.ts';
import { accountBlocked, lastPerson, sessionEnded } from '#client/lib/session.ts';
import { livePath } from '#shared/live-rules.ts';
import { createConnection } from './connection.ts';

/** The one socket of this tab. `LiveLink` opens and closes it; whoever shows something follows what concerns it. */
export const live = createConnection({
  url: `${window.location.origin.replace(/^http/, 'ws')}${livePath}`,
  isOffline: () => offline.get() !== null,
  onRefused(why) {
    accountBlocked.set(why === 'blocked');
    if (lastPerson.get()) sessionEnded.set(true);
  },
});
