/** The load side: 32 connections that stay open, in a process of its own. Started by rounds.ts, spoken to by messages. */
import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { attemptId } from './attempts.ts';
import { sessionToken } from './students.ts';
import { threadId } from './threads.ts';

export type Target = { url: string; students: { from: number; count: number } };
export type Work =
  | { kind: 'topic'; topics: { course: string; topic: string }[] }
  /** The HTML of a topic's page. */
  | { kind: 'page'; topics: { course: string; topic: string }[] }
  | { kind: 'home' }
  | { kind: 'submit'; tasks: string[] }
  /** `tasks`: those of the attempt that every student is at. */
  | { kind: 'sync'; tasks: string[] }
  /** The newest page of every student's own thread, and a message to it. */
  | { kind: 'history' | 'send' };
/** Ends after so many milliseconds, or after so many requests, whichever comes first. */
export type Round = { target: Target; work: Work; connections: number; ms: number; requests?: number };
/** `latencies` in milliseconds, sorted. */
export type RoundResult = { requests: number; ms: number; latencies: number[]; fault: string | null };

const agents = new Map<string, Agent>();
/** How many requests of a kind a server has had: no answer is given twice. */
const sent = new Map<string, number>();

process.on('message', (round: Round) => {
  void run(round).then((result) => process.send?.(result));
});

async function run({ target, work, connections, ms, requests = Number.POSITIVE_INFINITY }: Round): Promise<RoundResult> {
  const agent = agents.get(target.url) ?? new Agent({ keepAlive: true, maxSockets: connections });
  agents.set(target.url, agent);
  const counter = `${work.kind} ${target.url}`;
  const latencies: number[] = [];
  let fault: string | null = null;
  const startedAt = performance.now();
  const loop = async () => {
    while (performance.now() - startedAt < ms && latencies.length < requests && fault === null) {
      const n = sent.get(counter) ?? 0;
      sent.set(counter, n + 1);
      const before = performance.now();
      const { status, body } = await call(agent, target, work, n);
      latencies.push(performance.now() - before);
      // A refusal is quick and would look like speed.
      if (status !== 200) fault = `${status} ${body()}`.slice(0, 500);
    }
  };
  await Promise.all(Array.from({ length: connections }, loop));
  return { requests: latencies.length, ms: performance.now() - startedAt, latencies: latencies.sort((a, b) => a - b), fault };
}

function call(agent: Agent, { url, students }: Target, work: Work, n: number): Promise<{ status: number; body: () => string }> {
  const student = students.from + (n % students.count);
  const headers: Record<string, string> = { cookie: `otlichno=${sessionToken(student)}` };
  // One change of every student to the first task, then to the second, …
  const round = Math.floor(n / students.count);
  const { path, payload } = requestOf(work, student, n, round);
  if (payload !== undefined)
    Object.assign(headers, { origin: url, 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(payload)) });
  return new Promise((resolve, reject) => {
    const sending = request(url + path, { agent, method: payload === undefined ? 'GET' : 'POST', headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: () => Buffer.concat(chunks).toString() }));
    });
    sending.on('error', reject);
    sending.end(payload);
  });
}

function requestOf(work: Work, student: number, n: number, round: number): { path: string; payload?: string } {
  const query = (path: string, input: unknown) => ({ path: `/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}` });
  const mutation = (path: string, input: unknown) => ({ path: `/trpc/${path}`, payload: JSON.stringify(input) });
  switch (work.kind) {
    case 'topic':
      return query('courses.topic', work.topics[n % work.topics.length]);
    case 'page': {
      const { course, topic } = work.topics[n % work.topics.length] ?? { course: '', topic: '' };
      return { path: `/courses/${course}/${topic}` };
    }
    case 'home':
      return { path: '/trpc/progress.home,progress.mistakes.brief,chat.unread,notifications.unseen?batch=1&input={}' };
    case 'history':
      return query('chat.history', { threadId: threadId(student) });
    case 'send':
      return mutation('chat.send', { threadId: threadId(student), clientId: randomUUID(), body: `Не понимаю задание ${n}` });
    case 'submit':
      return mutation('tasks.submit', { taskId: work.tasks[round % work.tasks.length], clientId: randomUUID(), value: `-77${n}` });
    case 'sync': {
      const taskId = work.tasks[round % work.tasks.length];
      const change = { taskId, baseRev: round, value: `-77${n}`, seen: true };
      return mutation('exams.sync', { attemptId: attemptId(student), since: round, changes: [change] });
    }
  }
}
