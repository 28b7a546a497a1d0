import { expect, test } from 'vitest';
import { createSaver } from './saver.ts';

/** A server that answers when the test says so. */
function aServer() {
  const open: { change: string; answer: (error?: Error) => Promise<void> }[] = [];
  const sent: string[] = [];
  const send = (change: string) => {
    sent.push(change);
    return new Promise<void>((resolve, reject) => {
      const answer = async (error?: Error) => {
        if (error) reject(error);
        else resolve();
        // Everything that follows from it at once has happened then.
        await new Promise((done) => setTimeout(done));
      };
      open.push({ change, answer });
    });
  };
  const answer = async (error?: Error) => {
    const next = open.shift();
    if (!next) throw new Error('nothing was asked');
    await next.answer(error);
  };
  return { send, sent, answer };
}

function aSaver() {
  const server = aServer();
  const onSaved: string[] = [];
  const saver = createSaver<string>({ send: server.send, onSaved: (change) => onSaved.push(change) });
  const shown = () => {
    const { waiting, failed, saved } = saver.state.get();
    return { waiting: [...waiting.values()], failed: failed !== null, saved: [...saved] };
  };
  return { ...server, saver, onSaved, shown };
}

test('a change waits until the server has it, and is saved then', async () => {
  const { saver, answer, shown, onSaved } = aSaver();
  saver.want('news', 'news off');
  expect(shown()).toEqual({ waiting: ['news off'], failed: false, saved: [] });
  await answer();
  expect(shown()).toEqual({ waiting: [], failed: false, saved: ['news'] });
  expect(onSaved).toEqual(['news off']);
});

test('one at a time, and of several choices about the same the last', async () => {
  const { saver, answer, sent, shown } = aSaver();
  saver.want('news', 'news off');
  saver.want('week', 'week off');
  saver.want('news', 'news daily');
  saver.want('news', 'news always');
  expect(sent).toEqual(['news off']);
  await answer();
  expect(sent).toEqual(['news off', 'news always']);
  await answer();
  await answer();
  expect(sent).toEqual(['news off', 'news always', 'week off']);
  expect(shown()).toEqual({ waiting: [], failed: false, saved: ['news', 'week'] });
});

test('what was refused stays chosen and is sent again when one says so', async () => {
  const { saver, answer, sent, shown } = aSaver();
  saver.want('news', 'news off');
  saver.want('week', 'week off');
  await answer(new Error('no network'));
  expect(shown()).toEqual({ waiting: ['news off', 'week off'], failed: true, saved: [] });
  expect(sent).toEqual(['news off']);
  saver.retry();
  await answer();
  await answer();
  expect(shown()).toEqual({ waiting: [], failed: false, saved: ['news', 'week'] });
});

test('another choice after a failure is a try too', async () => {
  const { saver, answer, shown } = aSaver();
  saver.want('news', 'news off');
  await answer(new Error('no network'));
  saver.want('news', 'news on');
  await answer();
  expect(shown()).toEqual({ waiting: [], failed: false, saved: ['news'] });
});
