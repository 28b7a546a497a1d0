import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { HistoryDto, MessageDto } from '#shared/chat.ts';
import { createThreadStore } from './thread-store.ts';

const pageSize = 3;

function message(seq: number, rev: number, html = `m${seq}`): MessageDto {
  return {
    threadId: 't',
    seq,
    rev,
    kind: 'text',
    author: { id: 'maria', name: 'Мария Ковалёва', teacher: true },
    clientId: null,
    html,
    body: null,
    files: [],
    at: '2026-11-23T16:00:00Z',
    editedAt: null,
    deleted: null,
    restorable: false,
  };
}

/** A thread on a server, a line to it that can be cut, and what a reader of it sees. */
function aThread() {
  const rows = new Map<number, MessageDto>();
  let rev = 0;
  let listen: ((message: MessageDto) => void) | null = null;
  let begin: (() => void) | null = null;
  let broken = false;
  const asked: (number | undefined)[] = [];
  const heard: number[] = [];

  function page(before = Number.POSITIVE_INFINITY): HistoryDto {
    const earlier = [...rows.values()].filter(({ seq }) => seq < before).sort((a, b) => a.seq - b.seq);
    return { messages: earlier.slice(-pageSize), more: earlier.length > pageSize, rev };
  }
  const store = createThreadStore({
    history: async (before) => {
      asked.push(before);
      if (broken) throw new Error('no answer');
      return page(before);
    },
    follow(after, onChange) {
      begin = () => {
        listen = onChange;
        for (const row of [...rows.values()].filter((one) => one.rev > after()).sort((a, b) => a.rev - b.rev)) onChange(row);
      };
      begin();
      return () => {
        listen = null;
      };
    },
    onNew: ({ seq }) => heard.push(seq),
    gapMs: 100,
  });
  function put(seq: number, html?: string): MessageDto {
    rev += 1;
    const row = message(seq, rev, html);
    rows.set(seq, row);
    return row;
  }
  return {
    store,
    asked,
    heard,
    /** Written down, and told. */
    post(count = 1): MessageDto[] {
      return Array.from({ length: count }, () => {
        const row = put(rows.size + 1);
        listen?.(row);
        return row;
      });
    },
    edit(seq: number, html: string): MessageDto {
      const row = put(seq, html);
      listen?.(row);
      return row;
    },
    /** Nothing is told until it is mended. */
    cut: () => {
      listen = null;
    },
    mend: () => begin?.(),
    /** Written down, and never told. */
    lose: (seq: number) => put(seq),
    breakHistory: (on: boolean) => {
      broken = on;
    },
    tell: (row: MessageDto) => listen?.(row),
    seen: () => store.get().messages.map(({ html }) => html),
    all: () => [...rows.values()].sort((a, b) => a.seq - b.seq).map(({ html }) => html),
  };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the messages of a thread', () => {
  test('are the newest page, then all that comes', async () => {
    const thread = aThread();
    thread.post(5);
    await thread.store.load();
    expect(thread.seen()).toEqual(['m3', 'm4', 'm5']);
    expect(thread.store.get()).toMatchObject({ phase: 'ready', more: true });
    thread.post(2);
    expect(thread.seen()).toEqual(['m3', 'm4', 'm5', 'm6', 'm7']);
    expect(thread.heard).toEqual([6, 7]);
  });

  test('what passed while the line was cut comes when it is mended, once each', async () => {
    const thread = aThread();
    thread.post(2);
    await thread.store.load();
    thread.cut();
    thread.post(4);
    thread.edit(1, 'changed');
    expect(thread.seen()).toEqual(['m1', 'm2']);
    thread.mend();
    thread.mend();
    expect(thread.seen()).toEqual(thread.all());
    expect(thread.heard).toEqual([3, 4, 5, 6]);
  });

  test('an answer and the stream tell the same message, whichever comes first', async () => {
    const thread = aThread();
    await thread.store.load();
    thread.cut();
    const [first, second] = thread.post(2);
    if (!first || !second) throw new Error('nothing was written');
    thread.store.answered(second);
    expect(thread.seen()).toEqual(['m2']);
    thread.mend();
    expect(thread.seen()).toEqual(['m1', 'm2']);
    thread.store.answered(first);
    expect(thread.seen()).toEqual(['m1', 'm2']);
  });

  test('an answer does not move the place from which the stream goes on', async () => {
    const thread = aThread();
    thread.post(1);
    await thread.store.load();
    thread.cut();
    const [lost, mine] = thread.post(2);
    if (!lost || !mine) throw new Error('nothing was written');
    thread.store.answered(mine);
    thread.mend();
    expect(thread.seen()).toEqual(thread.all());
  });

  test('an older version that comes late changes nothing', async () => {
    const thread = aThread();
    const [early] = thread.post(1);
    await thread.store.load();
    thread.edit(1, 'newer');
    if (early) thread.tell(early);
    expect(thread.seen()).toEqual(['newer']);
  });

  test('earlier pages join on, and a change that came before its page is kept', async () => {
    const thread = aThread();
    thread.post(7);
    await thread.store.load();
    thread.edit(2, 'changed');
    expect(thread.seen()).toEqual(['m5', 'm6', 'm7']);
    await thread.store.loadOlder();
    await thread.store.loadOlder();
    expect(thread.seen()).toEqual(thread.all());
    expect(thread.store.get().more).toBe(false);
    expect(thread.heard).toEqual([]);
  });

  test('a page that was read before a change does not take the change back', async () => {
    const thread = aThread();
    thread.post(4);
    await thread.store.load();
    const asked = thread.store.loadOlder();
    // The answer was made from the rows as they were; the change overtakes it.
    thread.edit(1, 'changed');
    await asked;
    expect(thread.seen()).toEqual(['changed', 'm2', 'm3', 'm4']);
  });

  test('an empty place is asked for after a moment', async () => {
    const thread = aThread();
    thread.post(1);
    await thread.store.load();
    for (const seq of [2, 3, 4, 5, 6]) thread.lose(seq);
    thread.post(1);
    expect(thread.seen()).toEqual(['m1', 'm7']);
    await vi.advanceTimersByTimeAsync(100);
    expect(thread.seen()).toEqual(thread.all());
    expect(thread.asked).toEqual([undefined, 7, 4]);
  });

  test('a place that closes by itself is not asked for', async () => {
    const thread = aThread();
    thread.post(1);
    await thread.store.load();
    thread.cut();
    thread.post(2);
    thread.edit(2, 'changed');
    // By their changes 3 comes before 2.
    thread.mend();
    await vi.advanceTimersByTimeAsync(1000);
    expect(thread.seen()).toEqual(['m1', 'changed', 'm3']);
    expect(thread.asked).toEqual([undefined]);
  });

  test('a first page that does not come is told, and can be asked for again', async () => {
    const thread = aThread();
    thread.post(1);
    thread.breakHistory(true);
    await thread.store.load();
    expect(thread.store.get()).toMatchObject({ phase: 'failed', messages: [] });
    thread.breakHistory(false);
    await thread.store.load();
    expect(thread.seen()).toEqual(['m1']);
  });

  test('an earlier page that does not come leaves the rest, and can be asked for again', async () => {
    const thread = aThread();
    thread.post(5);
    await thread.store.load();
    thread.breakHistory(true);
    await thread.store.loadOlder();
    expect(thread.store.get()).toMatchObject({ older: 'failed', more: true });
    thread.breakHistory(false);
    await thread.store.loadOlder();
    expect(thread.seen()).toEqual(thread.all());
  });

  test('a look without a stream brings what is new and loses no change of what is old', async () => {
    const thread = aThread();
    thread.post(5);
    await thread.store.load();
    await thread.store.loadOlder();
    thread.cut();
    thread.edit(1, 'changed');
    thread.post(5);
    await thread.store.load();
    await vi.advanceTimersByTimeAsync(1000);
    expect(thread.seen().slice(1)).toEqual(thread.all().slice(1));
    thread.mend();
    expect(thread.seen()).toEqual(thread.all());
  });

  test('the same view stays the same object until something changes', async () => {
    const thread = aThread();
    thread.post(1);
    await thread.store.load();
    const before = thread.store.get();
    thread.mend();
    expect(thread.store.get()).toBe(before);
    thread.post(1);
    expect(thread.store.get()).not.toBe(before);
  });

  test('ten thousand messages are taken in quickly enough to be drawn', async () => {
    const thread = aThread();
    await thread.store.load();
    thread.post(10_000);
    expect(thread.store.get().messages.length).toBe(10_000);
    expect(thread.asked).toEqual([undefined]);
  });

  test('closed, it tells nothing more', async () => {
    const thread = aThread();
    await thread.store.load();
    let told = 0;
    thread.store.subscribe(() => {
      told += 1;
    });
    thread.store.close();
    thread.post(1);
    expect(told).toBe(0);
  });
});
