/** The stand-in in a process of its own, with people in it. Started by telegram-process.ts and by the bench, spoken to over HTTP. */
import { startTelegramStandIn } from '#bot/stand-in/server.ts';
import type { PersonState } from '#bot/stand-in/types.ts';

export interface ChildOptions {
  perSecond: number;
  /** So many people of each kind, one after another: their ids count up from `firstPersonId`. */
  people: { state: Exclude<PersonState, 'new'>; count: number }[];
}

const { perSecond, people }: ChildOptions = JSON.parse(process.env.STAND_IN ?? '');
const telegram = await startTelegramStandIn({ perSecond });
for (const { state, count } of people) {
  for (let made = 0; made < count; made++) {
    const person = telegram.people.make({ started: true });
    if (state === 'blocked') person.block();
    if (state === 'deactivated') person.deactivate();
  }
}
// All that was long ago: Telegram keeps updates for a day.
await fetch(`${telegram.url}/bot${telegram.token}/deleteWebhook?drop_pending_updates=true`);
process.stdout.write(`Telegram is open: ${telegram.url}\n`);
