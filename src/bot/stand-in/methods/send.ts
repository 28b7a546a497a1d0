import { badRequest } from '../api-error.ts';
import { isRecord, textField, valueField } from '../fields.ts';
import { readMarkup } from '../markup.ts';
import type { StandInMessage } from '../types.ts';
import { privateChat } from '../world.ts';
import { admit, type Call, chatOf, readReply } from './call.ts';
import { photoOf } from './photos.ts';
import { readCaption, readText } from './text.ts';

export function sendMessage(call: Call): StandInMessage {
  const person = chatOf(call);
  const content = { ...readText(call.fields), ...readMarkup(call.fields), ...readReply(call, person.user.id) };
  admit(call, person);
  return call.world.keep({ from: call.world.bot, chat: privateChat(person.user), ...content });
}

export function sendPhoto(call: Call): StandInMessage {
  const { fields, files, world } = call;
  const person = chatOf(call);
  const content = { ...readCaption(fields), ...readMarkup(fields), ...readReply(call, person.user.id) };
  const photo = photoOf(world, textField(fields, 'photo'), files, 'photo');
  admit(call, person);
  return world.keep({ from: world.bot, chat: privateChat(person.user), photo, ...content });
}

/** An album of pictures. */
export function sendMediaGroup(call: Call): StandInMessage[] {
  const { fields, files, world } = call;
  const person = chatOf(call);
  const media = valueField(fields, 'media', "can't parse media JSON object");
  if (!Array.isArray(media) || media.length < 2 || media.length > 10) throw badRequest('there must be 2-10 items in the media group');
  const reply = readReply(call, person.user.id);
  const album = media.map((item) => {
    if (!isRecord(item) || item.type !== 'photo') throw badRequest("type of media can't be used in the media group");
    return { ...readCaption(item), photo: photoOf(world, textField(item, 'media'), files, '') };
  });
  admit(call, person, album.length);
  const media_group_id = String(world.keeper.state.nextMessageId);
  return album.map((item) => world.keep({ from: world.bot, chat: privateChat(person.user), media_group_id, ...item, ...reply }));
}
