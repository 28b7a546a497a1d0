/** One file, because all cases are tabs and devices at one attempt, with a network that comes and goes between them and one server. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { WireError } from '#shared/errors.ts';
import type { ExamAnswerDto, RunningAttemptDto, SyncInput, SyncResult } from '#shared/exams.ts';
import { createAnswerBox } from './answer-box.ts';
import { createExamClock } from './exam-clock.ts';
import { createExamSaver } from './exam-saver.ts';

const tasks = ['a', 'b', 'c'].map((id, at) => ({ id, label: String(at + 1), format: { kind: 'number' as const } }));
const start = Date.parse('2026-11-26T10:00:00Z');

/** The server's side of `exams.sync`, as its contract says. */
function aServer(deadlineAt: string | null = null) {
  const answers = new Map<string, ExamAnswerDto>(
    tasks.map(({ id }) => [id, { taskId: id, rev: 0, value: null, flagged: false, seen: false }]),
  );
  let rev = 0;
  let running = true;
  const requests: SyncInput[] = [];
  const save = (taskId: string, change: Partial<ExamAnswerDto>) => {
    rev += 1;
    answers.set(taskId, { taskId, flagged: false, seen: false, value: null, ...answers.get(taskId), ...change, rev });
  };
  return {
    requests,
    save,
    value: (taskId: string) => answers.get(taskId)?.value,
    end: () => {
      running = false;
    },
    attempt: (): RunningAttemptDto => ({
      state: 'running',
      id: 'attempt',
      now: new Date(Date.now()).toISOString(),
      startedAt: new Date(start).toISOString(),
      deadlineAt,
      number: 1,
      attemptsAllowed: 1,
      limitMinutes: null,
      exam: { slug: 'e', title: 'E', courseSlug: 'c', courseTitle: 'C' },
      rev,
      tasks: [],
      answers: [...answers.values()],
      zip: null,
    }),
    sync(input: SyncInput): SyncResult {
      requests.push(input);
      const outcomes = input.changes.map(({ taskId, baseRev, value, flagged, seen }): SyncResult['outcomes'][number] => {
        const now = answers.get(taskId);
        if (!running) return { taskId, outcome: 'over' };
        if (!now) return { taskId, outcome: 'unknown' };
        const same = value === undefined || JSON.stringify(value) === JSON.stringify(now.value);
        if (!same && baseRev !== now.rev) return { taskId, outcome: 'conflict' };
        save(taskId, { value: value === undefined ? now.value : value, flagged: flagged ?? now.flagged, seen: seen ?? now.seen });
        return { taskId, outcome: 'saved' };
      });
      const changed = [...answers.values()].filter((answer) => answer.rev > input.since);
      return { now: new Date(Date.now()).toISOString(), running, deadlineAt, rev, outcomes, changed };
    },
  };
}

type Network = 'up' | 'down' | 'reply lost' | WireError;

/** One browser: a storage that its tabs share. */
function aBrowser(server: ReturnType<typeof aServer>) {
  const stored = new Map<string, string>();
  const tabs = new Set<(key: string) => void>();
  let turn = Promise.resolve();
  let network: Network = 'up';
  let full = false;
  const ended = vi.fn();
  return {
    stored,
    ended,
    set: (next: Network) => {
      network = next;
    },
    fill: () => {
      full = true;
    },
    tab() {
      let own: (key: string) => void = () => undefined;
      const memory = {
        read: (key: string) => stored.get(key) ?? null,
        write(key: string, value: string | null) {
          if (full) return;
          if (value === null) stored.delete(key);
          else stored.set(key, value);
          for (const tab of tabs) if (tab !== own) tab(key);
        },
      };
      const box = createAnswerBox(memory, 'person', 'attempt');
      const saver = createExamSaver(server.attempt(), {
        tasks,
        box,
        clock: createExamClock(() => Date.now()),
        async send(input) {
          await new Promise((resolve) => setTimeout(resolve, 20));
          if (network === 'down') throw new Error('unreachable');
          if (typeof network === 'object') throw network;
          const result = server.sync(input);
          await new Promise((resolve) => setTimeout(resolve, 20));
          if (network === 'reply lost') throw new Error('unreachable');
          return result;
        },
        refusal: (error) => (error instanceof Error ? null : (error as WireError)),
        inTurn(work) {
          const done = turn.then(work);
          turn = done.catch(() => undefined);
          return done;
        },
        onSessionEnded: ended,
      });
      own = (key) => saver.heard(box.taskOf(key));
      tabs.add(own);
      return { saver, box, see: (taskId: string) => saver.view.get().answers[taskId], state: () => saver.view.get().state };
    },
  };
}

beforeEach(() => {
  vi.useFakeTimers({ now: start });
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('saving', () => {
  test('keys are gathered into one request, and leaving the field does not wait', async () => {
    const server = aServer();
    const { saver, state } = aBrowser(server).tab();
    for (const typed of ['1', '12', '12,5']) {
      saver.type('a', typed);
      await wait(100);
    }
    expect(state()).toBe('saving');
    expect(server.requests).toHaveLength(0);
    await wait(650);
    expect(server.requests.map(({ changes }) => changes)).toEqual([[{ taskId: 'a', baseRev: 0, value: '12,5' }]]);
    expect(state()).toBe('saved');

    saver.type('b', '7');
    saver.leave();
    await wait(50);
    expect(server.value('b')).toBe('7');
  });

  test('what is typed while a request is under way goes out after it, upon what was saved', async () => {
    const server = aServer();
    const { saver, state } = aBrowser(server).tab();
    saver.type('a', '4');
    await wait(610);
    saver.type('a', '42');
    await wait(1500);
    expect(server.requests.map(({ changes }) => changes[0])).toEqual([
      { taskId: 'a', baseRev: 0, value: '4' },
      { taskId: 'a', baseRev: 1, value: '42' },
    ]);
    expect([server.value('a'), state()]).toEqual(['42', 'saved']);
  });

  test('never two requests at a time', async () => {
    const server = aServer();
    const { saver } = aBrowser(server).tab();
    saver.type('a', '4');
    void saver.flush();
    await Promise.all([saver.flush(), saver.flush(), wait(100)]);
    expect(server.requests).toHaveLength(1);
  });
});

describe('without a connection', () => {
  test('everything typed waits here, is told so, and goes in one request when the connection is back', async () => {
    const server = aServer();
    const browser = aBrowser(server);
    const { saver, state } = browser.tab();
    browser.set('down');
    saver.type('a', '1');
    saver.type('b', '2');
    await wait(2000);
    saver.flag('c', true);
    await wait(5000);
    expect(state()).toBe('offline');
    expect(saver.view.get().durable).toBe(true);
    browser.set('up');
    void saver.flush();
    await wait(100);
    expect(server.requests.map(({ changes }) => changes.length)).toEqual([3]);
    expect([server.value('a'), server.value('b'), state()]).toEqual(['1', '2', 'saved']);
  });

  test('it is tried again and again, ever more seldom, and the last time at most a quarter of a minute ago', async () => {
    const server = aServer();
    const browser = aBrowser(server);
    const { saver } = browser.tab();
    browser.set('down');
    saver.type('a', '1');
    await wait(120_000);
    browser.set('up');
    await wait(20_000);
    expect(server.value('a')).toBe('1');
  });

  test('a reload keeps what was typed, and sends it', async () => {
    const server = aServer();
    const browser = aBrowser(server);
    const first = browser.tab();
    browser.set('down');
    first.saver.type('a', '42');
    await wait(1000);
    browser.set('up');
    const second = browser.tab();
    expect(second.see('a')).toMatchObject({ value: '42', unsaved: true });
    await wait(100);
    expect([server.value('a'), second.state()]).toEqual(['42', 'saved']);
  });

  test('an answer whose acknowledgement was lost is no conflict, whatever was typed since', async () => {
    const server = aServer();
    const browser = aBrowser(server);
    const { saver, see, state } = browser.tab();
    browser.set('reply lost');
    saver.type('a', '4');
    await wait(700);
    expect(server.value('a')).toBe('4');
    saver.type('a', '42');
    browser.set('up');
    await wait(20_000);
    expect(see('a')?.theirs).toBeNull();
    expect([server.value('a'), state()]).toEqual(['42', 'saved']);
  });

  test('a storage that takes nothing is told of: then the page must stay open', async () => {
    const server = aServer();
    const browser = aBrowser(server);
    browser.fill();
    const { saver, see } = browser.tab();
    browser.set('down');
    saver.type('a', '42');
    await wait(1000);
    expect(saver.view.get()).toMatchObject({ state: 'offline', durable: false });
    expect(see('a')?.value).toBe('42');
    browser.set('up');
    await wait(5000);
    expect(server.value('a')).toBe('42');
  });
});

describe('refusals', () => {
  test('a fault of the server is no lost connection, and is tried again', async () => {
    const server = aServer();
    const browser = aBrowser(server);
    const { saver, state } = browser.tab();
    browser.set({ code: 'UNEXPECTED', data: { requestId: 'r' } } as WireError);
    saver.type('a', '1');
    await wait(800);
    expect(state()).toBe('retrying');
    browser.set('up');
    await wait(5000);
    expect([server.value('a'), state()]).toEqual(['1', 'saved']);
  });

  test('an ended session asks for the code, waits, and goes on afterwards', async () => {
    const server = aServer();
    const browser = aBrowser(server);
    const { saver, state } = browser.tab();
    browser.set({ code: 'AUTH_SESSION_REQUIRED', data: {} } as WireError);
    saver.type('a', '1');
    await wait(60_000);
    expect(browser.ended).toHaveBeenCalledTimes(1);
    expect(state()).toBe('signed-out');
    browser.set('up');
    void saver.flush();
    await wait(100);
    expect([server.value('a'), state()]).toEqual(['1', 'saved']);
  });
});

describe('two tabs of one browser', () => {
  test('what is typed in one appears in the other, and is sent once', async () => {
    const server = aServer();
    const browser = aBrowser(server);
    const [one, two] = [browser.tab(), browser.tab()];
    one.saver.type('a', '42');
    expect(two.see('a')).toMatchObject({ value: '42', unsaved: true });
    await wait(1000);
    expect(two.see('a')).toMatchObject({ value: '42', unsaved: false });
    expect(server.requests).toHaveLength(1);
  });

  test('taking turns at one answer they never contradict each other', async () => {
    const server = aServer();
    const browser = aBrowser(server);
    const [one, two] = [browser.tab(), browser.tab()];
    for (const [tab, typed] of [
      [one, '1'],
      [two, '12'],
      [one, '123'],
      [two, '1234'],
    ] as const) {
      tab.saver.type('a', typed);
      tab.saver.leave();
      await wait(15);
    }
    await wait(3000);
    expect(server.value('a')).toBe('1234');
    for (const tab of [one, two]) expect(tab.see('a')).toMatchObject({ value: '1234', theirs: null, unsaved: false });
  });

  test('what a closed tab left behind is sent by the other one', async () => {
    const server = aServer();
    const browser = aBrowser(server);
    const [one, two] = [browser.tab(), browser.tab()];
    browser.set('down');
    one.saver.type('a', '42');
    await wait(700);
    browser.set('up');
    void two.saver.flush();
    await wait(100);
    expect(server.value('a')).toBe('42');
  });
});

describe('two devices', () => {
  test('what was typed there appears here with the next look', async () => {
    const server = aServer();
    const { saver, see } = aBrowser(server).tab();
    server.save('a', { value: '13' });
    void saver.flush();
    await wait(100);
    expect(see('a')).toMatchObject({ value: '13', unsaved: false });
  });

  test('both typed: nothing is lost, a choice is asked for, and the choice is what counts', async () => {
    const server = aServer();
    const { saver, see, state } = aBrowser(server).tab();
    saver.type('a', '42');
    server.save('a', { value: '13' });
    await wait(700);
    expect(state()).toBe('choose');
    expect(see('a')).toMatchObject({ value: '42', theirs: { value: '13' } });
    expect(server.value('a')).toBe('13');
    saver.choose('a', 'mine');
    await wait(100);
    expect([server.value('a'), state()]).toEqual(['42', 'saved']);
  });

  test('a field with the focus that was changed here keeps its text; left, it follows', async () => {
    const server = aServer();
    const { saver, see } = aBrowser(server).tab();
    saver.type('a', '42');
    await wait(1000);
    server.save('a', { value: '13' });
    void saver.flush();
    await wait(100);
    expect(see('a')).toMatchObject({ value: '42', theirs: { value: '13' } });
    saver.choose('a', 'theirs');
    saver.leave();
    server.save('a', { value: '14' });
    void saver.flush();
    await wait(100);
    expect(see('a')).toMatchObject({ value: '14', theirs: null });
  });
});

describe('the end', () => {
  test('what was typed before the deadline and came after it is kept to be told', async () => {
    const server = aServer();
    const browser = aBrowser(server);
    const { saver, box } = browser.tab();
    saver.type('a', '1');
    await wait(1000);
    browser.set('down');
    saver.type('b', '2');
    await wait(1000);
    server.end();
    browser.set('up');
    await wait(5000);
    expect(saver.view.get().over).toBe(true);
    expect(box.lost()).toEqual([{ label: '2', value: '2' }]);
    saver.type('c', '3');
    expect(box.lost()).toHaveLength(1);
    box.clear();
    expect([...browser.stored.keys()]).toEqual([]);
  });

  test('a deadline that moved is learnt with the next look', async () => {
    const server = aServer('2026-11-26T11:00:00.000Z');
    const { saver } = aBrowser(server).tab();
    const moved = aServer('2026-11-26T11:30:00.000Z');
    server.sync = moved.sync;
    void saver.flush();
    await wait(100);
    expect(saver.view.get().deadlineAt).toBe(Date.parse('2026-11-26T11:30:00.000Z'));
  });
});

test('what the server could not keep does not hold up the rest: cut to its limits', async () => {
  const server = aServer();
  const { saver } = aBrowser(server).tab();
  saver.type('a', `${'9'.repeat(600)}\0`);
  saver.type('b', 'x\ud800y');
  await wait(1000);
  expect(server.value('a')).toBe('9'.repeat(500));
  expect(server.value('b')).toBe('x\ufffdy');
});
