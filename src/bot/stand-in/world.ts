/** Who is there, and what was written: what the methods of the API and the people's own deeds share. */
import { EventEmitter } from 'node:events';
import { createFaults, type FaultSource } from './faults.ts';
import { createLimits, type Limits } from './limits.ts';
import { createKeeper, type Keeper } from './state.ts';
import { type Counter, createCounter } from './statistics.ts';
import type { PersonState, PressAnswer, StandInChat, StandInMessage, StandInOptions, StandInPerson, StandInUser } from './types.ts';
import { createUpdates, type Updates } from './updates.ts';
import { createWebhookCaller, type WebhookCaller } from './webhook.ts';

/** So many messages of a chat are kept. */
const keptPerChat = 500;

export type NewMessage = Omit<StandInMessage, 'message_id' | 'date'>;

export interface World {
  bot: StandInUser;
  keeper: Keeper;
  limits: Limits;
  counter: Counter;
  faults: FaultSource;
  updates: Updates;
  webhook: WebhookCaller;
  /** «message» and «change», both with the id of a chat. */
  events: EventEmitter<{ message: [StandInMessage]; change: [number] }>;
  /** Pressed buttons that the bot has not answered yet. */
  pressed: Map<string, (answer: PressAnswer) => void>;
  seconds(): number;
  person(id: number): StandInPerson | undefined;
  addPerson(person: Omit<StandInUser, 'id' | 'is_bot'>, state: PersonState): StandInPerson;
  setState(person: StandInPerson, state: PersonState): void;
  messages(chatId: number): StandInMessage[];
  keep(message: NewMessage): StandInMessage;
  /** Something about a message or a person of this chat is different now. */
  changed(chatId: number): void;
  stop(): void;
}

export function createWorld(options: StandInOptions, bot: StandInUser): World {
  const { now = Date.now, perSecond = 30, burstPerChat = 3 } = options;
  const keeper = createKeeper(options.stateFile);
  const { state } = keeper;
  const faults = createFaults(options.faults ?? {});
  const updates = createUpdates(keeper, faults);
  const webhook = createWebhookCaller(keeper, updates, faults, { firstRetryMs: options.webhookRetryMs ?? 500, now });
  updates.onPush(webhook.wake);
  // People who wait for messages and pages that show them come and go.
  const events: World['events'] = new EventEmitter();
  events.setMaxListeners(0);
  const people = new Map(state.people.map((person) => [person.user.id, person]));
  const seconds = () => Math.floor(now() / 1000);

  function changed(chatId: number) {
    keeper.touch();
    events.emit('change', chatId);
  }

  return {
    bot,
    keeper,
    faults,
    updates,
    webhook,
    events,
    seconds,
    changed,
    pressed: new Map(),
    limits: createLimits({ perSecond, burst: burstPerChat, now }),
    counter: createCounter(now),
    person: (id) => people.get(id),
    addPerson(user, personState) {
      const person: StandInPerson = { user: { id: state.nextPersonId, is_bot: false, ...user }, state: personState };
      state.nextPersonId += 1;
      state.people.push(person);
      people.set(person.user.id, person);
      changed(person.user.id);
      return person;
    },
    setState(person, next) {
      const before = person.state;
      person.state = next;
      changed(person.user.id);
      if (before === next || before === 'new' || next === 'deactivated') return;
      const member = (status: string) => ({ user: bot, status, ...(status === 'kicked' && { until_date: 0 }) });
      updates.push('my_chat_member', {
        chat: privateChat(person.user),
        from: person.user,
        date: seconds(),
        old_chat_member: member(before === 'blocked' ? 'kicked' : 'member'),
        new_chat_member: member(next === 'blocked' ? 'kicked' : 'member'),
      });
    },
    messages: (chatId) => state.messages[chatId] ?? [],
    keep(message) {
      const kept: StandInMessage = { message_id: state.nextMessageId, date: seconds(), ...message };
      state.nextMessageId += 1;
      const list = state.messages[kept.chat.id] ?? [];
      state.messages[kept.chat.id] = list;
      list.push(kept);
      if (list.length > keptPerChat) list.shift();
      events.emit('message', kept);
      changed(kept.chat.id);
      return kept;
    },
    stop() {
      webhook.stop();
      keeper.flush();
    },
  };
}

export function privateChat({ id, first_name, last_name, username }: StandInUser): StandInChat {
  return { id, type: 'private', first_name, ...(last_name && { last_name }), ...(username && { username }) };
}

/** A message as another one that answers it carries it: without the one it answers itself. */
export function quoted({ reply_to_message: _, ...message }: StandInMessage): StandInMessage {
  return message;
}
