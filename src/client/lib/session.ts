import type { MeDto } from '#shared/auth.ts';
import { createStore } from './store.ts';

/** The session of somebody who was signed in has ended under them: the page and what was typed there stay, the code is asked for over it. */
export const sessionEnded = createStore(false);

/** It ended because a moderator has closed the account: no code would help. */
export const accountBlocked = createStore(false);

/** Who was signed in last in this tab, also after the server no longer knows them. */
export const lastPerson = createStore<MeDto | null>(null);
