import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { liveClose } from '#shared/live-rules.ts';
import { createConnection } from './connection.ts';

/** Sockets that do what the test says: the other end is played by hand. */
class FakeSocket extends EventTarget {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;
  static all: FakeSocket[] = [];
  readyState = 0;
  binaryType = 'blob';
  sent: string[] = [];

  constructor() {
    super();
    FakeSocket.all.push(this);
  }

  send(data: string): void {
    this.sent.push(data);
  }

  /** A line that is half there: the browser waits for the other side's farewell, which does not come. */
  close(): void {
    this.readyState = FakeSocket.CLOSING;
  }

  open(): void {
    this.readyState = FakeSocket.OPEN;
    this.dispatchEvent(new Event('open'));
  }

  end(code?: number): void {
    this.readyState = FakeSocket.CLOSED;
    this.dispatchEvent(Object.assign(new Event('close'), { code }));
  }

  hear(data: string): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
}

let offline = false;

function aLine() {
  const refused: string[] = [];
  const connection = createConnection({
    url: 'ws://school/live',
    WebSocket: FakeSocket as unknown as typeof WebSocket,
    onRefused: (why) => refused.push(why),
    isOffline: () => offline,
  });
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const stop = connection.follow((_client, ended) => {
    begun.push(FakeSocket.all.length);
    ends.push(ended);
    return { unsubscribe: () => undefined };
  });
  return { connection, refused, begun, ends, stop };
}

const last = () => {
  const socket = FakeSocket.all.at(-1);
  if (!socket) throw new Error('no socket was opened');
  return socket;
};
const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.all = [];
  offline = false;
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the socket of a tab', () => {
  test('is opened once, and what is followed begins on it', async () => {
    const { connection, begun } = aLine();
    connection.start();
    connection.start();
    await settle();
    expect(begun).toEqual([]);
    last().open();
    expect(connection.state.get()).toBe('open');
    expect([FakeSocket.all.length, begun]).toEqual([1, [1]]);
    connection.stop();
  });

  test.each([
    ['an end without a reason', undefined, 1100],
    ['a server that stops', liveClose.stopping, 500],
    ['too many of them', liveClose.flood, 66_000],
  ])('comes back after %s, and all begins anew', async (_name, code, within) => {
    const { connection, begun } = aLine();
    connection.start();
    await settle();
    last().open();
    last().end(code);
    expect(connection.state.get()).toBe('connecting');
    await settle(within);
    last().open();
    expect([FakeSocket.all.length, begun]).toEqual([2, [1, 2]]);
    connection.stop();
  });

  test('too many: not before a minute has passed', async () => {
    const { connection } = aLine();
    connection.start();
    await settle();
    last().open();
    last().end(liveClose.flood);
    await settle(59_000);
    expect(FakeSocket.all.length).toBe(1);
    connection.stop();
  });

  test.each([
    ['session', liveClose.session],
    ['blocked', liveClose.blocked],
  ])('does not come back when it is refused (%s), until it is started again', async (why, code) => {
    const { connection, refused } = aLine();
    connection.start();
    await settle();
    last().open();
    last().end(code);
    await settle(600_000);
    connection.wake();
    await settle(1000);
    expect([refused, connection.state.get(), FakeSocket.all.length]).toEqual([[why], 'refused', 1]);
    connection.start();
    await settle();
    expect(FakeSocket.all.length).toBe(2);
    connection.stop();
  });

  test('a line on which nothing is heard any more is given up, though it says that it is open', async () => {
    const { connection } = aLine();
    connection.start();
    await settle();
    last().open();
    await settle(25_000);
    last().hear('PONG');
    await settle(25_000);
    expect(FakeSocket.all.length).toBe(1);
    await settle(15_000);
    expect(FakeSocket.all.length).toBe(2);
    connection.stop();
  });

  test('one that does not open in time is given up too, each time after a longer pause', async () => {
    const { connection } = aLine();
    connection.start();
    await settle(16_100);
    expect(FakeSocket.all.length).toBe(2);
    await settle(17_100);
    expect(FakeSocket.all.length).toBe(3);
    connection.stop();
  });

  test('without a network nothing is tried; when it is back, at once', async () => {
    const { connection } = aLine();
    connection.start();
    await settle();
    last().open();
    offline = true;
    last().end();
    await settle(300_000);
    expect(FakeSocket.all.length).toBe(1);
    offline = false;
    connection.wake();
    await settle();
    expect(FakeSocket.all.length).toBe(2);
    connection.stop();
  });

  test('a stream that the server ended begins again on the same socket, after a while', async () => {
    const { connection, begun, ends } = aLine();
    connection.start();
    await settle();
    last().open();
    ends[0]?.();
    ends[0]?.();
    expect(begun).toEqual([1]);
    await settle(1100);
    expect(begun).toEqual([1, 1]);
    connection.stop();
  });

  test('stopped, it stays away and what is late changes nothing', async () => {
    const { connection, begun } = aLine();
    connection.start();
    await settle();
    const socket = last();
    connection.stop();
    socket.open();
    socket.end();
    await settle(60_000);
    expect([connection.state.get(), FakeSocket.all.length, begun]).toEqual(['off', 1, []]);
  });
});
