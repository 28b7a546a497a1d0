import { HttpError } from 'grammy';
import { expect, test, vi } from 'vitest';
import type { Pace } from '#server/platform/pace.ts';
import { patience } from './patience.ts';

const pace: Pace = { through: (_kind, call) => call() };

/** A call whose connection breaks each time. */
function calling(closed: AbortSignal, onCall: () => void) {
  const transformer = patience(pace, closed);
  return transformer(
    async () => {
      onCall();
      throw new HttpError('lost', new Error('socket hang up'));
    },
    'sendMessage',
    { chat_id: 1, text: 'x' },
  );
}

test('what was cut because all ends is not begun anew, nor is anything else', async () => {
  const closed = new AbortController();
  const called = vi.fn(() => closed.abort());
  await expect(calling(closed.signal, called)).rejects.toThrow('lost');
  await expect(calling(closed.signal, called)).rejects.toThrow(HttpError);
  expect(called).toHaveBeenCalledTimes(1);
});
