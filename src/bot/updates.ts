import type { Update } from 'grammy/types';

/** The kinds the bot knows what to do with: others are not even sent. */
export const allowedUpdates = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const satisfies (keyof Update)[];

export function isUpdate(value: unknown): value is Update {
  return (
    typeof value === 'object' &&
    value !== null &&
    'update_id' in value &&
    Number.isSafeInteger(value.update_id) &&
    Number(value.update_id) >= 0
  );
}
