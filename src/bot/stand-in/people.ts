/** What people do in their Telegram. */
import { randomBytes } from 'node:crypto';
import { tidy } from './entities.ts';
import { keepPhoto } from './methods/photos.ts';
import type { NewPerson, Person, PressAnswer, StandInChat, StandInMessage, StandInPerson } from './types.ts';
import { type NewMessage, privateChat, quoted, type World } from './world.ts';

const others = {
  sticker: {
    file_id: 'CAACAgIAAxkBAAE',
    file_unique_id: 'AgADAQADsw',
    type: 'regular',
    width: 512,
    height: 512,
    is_animated: false,
    is_video: false,
  },
  voice: { file_id: 'AwACAgIAAxkBAAE', file_unique_id: 'AgADAgADsw', duration: 3, mime_type: 'audio/ogg' },
  location: { latitude: 55.7558, longitude: 37.6173 },
};
export type OtherKind = keyof typeof others;

const waitMs = 10_000;

export function addPerson(world: World, { firstName = 'Аня', lastName, username, languageCode = 'ru', started }: NewPerson): Person {
  const names = { first_name: firstName, ...(lastName && { last_name: lastName }), ...(username && { username }) };
  return personOf(world, world.addPerson({ ...names, language_code: languageCode }, started ? 'started' : 'new'));
}

export function personOf(world: World, person: StandInPerson): Person {
  const { user } = person;
  const chat = privateChat(user);

  function write(content: Partial<NewMessage>, replyTo?: StandInMessage, where: StandInChat = chat): StandInMessage {
    if (person.state === 'deactivated') throw new Error('this account does not exist any more');
    if (person.state === 'blocked') throw new Error('this person has blocked the bot: start() or unblock() first');
    if (person.state === 'new') world.setState(person, 'started');
    const answered = replyTo && { reply_to_message: quoted(replyTo) };
    const message = world.keep({ from: user, chat: where, ...content, ...answered });
    world.updates.push('message', { ...message });
    return message;
  }

  return {
    id: user.id,
    user,
    state: () => person.state,
    start(payload) {
      if (person.state === 'blocked') world.setState(person, 'started');
      return write(written(payload ? `/start ${payload}` : '/start'));
    },
    say: (text, options) => write(written(text), options?.replyTo),
    sendPhoto(bytes, options) {
      const photo = keepPhoto(world, Buffer.from(bytes));
      return write({ photo, ...(options?.caption && { caption: options.caption }) }, options?.replyTo);
    },
    sendOther: (kind, options) => write({ [kind]: others[kind] }, options?.replyTo),
    sayInGroup(text) {
      return write(written(text), undefined, { id: -100_000_000_000 - user.id, type: 'group', title: 'Класс' });
    },
    edit(message, text) {
      Object.assign(message, written(text), { edit_date: world.seconds() });
      world.changed(message.chat.id);
      world.updates.push('edited_message', { ...message });
    },
    press: (message, button) => press(world, person, message, button),
    block: () => world.setState(person, 'blocked'),
    unblock: () => world.setState(person, 'started'),
    deactivate: () => world.setState(person, 'deactivated'),
    messages: () => [...world.messages(user.id)],
    received: () => world.messages(user.id).filter(({ from }) => from.is_bot),
    waitFor: (wanted, options) => waitFor(world, user.id, wanted, options),
  };
}

/** A text as a person types it: commands and addresses in it are marked by Telegram. */
function written(text: string): Pick<StandInMessage, 'text' | 'entities'> {
  const tidied = tidy({ text, entities: [] });
  return { text: tidied.text, ...(tidied.entities.length > 0 && { entities: tidied.entities }) };
}

function press(world: World, { user, state }: StandInPerson, message: StandInMessage, wanted: string): Promise<PressAnswer> {
  const current = world.messages(user.id).find(({ message_id: id }) => id === message.message_id);
  const button = current?.reply_markup?.inline_keyboard
    .flat()
    .find((one) => one.text === wanted || ('callback_data' in one && one.callback_data === wanted));
  if (!current || !button) throw new Error(`no button «${wanted}» under message ${message.message_id}`);
  if (!('callback_data' in button)) throw new Error(`«${wanted}» is a link: the bot does not hear of it`);
  if (state !== 'started') throw new Error('the buttons of a bot that was stopped do nothing');
  const id = String(randomBytes(8).readBigUInt64BE());
  return new Promise((resolve) => {
    world.pressed.set(id, resolve);
    const chat_instance = String(-user.id);
    world.updates.push('callback_query', { id, from: user, message: { ...current }, chat_instance, data: button.callback_data });
  });
}

function waitFor(
  world: World,
  chatId: number,
  wanted: (message: StandInMessage) => boolean,
  { after, withinMs = waitMs }: { after?: StandInMessage; withinMs?: number } = {},
): Promise<StandInMessage> {
  const find = () =>
    world.messages(chatId).find((message) => message.from.is_bot && message.message_id > (after?.message_id ?? 0) && wanted(message));
  return new Promise((resolve, reject) => {
    const look = () => {
      const message = find();
      if (!message) return;
      clearTimeout(timer);
      world.events.off('change', look);
      resolve(message);
    };
    const timer = setTimeout(() => {
      world.events.off('change', look);
      const seen = world.messages(chatId).map(({ from, text, caption }) => `${from.is_bot ? 'bot' : 'person'}: ${text ?? caption ?? '…'}`);
      reject(new Error(`no such message came within ${withinMs} ms. The chat:\n${seen.join('\n')}`));
    }, withinMs);
    world.events.on('change', look);
    look();
  });
}
