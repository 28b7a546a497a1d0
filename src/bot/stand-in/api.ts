/** The Bot API's door: token, faults, method, answer. */
import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { ApiError } from './api-error.ts';
import { type Body, readBody } from './body.ts';
import { numberField } from './fields.ts';
import { type Call, tooMany } from './methods/call.ts';
import { methods } from './methods/table.ts';
import type { FaultKind } from './types.ts';
import type { World } from './world.ts';

const notFound = new ApiError(404, 'Not Found');

/** Answers `/bot<token>/<method>` and `/file/bot<token>/<path>`; false for any other address. */
export async function serveApi(world: World, token: string, req: IncomingMessage, res: ServerResponse): Promise<boolean> {
  const path = decodePath(req.url ?? '');
  const [, file, given = '', rest = ''] = /^(\/file)?\/bot([^/]*)(?:\/(.*))?$/.exec(path) ?? [];
  if (!path.startsWith('/bot') && !path.startsWith('/file/bot')) return false;
  const { outage } = world.faults.current();
  if (outage === 'cut') req.socket.destroy();
  else if (outage !== 'silent')
    await answer(world, req, res, () => (file ? download(world, token, given, rest, res) : call(world, token, given, rest, req, res)));
  return true;
}

async function answer(world: World, req: IncomingMessage, res: ServerResponse, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const known = error instanceof ApiError ? error : new ApiError(500, 'Internal Server Error');
    world.counter.refused(known.code);
    const { code, message, retryAfter } = known;
    const parameters = retryAfter === undefined ? {} : { parameters: { retry_after: retryAfter } };
    if (!res.headersSent && !req.socket.destroyed)
      sendJson(res, code, { ok: false, error_code: code, description: message, ...parameters });
  }
}

function checkToken(token: string, given: string): void {
  // What has not the form of a token is an address that does not exist.
  if (!/^\d+:[\w-]+$/.test(given)) throw notFound;
  const [a, b] = [Buffer.from(token), Buffer.from(given)];
  if (a.length !== b.length || !timingSafeEqual(a, b)) throw new ApiError(401, 'Unauthorized');
}

async function call(world: World, token: string, given: string, name: string, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const body = await readBody(req);
  checkToken(token, given);
  const methodName = name.toLowerCase();
  const method = methods.get(methodName);
  if (!method) throw new ApiError(404, 'Not Found: method not found');
  world.counter.request(methodName);
  const chatId = numberField(body.fields, 'chat_id');
  const fault = world.faults.draw(methodName, chatId);
  if (fault) world.counter.fault(fault);
  if (fault && before(world, fault, chatId, req, res)) return;
  const made = await run(world, body, method, res);
  await after(world, fault, made, req, res);
}

interface Made {
  result: unknown;
  taken: Call['taken'];
}

async function run(world: World, body: Body, method: (call: Call) => unknown, res: ServerResponse): Promise<Made> {
  const gone = new AbortController();
  res.once('close', () => gone.abort());
  const thisCall: Call = { ...body, world, gone: gone.signal };
  const result = await method(thisCall);
  return { result, taken: thisCall.taken };
}

/** Faults that strike before anything was done. True: there is nothing left to do. */
function before(world: World, fault: FaultKind, chatId: number | undefined, req: IncomingMessage, res: ServerResponse): boolean {
  const { retryAfter = 1 } = world.faults.current();
  const person = world.person(chatId ?? 0);
  switch (fault) {
    case 'tooMany':
    case 'tooManyOverall':
      world.limits.pause(fault === 'tooMany' && chatId !== undefined ? chatId : 'all', retryAfter);
      throw tooMany(retryAfter);
    case 'forbidden':
      if (person?.state === 'started') world.setState(person, 'blocked');
      return false;
    case 'serverError':
      badGateway(world, res);
      return true;
    case 'cutBefore':
      req.socket.destroy();
      return true;
    case 'silentBefore':
      return true;
    default:
      return false;
  }
}

/** Hands the result over, unless something keeps the bot from hearing of it. */
async function after(
  world: World,
  fault: FaultKind | null,
  { result, taken }: Made,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const unheard = () => taken && world.counter.unheard(taken.chatId, taken.count);
  if (fault === 'slow') await wait(world.faults.current().slowMs ?? 1000);
  if (fault === 'cutAfter' || fault === 'silentAfter' || fault === 'serverErrorAfter') {
    unheard();
    if (fault === 'cutAfter') req.socket.destroy();
    if (fault === 'serverErrorAfter') badGateway(world, res);
    return;
  }
  if (res.destroyed) unheard();
  else {
    res.once('close', () => res.writableFinished || unheard());
    sendJson(res, 200, { ok: true, result });
  }
}

/** Now and then the answer is not the API's but of something in front of it, and no JSON. */
function badGateway(world: World, res: ServerResponse): void {
  if (world.faults.chance(0.5)) {
    world.counter.refused(502);
    res.writeHead(502, { 'content-type': 'text/html' }).end('<html><head><title>502 Bad Gateway</title></head></html>');
    return;
  }
  world.counter.refused(500);
  sendJson(res, 500, { ok: false, error_code: 500, description: 'Internal Server Error: sent by the stand-in' });
}

async function download(world: World, token: string, given: string, path: string, res: ServerResponse): Promise<void> {
  checkToken(token, given);
  const file = world.keeper.state.files.find((known) => known.path === path);
  const bytes = file && world.keeper.readFile(file.id);
  if (!bytes) throw notFound;
  res.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': bytes.length }).end(bytes);
}

export function sendJson(res: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  res.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }).end(text);
}

function decodePath(url: string): string {
  try {
    return decodeURIComponent(new URL(url, 'http://localhost').pathname);
  } catch {
    return '';
  }
}
