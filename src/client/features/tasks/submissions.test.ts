import { describe, expect, test } from 'vitest';
import type { Memory } from '#client/lib/kept-list.ts';
import type { WireError } from '#shared/errors.ts';
import type { SubmitResult, TaskStateDto } from '#shared/tasks.ts';
import { createOutbox, type PendingAnswer } from './outbox.ts';
import { createSubmissions } from './submissions.ts';

class Refusal extends Error {
  readonly wire: WireError;
  constructor(wire: WireError) {
    super(wire.code);
    this.wire = wire;
  }
}

function memory(works = true): Memory & { data: Map<string, string> } {
  const data = new Map<string, string>();
  return {
    data,
    read: (key) => data.get(key) ?? null,
    write: (key, value) => void (value === null || !works ? data.delete(key) : data.set(key, value)),
  };
}

function state(attempts: number): TaskStateDto {
  const attempt = (i: number) => ({
    id: `${i}`,
    understood: '1',
    verdict: 'wrong' as const,
    points: 0,
    at: '2026-11-24T16:00:00Z',
    replyHtml: null,
  });
  return {
    solved: false,
    bestPoints: 0,
    wrongCount: attempts,
    attempts: Array.from({ length: attempts }, (_, i) => attempt(i)),
    hintHtml: null,
    solution: { state: 'none' },
    chatLeft: 0,
    chat: null,
    keyFixPoints: null,
  };
}

const graded = (attempts = 1): SubmitResult => ({
  outcome: 'graded',
  verdict: 'wrong',
  points: 0,
  understood: '1',
  state: state(attempts),
});

/** One tab; `respond` plays the server. */
function tab(shared: Memory, respond: (answer: PendingAnswer) => Promise<SubmitResult>) {
  const sent: PendingAnswer[] = [];
  const answered: string[] = [];
  const outbox = createOutbox(shared, 'ilya');
  let ids = 0;
  let offline = false;
  let sessionEnded = false;
  const submissions = createSubmissions({
    outbox,
    send: (answer) => {
      sent.push(answer);
      return respond(answer);
    },
    refusal: (error) => (error instanceof Refusal ? error.wire : null),
    isOffline: () => offline,
    makeId: () => {
      ids += 1;
      return `id-${ids}`;
    },
    onAnswered: (taskId) => answered.push(taskId),
    onSessionEnded: () => {
      sessionEnded = true;
    },
  });
  const phase = (taskId: string) => submissions.byTask.get()[taskId]?.phase;
  return {
    submissions,
    outbox,
    sent,
    answered,
    phase,
    setOffline: (value: boolean) => (offline = value),
    sessionEnded: () => sessionEnded,
  };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('one answer', () => {
  test('is written down before it is sent and forgotten when it was answered', async () => {
    const shared = memory();
    const here = tab(shared, async () => {
      expect(shared.data.size).toBe(1);
      return graded();
    });
    here.submissions.submit('t', '1');
    expect(here.phase('t')).toBe('sending');
    await settled();
    expect(here.phase('t')).toBe('answered');
    expect(here.answered).toEqual(['t']);
    expect(shared.data.size).toBe(0);
    expect(here.submissions.stateOf('t', state(0)).attempts).toHaveLength(1);
    expect(here.submissions.stateOf('t', state(2)).attempts).toHaveLength(2);
  });

  test('a double click sends it once', async () => {
    const here = tab(memory(), async () => graded());
    here.submissions.submit('t', '1');
    here.submissions.submit('t', '1');
    await settled();
    expect(here.sent).toHaveLength(1);
  });
});

describe('without a connection', () => {
  test('nothing is sent until it returns, then everything goes once', async () => {
    const here = tab(memory(), async () => graded());
    here.setOffline(true);
    here.submissions.submit('a', '1');
    here.submissions.submit('b', '2');
    await settled();
    expect(here.sent).toEqual([]);
    expect([here.phase('a'), here.phase('b')]).toEqual(['waiting', 'waiting']);
    here.setOffline(false);
    await Promise.all([here.submissions.flush(), here.submissions.flush()]);
    expect(here.sent.map((answer) => answer.clientId)).toEqual(['id-1', 'id-2']);
    expect([here.phase('a'), here.phase('b')]).toEqual(['answered', 'answered']);
  });

  test('a changed answer takes the place of the one that waits', async () => {
    const here = tab(memory(), async () => graded());
    here.setOffline(true);
    here.submissions.submit('t', '1');
    here.submissions.submit('t', '2');
    await here.submissions.flush();
    expect(here.sent.map((answer) => answer.value)).toEqual(['2']);
  });

  test('what failed on the way is sent again under the same id, after a reload too', async () => {
    const shared = memory();
    const before = tab(shared, () => Promise.reject(new TypeError('Failed to fetch')));
    before.submissions.submit('t', ['a', 'b']);
    await settled();
    expect(before.phase('t')).toBe('waiting');
    const after = tab(shared, async () => graded());
    expect(after.phase('t')).toBe('waiting');
    await after.submissions.flush();
    expect(after.sent).toEqual(before.sent);
    expect(after.phase('t')).toBe('answered');
  });

  test('the rest is not tried when the first does not get through', async () => {
    const here = tab(memory(), () => Promise.reject(new TypeError('Failed to fetch')));
    here.setOffline(true);
    here.submissions.submit('a', '1');
    here.submissions.submit('b', '2');
    await here.submissions.flush();
    expect(here.sent).toHaveLength(1);
    expect(here.phase('b')).toBe('waiting');
  });

  test('a storage that holds nothing still keeps the answer for this tab', async () => {
    const here = tab(memory(false), async () => graded());
    here.setOffline(true);
    here.submissions.submit('t', '1');
    await here.submissions.flush();
    expect(here.phase('t')).toBe('answered');
    expect(here.outbox.list()).toEqual([]);
  });
});

describe('refusals', () => {
  test('an ended session keeps the answer', async () => {
    const here = tab(memory(), () => Promise.reject(new Refusal({ code: 'AUTH_SESSION_REQUIRED', data: {} })));
    here.submissions.submit('t', '1');
    await settled();
    expect(here.submissions.byTask.get().t).toEqual({ phase: 'waiting', value: '1', for: 'session' });
    expect(here.sessionEnded()).toBe(true);
    expect(here.outbox.list()).toHaveLength(1);
  });

  test('a fault of the server keeps the id, a named refusal does not', async () => {
    const refusals: WireError[] = [
      { code: 'UNEXPECTED', data: { requestId: '7F3K' } },
      { code: 'AUTH_RATE_LIMITED', data: { retryAfterSeconds: 5 } },
    ];
    const here = tab(memory(), () => {
      const next = refusals.shift();
      return next ? Promise.reject(new Refusal(next)) : Promise.resolve(graded());
    });
    for (let i = 0; i < 3; i += 1) {
      here.submissions.submit('t', '1');
      await settled();
    }
    expect(here.sent.map((answer) => answer.clientId)).toEqual(['id-1', 'id-1', 'id-2']);
    expect(here.phase('t')).toBe('answered');
  });
});

test('two tabs show the same', async () => {
  const shared = memory();
  const one = tab(shared, async () => graded());
  const other = tab(shared, async () => graded());
  one.setOffline(true);
  one.submissions.submit('t', '1');
  other.submissions.sync();
  expect(other.phase('t')).toBe('waiting');
  await one.submissions.flush();
  other.submissions.sync();
  expect(other.phase('t')).toBeUndefined();
});

test('what has come to an end can be forgotten, what waits cannot', async () => {
  const here = tab(memory(), async () => graded());
  here.submissions.submit('done', '1');
  await settled();
  here.setOffline(true);
  here.submissions.submit('waits', '2');
  here.submissions.forgetAnswered();
  expect([here.phase('done'), here.phase('waits')]).toEqual([undefined, 'waiting']);
});

test('a spoilt outbox is an empty one', () => {
  const shared = memory();
  shared.write('outbox.ilya', '[{"taskId":1},null');
  expect(createOutbox(shared, 'ilya').list()).toEqual([]);
  shared.write('outbox.ilya', '[{"taskId":1},null]');
  expect(createOutbox(shared, 'ilya').list()).toEqual([]);
});
