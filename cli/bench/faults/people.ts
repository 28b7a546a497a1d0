/**
 * A crowd that does everything one does at school, whatever befalls the school: with the browser's own code where the browser keeps what is under way, and
 * again and again by hand elsewhere. Every yes of the school is written down.
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { createAnswerBox } from '#client/features/exams/answer-box.ts';
import { createExamClock } from '#client/features/exams/exam-clock.ts';
import { createExamSaver, type ExamSaver } from '#client/features/exams/exam-saver.ts';
import { createOutbox } from '#client/features/tasks/outbox.ts';
import { createSubmissions } from '#client/features/tasks/submissions.ts';
import { appError, refusalOf } from '#client/lib/errors.ts';
import type { Memory } from '#client/lib/kept-list.ts';
import { makeUuid } from '#client/lib/make-uuid.ts';
import { consentVersion } from '#server/features/people/consent.ts';
import { aChatClient } from '#server/testing/chat-client.ts';
import { uploadsPath } from '#shared/upload-rules.ts';
import { type Prepared, priceMinor, type Seat } from './prepare.ts';
import type { Post } from './stand-ins.ts';
import { aVisitor, type Heard, nothingHeard, type Visitor } from './visitor.ts';

/** What the school has said yes to. */
export interface Deeds {
  heard: Heard;
  answers: { clientId: string; personId: string; taskId: string; value: string }[];
  /** Of each attempt and task, the newest. */
  exam: Map<string, { attemptId: string; taskId: string; value: string }>;
  messages: Set<string>;
  /** Files in messages: the bytes by their hash. */
  files: { uploadId: string; clientId: string; sha256: string }[];
  registered: string[];
  /** By address, the person. */
  signedIn: Map<string, string>;
  orders: { orderId: string; clientId: string; personId: string }[];
  /** Posts that were sent. */
  broadcasts: string[];
}

export interface PeopleParts {
  url: string;
  prepared: Prepared;
  post: Post;
  /** Between two deeds of one person. */
  pauseMs: number;
  registerMs: number;
  broadcastMs: number;
  /** One of the seats buys, so often. */
  buyMs: number;
}

export interface People {
  deeds: Deeds;
  /** Nothing new is begun; resolves once all that was begun has been answered. */
  finish(withinMs: number): Promise<string[]>;
  close(): void;
}

export function startPeople({ url, prepared, post, pauseMs, registerMs, broadcastMs, buyMs }: PeopleParts): People {
  const { seats, tasks, forSale, moderator } = prepared;
  const deeds: Deeds = {
    heard: nothingHeard(),
    answers: [],
    exam: new Map(),
    messages: new Set(),
    files: [],
    registered: [],
    signedIn: new Map(),
    orders: [],
    broadcasts: [],
  };
  let leaving = false;
  let over = false;
  const rest = (ms: number) => pause(ms * (0.5 + Math.random()));
  const visitor = (cookie?: string) => aVisitor(url, deeds.heard, () => over, cookie);
  const desks = seats.map((seat, n) => aDesk(seat, n));

  function aDesk(seat: Seat, n: number) {
    const { personId, cookie, threadId } = seat;
    const chat = aChatClient({ url, cookie, personId, threadIds: [threadId] });
    const me = visitor(cookie);
    const submissions = createSubmissions({
      outbox: createOutbox(aMemory(), personId),
      async send(answer) {
        const result = await me.rpc.tasks.submit.mutate(answer);
        deeds.answers.push({ clientId: answer.clientId, personId, taskId: answer.taskId, value: String(answer.value) });
        return result;
      },
      refusal: refusalOf,
      isOffline: () => false,
      makeId: makeUuid,
      onAnswered() {},
      onSessionEnded: () => void deeds.heard.refused.push('a living session was refused'),
    });
    const timer = setInterval(() => void submissions.flush(), 1_000);
    const exam = examOf(seat, me);
    return { seat, n, chat, me, submissions, exam, stop: () => clearInterval(timer) };
  }
  type Desk = ReturnType<typeof aDesk>;

  function examOf({ attempt, personId }: Seat, me: Visitor): ExamSaver {
    const clock = createExamClock();
    return createExamSaver(attempt, {
      tasks: attempt.tasks.map(({ id, format }, at) => ({ id, format, label: String(at + 1) })),
      box: createAnswerBox(aMemory(), personId, attempt.id),
      clock,
      async send(input) {
        const result = await me.rpc.exams.sync.mutate(input);
        for (const { taskId, outcome } of result.outcomes) {
          const value = input.changes.find((change) => change.taskId === taskId)?.value;
          if (outcome === 'saved' && typeof value === 'string')
            deeds.exam.set(`${attempt.id} ${taskId}`, { attemptId: attempt.id, taskId, value });
        }
        return result;
      },
      refusal: refusalOf,
      inTurn: (work) => work(),
      onSessionEnded: () => void deeds.heard.refused.push('a living session was refused'),
    });
  }

  async function study({ seat, n, chat, me, submissions, exam }: Desk): Promise<void> {
    for (let round = 0; !leaving; round += 1) {
      await rest(pauseMs);
      submissions.submit(tasks[(round + n) % tasks.length] ?? '', `-${round}${n}`);
      await rest(pauseMs);
      exam.type(seat.attempt.tasks[round % seat.attempt.tasks.length]?.id ?? '', String(1000 + round));
      await rest(pauseMs);
      chat.send(seat.threadId, `Не понимаю ${round}`);
      if (n % 3 === 0 && round % 5 === 0) await showFile(seat, me, round);
    }
  }

  async function showFile({ threadId }: Seat, me: Visitor, round: number): Promise<void> {
    const bytes = Buffer.from(`${randomBytes(20_000).toString('hex')}\n`);
    const uploadId = await sendFile(me, threadId, bytes);
    if (!uploadId) return;
    const clientId = randomUUID();
    const sent = await me.insist('chat.send', () =>
      me.rpc.chat.send.mutate({ threadId, clientId, body: `Решение ${round}`, uploadIds: [uploadId] }),
    );
    if (!sent) return;
    deeds.messages.add(clientId);
    deeds.files.push({ uploadId, clientId, sha256: createHash('sha256').update(bytes).digest('hex') });
  }

  /** As the page does (src/client/lib/upload.ts): whatever fails is asked about and goes on where it stopped, or begins anew where nobody knows it. */
  async function sendFile(me: Visitor, threadId: string, bytes: Buffer): Promise<string | null> {
    const tus = { 'tus-resumable': '1.0.0' };
    const metadata = Object.entries({ purpose: 'chat', subject: threadId, name: 'a.txt' }).map(([key, text]) => `${key} ${btoa(text)}`);
    let location: string | null = null;
    while (!over) {
      try {
        if (!location) {
          const begun = await me.fetch(uploadsPath, {
            method: 'POST',
            headers: { ...tus, 'upload-length': String(bytes.length), 'upload-metadata': metadata.join(',') },
          });
          location = begun.status === 201 ? begun.headers.get('location') : null;
          if (!location) throw new Error(`${begun.status}`);
        }
        const uploadId = location.slice(uploadsPath.length + 1);
        const at = await me.fetch(location, { method: 'HEAD', headers: tus });
        if (at.status === 404 || at.status === 410) location = null;
        if (at.status !== 200 || !location) throw new Error(`${at.status}`);
        const offset = Number(at.headers.get('upload-offset'));
        if (offset === bytes.length && (await me.rpc.files.upload.query({ id: uploadId })).state === 'ready') return uploadId;
        // In two pieces.
        const piece = bytes.subarray(offset, offset === 0 ? bytes.length / 2 : bytes.length);
        const sent = await me.fetch(location, {
          method: 'PATCH',
          headers: { ...tus, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
          body: new Uint8Array(piece),
        });
        if (sent.status === 200) return uploadId;
        if (sent.status !== 204) throw new Error(`${sent.status}`);
      } catch {
        await rest(1_000);
      }
    }
    return null;
  }

  async function comeIn(): Promise<void> {
    const guests: Promise<void>[] = [];
    while (!leaving) {
      await rest(registerMs);
      guests.push(register(`guest${randomUUID().slice(0, 8)}@example.ru`));
    }
    await Promise.all(guests);
  }

  async function register(email: string): Promise<void> {
    const me = visitor();
    const form = {
      email,
      firstName: 'Илья',
      lastName: 'Соколов',
      phone: '',
      consentVersion,
      timeZone: 'Europe/Moscow',
      locale: 'ru' as const,
    };
    if (!(await me.insist('auth.register', () => me.rpc.auth.register.mutate(form)))) return;
    deeds.registered.push(email);
    // As a person does: the newest code counts, and where none comes, or it is too old by then (the clock was turned), another is asked for.
    for (let asked = 0; !over; asked = post.taken.length) {
      const code = await codeAfter(email, asked);
      const result = code && (await me.insist('auth.verifyCode', () => me.rpc.auth.verifyCode.mutate({ code })));
      if (result && result.outcome === 'signed-in') return void deeds.signedIn.set(email, result.me.id);
      await me.insist('auth.requestCode', () => me.rpc.auth.requestCode.mutate({ email, locale: 'ru' }));
    }
  }

  /** Null: a minute has gone by without one. */
  async function codeAfter(email: string, asked: number): Promise<string | null> {
    for (const deadline = performance.now() + 60_000; !over && performance.now() < deadline; await pause(300)) {
      const code = post.taken
        .slice(asked)
        .findLast(({ to }) => to === email)
        ?.subject.match(/\d{6}/)?.[0];
      if (code) return code;
    }
    return null;
  }

  async function buy(): Promise<void> {
    for (const [n, course] of forSale.entries()) {
      await rest(buyMs);
      const desk = desks[n % desks.length];
      if (leaving || !desk) return;
      const { me, seat } = desk;
      const clientId = randomUUID();
      const order = {
        clientId,
        course,
        plan: 'once' as const,
        provider: n % 2 === 0 ? ('tbank' as const) : ('cloudpayments' as const),
        expectedMinor: priceMinor,
        agreesToCharges: false,
        locale: 'ru' as const,
      };
      const started = await me.insist('payments.checkout', () => me.rpc.payments.checkout.mutate(order));
      if (started) deeds.orders.push({ orderId: started.orderId, clientId, personId: seat.personId });
    }
  }

  async function announce(): Promise<void> {
    const me = visitor(moderator.cookie);
    while (!leaving) {
      await rest(broadcastMs);
      if (!leaving) await sendNews(me);
    }
  }

  async function sendNews(me: Visitor): Promise<void> {
    const id = randomUUID();
    const { office } = me.rpc.news;
    const channels = { site: true, telegram: true, email: false };
    const draft = { id, title: 'Расписание', body: 'Занятия каждый день.', button: null, to: { audience: 'all' as const }, channels };
    const made = await me.insist('news.create', () => office.create.mutate(draft));
    if (!made) return;
    let expected = 0;
    const sent = await me.insist('news.send', async () => {
      for (;;) {
        try {
          return await office.send.mutate({ id, rev: made.rev, at: null, expected });
        } catch (error) {
          const refusal = appError(error);
          // Sent by the request whose answer was lost.
          if (refusal?.code === 'NEWS_STATE') return refusal;
          if (refusal?.code !== 'NEWS_AUDIENCE_CHANGED') throw error;
          expected = refusal.data.recipients;
        }
      }
    });
    if (sent) deeds.broadcasts.push(id);
  }

  const waiting = () =>
    desks.flatMap(({ n, chat, submissions, exam }) => [
      ...chat
        .outbox()
        .view.get()
        .items.map(({ clientId }) => `seat ${n}: message ${clientId} waits`),
      ...Object.entries(submissions.byTask.get()).flatMap(([id, { phase }]) =>
        phase === 'sending' || phase === 'waiting' ? [`seat ${n}: the answer to ${id} is ${phase}`] : [],
      ),
      ...(exam.view.get().state === 'saved'
        ? []
        : [`seat ${n}: the exam is ${exam.view.get().state}: ${JSON.stringify(exam.view.get().answers)}`]),
    ]);

  const doing = Promise.all([...desks.map(study), comeIn(), buy(), announce()]);
  return {
    deeds,
    async finish(withinMs) {
      leaving = true;
      const deadline = performance.now() + withinMs;
      const timer = setTimeout(() => {
        over = true;
      }, withinMs);
      await doing;
      clearTimeout(timer);
      for (const { exam } of desks) exam.leave();
      while (waiting().length > 0 && performance.now() < deadline) {
        for (const { chat } of desks) void chat.outbox().flush();
        await pause(200);
      }
      for (const { chat } of desks) for (const id of chat.acknowledged) deeds.messages.add(id);
      return waiting();
    },
    close() {
      over = true;
      leaving = true;
      for (const desk of desks) {
        desk.stop();
        desk.chat.close();
      }
    },
  };
}

function aMemory(): Memory {
  const kept = new Map<string, string>();
  return {
    read: (key) => kept.get(key) ?? null,
    write: (key, value) => void (value === null ? kept.delete(key) : kept.set(key, value)),
  };
}
