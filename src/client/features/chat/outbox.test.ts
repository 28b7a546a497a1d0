/** One file, for all of it is one table of what may happen to a message on its way: sent, refused, offline, reloaded, in two tabs, with files. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Memory } from '#client/lib/kept-list.ts';
import type { MessageDto, SendMessageInput } from '#shared/chat.ts';
import type { WireError } from '#shared/errors.ts';
import { createChatOutbox } from './outbox.ts';

class Refusal extends Error {
  readonly wire: WireError;
  constructor(wire: WireError) {
    super(wire.code);
    this.wire = wire;
  }
}

function memory(): Memory & { data: Map<string, string> } {
  const data = new Map<string, string>();
  return {
    data,
    read: (key) => data.get(key) ?? null,
    write: (key, value) => void (value === null ? data.delete(key) : data.set(key, value)),
  };
}

/** A server that takes each id once. */
function aServer() {
  const rows: SendMessageInput[] = [];
  const asked: SendMessageInput[] = [];
  let refusals: (WireError | 'no answer' | 'answer lost')[] = [];
  return {
    rows,
    asked,
    next: (...all: typeof refusals) => {
      refusals = all;
    },
    async send(input: SendMessageInput): Promise<MessageDto> {
      asked.push(input);
      const refusal = refusals.shift();
      if (refusal === 'no answer') throw new Error('no answer');
      if (typeof refusal === 'object') throw new Refusal(refusal);
      if (!rows.some(({ clientId }) => clientId === input.clientId)) rows.push(input);
      if (refusal === 'answer lost') throw new Error('no answer');
      const seq = rows.findIndex(({ clientId }) => clientId === input.clientId) + 1;
      return {
        threadId: input.threadId,
        seq,
        rev: seq,
        kind: 'text',
        author: { id: 'ilya', name: 'Илья Соколов', teacher: false },
        clientId: input.clientId,
        html: input.body,
        body: input.body,
        files: [],
        at: '2026-11-23T16:00:00Z',
        editedAt: null,
        deleted: null,
        restorable: false,
      };
    },
    bodies: () => rows.map(({ body }) => body),
  };
}

let ids = 0;

function aTab(server: ReturnType<typeof aServer>, kept = memory()) {
  const sent: string[] = [];
  const ended: boolean[] = [];
  let offline = false;
  const outbox = createChatOutbox({
    memory: kept,
    personId: 'ilya',
    send: server.send,
    refusal: (error) => (error instanceof Refusal ? error.wire : null),
    isOffline: () => offline,
    makeId: () => `id-${ids++}`,
    now: Date.now,
    onSent: ({ html }) => sent.push(html),
    onSessionEnded: (blocked) => ended.push(blocked),
  });
  return {
    outbox,
    sent,
    ended,
    kept,
    setOffline: (on: boolean) => {
      offline = on;
    },
    write(body: string, threadId = 't'): void {
      outbox.write(threadId, { body });
      outbox.submit(threadId);
    },
    phases: () =>
      outbox.view
        .get()
        .items.filter(({ state }) => state !== 'draft')
        .map((item) => [item.body, outbox.view.get().phaseOf(item).phase]),
  };
}

const settle = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('messages on their way', () => {
  test('go one after another, and leave the device when the server has them', async () => {
    const server = aServer();
    const tab = aTab(server);
    for (const body of ['one', 'two', 'three']) tab.write(body);
    await settle();
    expect(server.bodies()).toEqual(['one', 'two', 'three']);
    expect(tab.sent).toEqual(['one', 'two', 'three']);
    expect(tab.kept.data.size).toBe(0);
  });

  test('wait without a connection, survive a reload, and then go in their order, once', async () => {
    const server = aServer();
    const tab = aTab(server);
    tab.setOffline(true);
    for (const body of ['one', 'two']) tab.write(body);
    await settle();
    expect(server.asked).toEqual([]);
    expect(tab.phases()).toEqual([
      ['one', 'waiting'],
      ['two', 'waiting'],
    ]);
    const reloaded = aTab(server, tab.kept);
    await reloaded.outbox.flush();
    expect(server.bodies()).toEqual(['one', 'two']);
    expect(reloaded.kept.data.size).toBe(0);
  });

  test('are sent again by themselves under the same id when no answer came', async () => {
    const server = aServer();
    const tab = aTab(server);
    server.next('answer lost', 'no answer');
    tab.write('one');
    tab.write('two');
    await settle();
    expect(tab.phases()).toEqual([
      ['one', 'waiting'],
      ['two', 'waiting'],
    ]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(server.bodies()).toEqual(['one', 'two']);
    expect(new Set(server.asked.filter(({ body }) => body === 'one').map(({ clientId }) => clientId)).size).toBe(1);
    expect(tab.sent).toEqual(['one', 'two']);
  });

  test('too many in a short time: the thread waits as long as it is told', async () => {
    const server = aServer();
    const tab = aTab(server);
    server.next({ code: 'AUTH_RATE_LIMITED', data: { retryAfterSeconds: 20 } });
    tab.write('one');
    await settle();
    expect(tab.phases()).toEqual([['one', 'limited']]);
    await vi.advanceTimersByTimeAsync(19_000);
    expect(server.asked.length).toBe(1);
    await vi.advanceTimersByTimeAsync(1000);
    expect(server.bodies()).toEqual(['one']);
  });

  test('a fault of the server is waited out', async () => {
    const server = aServer();
    const tab = aTab(server);
    server.next({ code: 'UNEXPECTED', data: { requestId: 'r' } });
    tab.write('one');
    await settle();
    expect(tab.phases()).toEqual([['one', 'failing']]);
    await vi.advanceTimersByTimeAsync(2000);
    expect(server.bodies()).toEqual(['one']);
  });

  test.each<[string, WireError]>([
    ['held by another teacher', { code: 'CHAT_HELD', data: { name: 'Олег Громов', until: '2026-11-23T17:00:00Z' } }],
    ['an id that was used', { code: 'CHAT_CLIENT_ID_REUSED', data: {} }],
    ['not acceptable', { code: 'INPUT_INVALID', data: {} }],
  ])('%s: that one stops with its reason, the next one goes', async (_name, error) => {
    const server = aServer();
    const tab = aTab(server);
    server.next(error);
    tab.write('one');
    tab.write('two');
    await settle();
    expect(tab.phases()).toEqual([['one', 'stopped']]);
    expect(server.bodies()).toEqual(['two']);
    // The reason is there after a reload too.
    const reloaded = aTab(server, tab.kept);
    expect(reloaded.outbox.view.get().items[0]).toMatchObject({ state: 'stopped', error });
  });

  test('a stopped one goes back into the field before what stands there, and leaves it under another id', async () => {
    const server = aServer();
    const tab = aTab(server);
    server.next({ code: 'CHAT_CLIENT_ID_REUSED', data: {} });
    tab.write('one');
    await settle();
    const [stopped] = tab.outbox.view.get().items;
    if (!stopped) throw new Error('nothing was kept');
    tab.outbox.write('t', { body: 'more' });
    tab.outbox.edit(stopped.clientId);
    expect(tab.outbox.draftOf('t')?.body).toBe('one\n\nmore');
    tab.outbox.submit('t');
    await settle();
    expect(server.bodies()).toEqual(['one\n\nmore']);
    expect(server.asked[0]?.clientId).not.toBe(server.asked[1]?.clientId);
  });

  test('a stopped one may be sent once more as it is', async () => {
    const server = aServer();
    const tab = aTab(server);
    server.next({ code: 'CHAT_HELD', data: { name: 'Олег Громов', until: '2026-11-23T17:00:00Z' } });
    tab.write('one');
    await settle();
    tab.outbox.repeat(server.asked[0]?.clientId ?? '');
    await settle();
    expect(server.bodies()).toEqual(['one']);
    expect(server.asked[0]?.clientId).toBe(server.asked[1]?.clientId);
  });

  test('an ended session is told, and nothing is lost until one is signed in again', async () => {
    const server = aServer();
    const tab = aTab(server);
    server.next({ code: 'AUTH_SESSION_REQUIRED', data: {} });
    tab.write('one');
    await settle();
    expect(tab.ended).toEqual([false]);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(server.asked.length).toBe(1);
    await tab.outbox.flush();
    expect(server.bodies()).toEqual(['one']);
  });

  test('threads do not wait for each other', async () => {
    const server = aServer();
    const tab = aTab(server);
    server.next({ code: 'AUTH_RATE_LIMITED', data: { retryAfterSeconds: 60 } });
    tab.write('slow', 'a');
    await settle();
    tab.write('quick', 'b');
    await settle();
    expect(server.bodies()).toEqual(['quick']);
  });

  test('two tabs that send the same message make one, and none shows it afterwards', async () => {
    const server = aServer();
    const first = aTab(server);
    first.setOffline(true);
    first.write('one');
    const second = aTab(server, first.kept);
    first.setOffline(false);
    await Promise.all([first.outbox.flush(), second.outbox.flush()]);
    first.outbox.sync();
    second.outbox.sync();
    expect(server.bodies()).toEqual(['one']);
    expect([first.phases(), second.phases()]).toEqual([[], []]);
  });
});

describe('drafts', () => {
  test('are kept by thread and shown in other tabs', () => {
    const server = aServer();
    const tab = aTab(server);
    const other = aTab(server, tab.kept);
    tab.outbox.write('a', { body: 'for a' });
    tab.outbox.write('b', { body: 'for b' });
    other.outbox.sync();
    expect(other.outbox.draftOf('a')?.body).toBe('for a');
    expect(other.outbox.draftOf('b')?.body).toBe('for b');
    tab.outbox.write('a', { body: '' });
    expect(other.outbox.draftOf('a')).toBeUndefined();
  });

  test('nothing but space is not sent', async () => {
    const server = aServer();
    const tab = aTab(server);
    tab.write('  \n ');
    await settle();
    expect(server.asked).toEqual([]);
  });

  test('a full storage keeps what is typed as long as the tab lives', () => {
    const full: Memory = { read: () => null, write: () => undefined };
    const server = aServer();
    const outbox = createChatOutbox({
      memory: full,
      personId: 'ilya',
      send: server.send,
      refusal: () => null,
      isOffline: () => false,
      makeId: () => 'id',
      now: Date.now,
      onSent: () => undefined,
      onSessionEnded: () => undefined,
    });
    outbox.write('t', { body: 'typed' });
    outbox.write('t', { body: 'typed on' });
    expect(outbox.draftOf('t')?.body).toBe('typed on');
  });
});

describe('files of a message', () => {
  const file = { key: 'f', name: 'тетрадь.jpg', size: 1000 };

  test('are waited for, and so are the messages behind', async () => {
    const server = aServer();
    const tab = aTab(server);
    tab.outbox.fileBegins('t', file);
    tab.write('photo');
    tab.write('and a word');
    await settle();
    expect(tab.phases()).toEqual([
      ['photo', 'uploading'],
      ['and a word', 'waiting'],
    ]);
    tab.outbox.fileEnds('f', { uploadId: 'u1' });
    await settle();
    expect(server.rows.map(({ body, uploadIds }) => [body, uploadIds])).toEqual([
      ['photo', ['u1']],
      ['and a word', []],
    ]);
  });

  test('one that the school does not take stops its message', async () => {
    const server = aServer();
    const tab = aTab(server);
    tab.outbox.fileBegins('t', file);
    tab.write('photo');
    tab.outbox.fileEnds('f', { failed: { code: 'FILES_REFUSED', data: { refusal: 'empty' } } });
    await settle();
    expect(tab.phases()).toEqual([['photo', 'stopped']]);
    expect(server.asked).toEqual([]);
  });

  test('one that failed keeps its draft from being sent until it is removed', () => {
    const server = aServer();
    const tab = aTab(server);
    tab.outbox.fileBegins('t', file);
    tab.outbox.fileEnds('f', { failed: 'lost' });
    tab.outbox.write('t', { body: 'photo' });
    expect(tab.outbox.submit('t')).toBe(false);
    tab.outbox.dropFile('f');
    expect(tab.outbox.submit('t')).toBe(true);
  });

  test('what a reload cut off is told at the next visit', async () => {
    const server = aServer();
    const tab = aTab(server);
    tab.outbox.fileBegins('t', file);
    tab.write('photo');
    tab.outbox.leave();
    const reloaded = aTab(server, tab.kept);
    await reloaded.outbox.flush();
    expect(reloaded.phases()).toEqual([['photo', 'stopped']]);
    expect(reloaded.outbox.view.get().items[0]).toMatchObject({ error: null, files: [{ failed: 'lost' }] });
  });

  test('another tab does not take what is still being sent for lost', async () => {
    const server = aServer();
    const tab = aTab(server);
    tab.outbox.fileBegins('t', file);
    tab.write('photo');
    await vi.advanceTimersByTimeAsync(300_000);
    const other = aTab(server, tab.kept);
    await other.outbox.flush();
    expect(other.phases()).toEqual([['photo', 'uploading']]);
    tab.outbox.fileEnds('f', { uploadId: 'u1' });
    await settle();
    expect(server.bodies()).toEqual(['photo']);
  });
});
