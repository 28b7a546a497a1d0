/** The people's deeds over HTTP: for the page, and for tests in another process. Only from this machine, and from no other site's page. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { sendJson } from './api.ts';
import { ApiError } from './api-error.ts';
import { readBody } from './body.ts';
import { addPerson, personOf } from './people.ts';
import { faultKinds, type Person } from './types.ts';
import type { World } from './world.ts';

const newPerson = z.strictObject({
  firstName: z.string().trim().min(1).max(64).optional(),
  lastName: z.string().trim().max(64).optional(),
  username: z.string().trim().max(32).optional(),
  languageCode: z.string().max(35).optional(),
  started: z.boolean().optional(),
});
const odds = z.number().min(0).max(1);
const faultsInput = z.strictObject({
  seed: z.number().int().optional(),
  odds: z.partialRecord(z.enum(faultKinds), odds).optional(),
  slowMs: z.number().int().min(0).optional(),
  retryAfter: z.number().int().min(1).optional(),
  duplicates: odds.optional(),
  reordered: odds.optional(),
  unknownFields: z.boolean().optional(),
  outage: z.enum(['cut', 'silent']).nullish(),
});
const nextFaultInput = z.strictObject({
  kind: z.enum(faultKinds),
  method: z.string().optional(),
  chatId: z.number().int().optional(),
  times: z.number().int().min(1).optional(),
});
const deed = z.strictObject({
  text: z.string().optional(),
  payload: z.string().max(64).optional(),
  replyTo: z.number().int().optional(),
  messageId: z.number().int().optional(),
  button: z.string().optional(),
  kind: z.enum(['sticker', 'voice', 'location']).optional(),
  photo: z.base64().optional(),
  caption: z.string().optional(),
});
type Deed = z.infer<typeof deed>;

/** Answers `/stand-in/…`; false for any other address. */
export async function serveControl(world: World, req: IncomingMessage, res: ServerResponse): Promise<boolean> {
  const pathname = pathOf(req);
  if (!pathname.startsWith('/stand-in/')) return false;
  try {
    const { fields } = await readBody(req);
    const result = await route(world, req.method ?? 'GET', pathname.slice('/stand-in/'.length).split('/'), fields);
    sendJson(res, 200, result);
  } catch (error) {
    const code = error instanceof ApiError ? error.code : 400;
    if (!res.headersSent) sendJson(res, code, { error: error instanceof Error ? error.message : 'bad request' });
  }
  return true;
}

/**
 * Pages of other sites could write here as well, and by a name of theirs that leads to this machine even read: the token of the stand-in is no secret.
 * Its API changes things by GET, too.
 */
export function checkSender(req: IncomingMessage): void {
  const { host = '', origin, 'sec-fetch-site': site = 'none' } = req.headers;
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)) throw new ApiError(403, 'from this machine only');
  const changes = req.method !== 'GET' || pathOf(req).startsWith('/bot');
  // A picture or a frame in a page of another site names no origin: browsers say where it stands.
  if (changes && ((origin !== undefined && origin !== `http://${host}`) || site === 'cross-site' || site === 'same-site'))
    throw new ApiError(403, 'from the page of the stand-in only');
}

const pathOf = (req: IncomingMessage) => new URL(req.url ?? '/', 'http://localhost').pathname;

async function route(world: World, method: string, [what = '', id = '', action = '']: string[], fields: unknown): Promise<unknown> {
  const person = () => {
    const found = world.person(Number(id));
    if (!found) throw new ApiError(404, 'no such person');
    return personOf(world, found);
  };
  const all = () => world.keeper.state.people.map(({ user, state }) => ({ ...user, state }));
  if (method === 'GET') {
    if (what === 'people' && id === '') return all();
    if (what === 'people' && action === 'messages') return person().messages();
    if (what === 'statistics') return { ...world.counter.read(), peak: world.limits.peak() };
  }
  if (method === 'POST') {
    if (what === 'people' && id === '') {
      const { user, state } = addPerson(world, newPerson.parse(fields));
      return { ...user, state: state() };
    }
    if (what === 'people') return act(person(), action, deed.parse(fields));
    if (what === 'faults') return world.faults.set(faultsInput.parse(fields)) ?? {};
    if (what === 'fail-next') return world.faults.failNext(nextFaultInput.parse(fields)) ?? {};
  }
  throw new ApiError(404, 'no such address');
}

async function act(
  person: Person,
  action: string,
  { text = '', payload, replyTo, messageId, button = '', kind = 'sticker', photo = '', caption }: Deed,
): Promise<unknown> {
  const messageOf = (id: number | undefined) => person.messages().find(({ message_id: known }) => known === id);
  const options = { replyTo: messageOf(replyTo), caption };
  switch (action) {
    case 'start':
      return person.start(payload);
    case 'say':
      if (text.trim() === '') throw new ApiError(400, 'nothing was written');
      return person.say(text, options);
    case 'photo':
      return person.sendPhoto(Buffer.from(photo, 'base64'), options);
    case 'other':
      return person.sendOther(kind, options);
    case 'press': {
      const message = messageOf(messageId);
      if (!message) throw new ApiError(404, 'no such message');
      return person.press(message, button);
    }
    case 'block':
    case 'unblock':
    case 'deactivate':
      person[action]();
      return { ...person.user, state: person.state() };
    default:
      throw new ApiError(404, 'no such deed');
  }
}
