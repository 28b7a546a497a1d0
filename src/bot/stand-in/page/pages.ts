import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { World } from '../world.ts';
import { chatView, listView, page, startView } from './views.ts';

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const assets: Record<string, { file: string; type: string }> = {
  '/page.css': { file: 'page.css', type: 'text/css' },
  '/page.js': { file: 'page.js', type: 'text/javascript' },
};

/** The pages of the stand-in; false for any other address. */
export async function servePages(world: World, req: IncomingMessage, res: ServerResponse): Promise<boolean> {
  if (req.method !== 'GET') return false;
  const { pathname, searchParams } = new URL(req.url ?? '/', 'http://localhost');
  const asset = assets[pathname];
  const [, chat] = /^\/chats\/(\d+)$/.exec(pathname) ?? [];
  const [, photo] = /^\/photos\/([\w-]+)$/.exec(pathname) ?? [];
  const person = chat === undefined ? undefined : world.person(Number(chat));
  if (asset) send(res, `${asset.type}; charset=utf-8`, readFileSync(new URL(asset.file, import.meta.url)));
  else if (pathname === '/') sendPage(res, page('Telegram для разработки', listView(world)));
  else if (person) sendPage(res, page(person.user.first_name, chatView(world, person)));
  else if (photo) servePhoto(world, photo, res);
  else if (pathname === '/events') serveEvents(world, req, res);
  else if (pathname === '/start-link') redirectToStart(world, searchParams.get('link') ?? '', res);
  else if (pathname.toLowerCase() === `/${world.bot.username}`.toLowerCase()) {
    sendPage(res, page(`@${world.bot.username}`, startView(world, searchParams.get('start') ?? '')));
  } else return false;
  return true;
}

function sendPage(res: ServerResponse, text: string): void {
  send(res, 'text/html; charset=utf-8', text);
}

function send(res: ServerResponse, type: string, body: string | Buffer): void {
  res
    .writeHead(200, {
      'content-type': type,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': policy,
    })
    .end(body);
}

function servePhoto(world: World, id: string, res: ServerResponse): void {
  const bytes = world.keeper.state.files.some((file) => file.id === id) ? world.keeper.readFile(id) : null;
  if (bytes) send(res, 'application/octet-stream', bytes);
  else res.writeHead(404).end();
}

/** Tells the page that something is different; it reads by itself what. */
function serveEvents(world: World, req: IncomingMessage, res: ServerResponse): void {
  res.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  res.write(':\n\n');
  const tell = (chatId: number) => res.write(`data: ${chatId}\n\n`);
  world.events.on('change', tell);
  req.on('close', () => world.events.off('change', tell));
}

/** Any link to the bot, also one to the real t.me or `tg://`, becomes the page of this one. */
function redirectToStart(world: World, link: string, res: ServerResponse): void {
  const payload = /[?&]start=([\w-]{1,64})/.exec(link)?.[1] ?? (/^[\w-]{1,64}$/.test(link.trim()) ? link.trim() : '');
  res.writeHead(303, { location: `/${world.bot.username}?${new URLSearchParams({ start: payload })}` }).end();
}
