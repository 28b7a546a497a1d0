import { randomBytes } from 'node:crypto';
import { botDuty } from '#bot/run.ts';
import { startTelegramStandIn } from '#bot/stand-in/server.ts';
import type { Person, StandInMessage, TelegramStandIn } from '#bot/stand-in/types.ts';
import type { App } from '../platform/app.ts';
import { aSchool, type School, type Student } from './world.ts';

export interface TelegramSchool extends School {
  telegram: TelegramStandIn;
  close(): Promise<void>;
}

/** A school with a bot, whose Telegram is a stand-in of its own. Nobody listens to it until `hear`. */
export async function aTelegramSchool(env: Record<string, string> = {}): Promise<TelegramSchool> {
  const telegram = await startTelegramStandIn({ perSecond: 1000, burstPerChat: 1000 });
  const school = await aSchool({
    env: {
      TELEGRAM_TOKEN: telegram.token,
      TELEGRAM_API_ROOT: telegram.url,
      TELEGRAM_LINK_ROOT: telegram.url,
      TELEGRAM_MESSAGES_PER_SECOND: '1000',
      ...env,
    },
  });
  return {
    ...school,
    telegram,
    async close() {
      await school.close();
      await telegram.stop();
    },
  };
}

/** Hears what people say to the bot, as the leader of the processes does. @returns ends it */
export function hear(app: App): () => Promise<void> {
  const ending = new AbortController();
  const done = botDuty(app)?.(ending.signal);
  return async () => {
    ending.abort();
    await done;
  };
}

/** Somebody's Telegram, connected to their account some time ago. */
export async function aTelegramOf(school: TelegramSchool, { actor }: Pick<Student, 'actor'>, languageCode = 'ru'): Promise<Person> {
  const person = school.telegram.people.make({ started: true, languageCode });
  await school.app.db.telegramLink.create({
    data: { personId: actor.id, telegramId: BigInt(person.id), linkedAt: school.clock.now() },
    select: { personId: true },
  });
  return person;
}

/** Says it, and gives what the bot answers. */
export async function ask(person: Person, said: string): Promise<StandInMessage> {
  const after = person.say(said);
  return person.waitFor(() => true, { after });
}

/** A small picture of its own. */
export function aJpeg(): Promise<Buffer> {
  return import('sharp').then(({ default: sharp }) =>
    sharp(randomBytes(20 * 20 * 3), { raw: { width: 20, height: 20, channels: 3 } })
      .jpeg()
      .toBuffer(),
  );
}
