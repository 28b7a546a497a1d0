/**
 * A Telegram of one's own, for development and tests: a server on 127.0.0.1 to which the real grammY talks (`client: { apiRoot: standIn.url }`).
 * It keeps the real limits and says no in the real words. What people do in their Telegram is done by calls, over HTTP, or on its page.
 *
 * ```ts
 * const telegram = await startTelegramStandIn({ perSecond: 30 });
 * const anna = telegram.people.make({ firstName: 'Анна' });
 * anna.start('token-of-a-deep-link');
 * const question = await anna.waitFor(({ text }) => text?.includes('Связать') === true);
 * const { text } = await anna.press(question, 'Связать');      // by label or by data; resolves with answerCallbackQuery
 * anna.say('Спасибо', { replyTo: anna.received()[0] });
 * anna.block();                                               // my_chat_member → kicked, then 403 for the bot
 * telegram.failNext({ kind: 'cutAfter', chatId: anna.id });   // the next message to Anna arrives, the answer does not
 * telegram.setFaults({ seed: 7, odds: { serverError: 0.02, tooMany: 0.001 }, duplicates: 0.1 });
 * telegram.statistics();                                      // accepted, refused by code, per chat, per second, …
 * await telegram.stop();
 * ```
 *
 * Rules it keeps: 4096 and 1024 UTF-16 units after entities are parsed, 100 entities, the tags of `parse_mode: 'HTML'` and no other (another parse mode is
 * refused), 64 bytes of callback data, 30 messages a second over all and one a second per chat after a burst of 3 (429 with `retry_after`; until that is
 * over everything in its scope is refused), 403 for people who never wrote, blocked the bot or deleted themselves, 401 for a wrong token, 404 for none.
 * Sends and edits count for limits, an album as many as its pictures. Buttons and links take addresses with a dot in the host only: Telegram refuses
 * `http://localhost` («Wrong HTTP URL») in buttons and drops it in `<a>`. A second `getUpdates` ends the first with 409, and so does a webhook.
 * Ids of people are above 2³². A webhook may be plain http here; it is posted to one update after another, again until it says 2xx.
 *
 * The same over HTTP for another process, JSON in and out, from this machine only: `GET /stand-in/people`, `POST /stand-in/people` (NewPerson),
 * `GET /stand-in/people/<id>/messages`, `POST /stand-in/people/<id>/<start|say|press|photo|other|block|unblock|deactivate>` (`{ text, payload, replyTo,
 * messageId, button, kind, photo (base64), caption }`), `GET /stand-in/statistics`, `POST /stand-in/faults` (Faults), `POST /stand-in/fail-next` (NextFault).
 * Pages: `/` all chats, `/chats/<id>` one, `/<username>?start=…` plays t.me.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sendJson, serveApi } from './api.ts';
import { ApiError } from './api-error.ts';
import { checkSender, serveControl } from './control.ts';
import { commandsFor } from './methods/bot.ts';
import { servePages } from './page/pages.ts';
import { addPerson, personOf } from './people.ts';
import type { StandInOptions, StandInUser, TelegramStandIn } from './types.ts';
import { createWorld, type World } from './world.ts';

/** Has the form of a real one, and opens nothing. */
export const standInToken = '7000000000:stand-in-for-development-and-tests_';

export async function startTelegramStandIn(options: StandInOptions = {}): Promise<TelegramStandIn> {
  const { port = 0, token = standInToken, username = 'otlichno_dev_bot' } = options;
  const bot: StandInUser = { id: Number(token.split(':')[0]), is_bot: true, first_name: 'Отлично', username };
  const world = createWorld(options, bot);
  const server = createServer({ keepAliveTimeout: 65_000, requestTimeout: 0 }, (req, res) => {
    serve(world, token, req, res).catch(() => req.socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  // What was not handed over before a restart.
  world.webhook.wake();

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token,
    username,
    people: {
      make: (person = {}) => addPerson(world, person),
      all: () => world.keeper.state.people.map((person) => personOf(world, person)),
      find(id) {
        const person = world.person(id);
        return person ? personOf(world, person) : null;
      },
    },
    messages: (chatId) => [...world.messages(chatId)],
    commands: (languageCode) => commandsFor(world, languageCode),
    pushUpdate(update) {
      const [kind = 'nothing', body = {}] = Object.entries(update)[0] ?? [];
      return world.updates.push(kind, body as Record<string, unknown>);
    },
    pendingUpdates: () => world.updates.pending().length,
    statistics: () => ({ ...world.counter.read(), peak: world.limits.peak() }),
    forgetStatistics: () => world.counter.forget(),
    setFaults: world.faults.set,
    failNext: world.faults.failNext,
    async stop() {
      world.stop();
      // Polls and silent connections have no end of their own.
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function serve(world: World, token: string, req: IncomingMessage, res: ServerResponse): Promise<void> {
  try {
    checkSender(req);
  } catch (error) {
    const [code, description] = error instanceof ApiError ? [error.code, error.message] : [400, 'Bad Request'];
    return sendJson(res, code, { ok: false, error_code: code, description });
  }
  if (await serveApi(world, token, req, res)) return;
  if (await serveControl(world, req, res)) return;
  if (await servePages(world, req, res)) return;
  sendJson(res, 404, { ok: false, error_code: 404, description: 'Not Found' });
}
