import { isDeepStrictEqual } from 'node:util';
import { badRequest } from '../api-error.ts';
import { numberField } from '../fields.ts';
import { readMarkup } from '../markup.ts';
import type { StandInMessage } from '../types.ts';
import { admit, type Call, chatOf } from './call.ts';
import { readCaption, readText } from './text.ts';

export function editMessageText(call: Call): StandInMessage {
  const message = ownMessage(call, 'edit');
  if (message.text === undefined) throw badRequest('there is no text in the message to edit');
  const { text, entities } = readText(call.fields);
  return edit(call, message, { text, entities, ...readMarkupOrNone(call) });
}

export function editMessageCaption(call: Call): StandInMessage {
  const message = ownMessage(call, 'edit');
  if (message.photo === undefined) throw badRequest('there is no caption in the message to edit');
  const { caption, caption_entities } = readCaption(call.fields);
  return edit(call, message, { caption, caption_entities, ...readMarkupOrNone(call) });
}

export function editMessageReplyMarkup(call: Call): StandInMessage {
  return edit(call, ownMessage(call, 'edit'), readMarkupOrNone(call));
}

export function deleteMessage(call: Call): true {
  const { world } = call;
  const { chat, message_id: id } = ownMessage(call, 'delete');
  world.keeper.state.messages[chat.id] = world.messages(chat.id).filter((message) => message.message_id !== id);
  world.changed(chat.id);
  return true;
}

/** Buttons that are not said again go. */
function readMarkupOrNone(call: Call): Pick<StandInMessage, 'reply_markup'> {
  return { reply_markup: undefined, ...readMarkup(call.fields) };
}

function edit(call: Call, message: StandInMessage, changes: Partial<StandInMessage>): StandInMessage {
  const { world } = call;
  if (Object.entries(changes).every(([name, value]) => isDeepStrictEqual(message[name as keyof StandInMessage], value))) {
    throw badRequest(
      'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    );
  }
  admit(call, chatOf(call));
  Object.assign(message, changes, { edit_date: world.seconds() });
  world.changed(message.chat.id);
  return message;
}

function ownMessage(call: Call, purpose: 'edit' | 'delete'): StandInMessage {
  const person = chatOf(call);
  const id = numberField(call.fields, 'message_id');
  if (id === undefined) throw badRequest('message identifier is not specified');
  const message = call.world.messages(person.user.id).find(({ message_id: known }) => known === id);
  if (!message) throw badRequest(`message to ${purpose} not found`);
  if (!message.from.is_bot && purpose === 'edit') throw badRequest("message can't be edited");
  return message;
}
