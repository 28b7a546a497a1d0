/** What both APIs and the pages need of HTTP. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { ProviderId } from '#shared/payments.ts';
import type { World } from './world.ts';

export type Fields = Record<string, unknown>;

const maxBytes = 2 ** 20;

export async function readBody(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req) {
    size += chunk.length;
    if (size > maxBytes) throw new Error('too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

export function parseFields(req: IncomingMessage, body: Buffer): Fields | null {
  const type = req.headers['content-type'] ?? '';
  if (type.startsWith('application/x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(body.toString('utf8')));
  if (body.length === 0) return {};
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return isFields(value) ? value : null;
  } catch {
    return null;
  }
}

export const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
export const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

export interface Answer {
  status: number;
  body: unknown;
}

export function sendJson(res: ServerResponse, { status, body }: Answer): void {
  const json = JSON.stringify(body);
  res.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(json) }).end(json);
}

interface Call {
  provider: ProviderId;
  method: string;
  refusal: Answer;
  work: (body: Buffer) => Promise<Answer>;
}

/** One call of an API, with whatever befalls it. */
export async function serveCall(world: World, req: IncomingMessage, res: ServerResponse, call: Call): Promise<void> {
  const { provider, method, work } = call;
  const body = await readBody(req);
  const { faults, counter } = world;
  counter.call(provider, method);
  const fault = faults.draw(provider, method);
  if (fault) counter.fault(fault);
  const end = counter.begin();
  try {
    const { concurrency, delayMs = 100 } = faults.current();
    if (fault === 'delay') await wait(delayMs);
    if (fault === 'tooMany' || (concurrency && counter.underWay() > concurrency))
      return void res.writeHead(429, { 'retry-after': '1' }).end('Too Many Requests');
    if (fault === 'cutBefore') return void req.socket.destroy();
    if (fault === 'serverError') return void res.writeHead(500).end('Internal Server Error');
    if (fault === 'htmlPage') return sendHtml(res);
    if (fault === 'refused') return sendJson(res, call.refusal);
    // The other name of this machine is another host to whoever follows.
    if (fault === 'redirect')
      return void res.writeHead(302, { location: `${world.base.replace('127.0.0.1', 'localhost')}/elsewhere` }).end();
    const answer = await work(body);
    world.touch();
    // Nothing is ever said: it is the caller who hangs up.
    if (fault === 'silentAfter') return;
    if (fault === 'cutAfter') return void req.socket.destroy();
    if (fault === 'serverErrorAfter') return void res.writeHead(500).end('Internal Server Error');
    if (fault === 'htmlPageAfter') return sendHtml(res);
    sendJson(res, answer);
  } finally {
    end();
  }
}

function sendHtml(res: ServerResponse): void {
  res
    .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    .end('<!doctype html><title>Технические работы</title><h1>Технические работы</h1>');
}
