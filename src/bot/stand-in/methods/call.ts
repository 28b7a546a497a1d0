import { ApiError, badRequest } from '../api-error.ts';
import type { Body } from '../body.ts';
import { flagField, isRecord, numberField, textField, valueField } from '../fields.ts';
import type { StandInMessage, StandInPerson } from '../types.ts';
import { quoted, type World } from '../world.ts';

/** One request of the bot's. */
export interface Call extends Body {
  world: World;
  /** Aborted when the connection is gone. */
  gone: AbortSignal;
  /** What was put into a chat, for the count of what the bot never heard of. */
  taken?: { chatId: number; count: number };
}

export type Method = (call: Call) => unknown;

/** The person a call is about, whether or not they can be written to. */
export function chatOf({ fields, world }: Call): StandInPerson {
  const raw = textField(fields, 'chat_id');
  if (raw === undefined || raw === '') throw badRequest('chat_id is empty');
  const person = world.person(numberField(fields, 'chat_id') ?? 0);
  if (!person) throw badRequest('chat not found');
  return person;
}

/** Counts a send against the limits and refuses those who cannot be written to. Called when everything else about it is right. */
export function admit(call: Call, { user, state }: StandInPerson, count = 1): void {
  const { limits, counter } = call.world;
  const refusal = limits.take(user.id, count);
  if (refusal) {
    if (refusal.ignored) counter.ignoredRetryAfter();
    throw tooMany(refusal.retryAfter);
  }
  if (state === 'blocked') throw new ApiError(403, 'Forbidden: bot was blocked by the user');
  if (state === 'deactivated') throw new ApiError(403, 'Forbidden: user is deactivated');
  if (state === 'new') throw new ApiError(403, "Forbidden: bot can't initiate conversation with a user");
  counter.accepted(user.id, count);
  call.taken = { chatId: user.id, count };
}

export function tooMany(seconds: number): ApiError {
  return new ApiError(429, `Too Many Requests: retry after ${seconds}`, seconds);
}

/** The message this one answers. */
export function readReply(call: Call, chatId: number): Pick<StandInMessage, 'reply_to_message'> {
  const given = valueField(call.fields, 'reply_parameters', "can't parse reply parameters JSON object");
  const parameters = isRecord(given) ? given : {};
  const id = numberField(parameters, 'message_id') ?? numberField(call.fields, 'reply_to_message_id');
  if (id === undefined) return {};
  const message = call.world.messages(chatId).find(({ message_id: known }) => known === id);
  if (message) return { reply_to_message: quoted(message) };
  if (flagField(parameters, 'allow_sending_without_reply') || flagField(call.fields, 'allow_sending_without_reply')) return {};
  throw badRequest('message to be replied not found');
}
