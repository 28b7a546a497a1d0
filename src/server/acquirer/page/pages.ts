/** The pages of the acquirer. They work without scripts; what is pressed is a form. */
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { cards } from '../cards.ts';
import { payPage } from '../deeds.ts';
import { parseFields, readBody } from '../http.ts';
import type { CardName, Page, PayWith } from '../types.ts';
import { pageOf, Refusal, type World } from '../world.ts';
import { controlPage, deed } from './control.ts';
import { payView, receiptView, threeDsView, troubleView } from './views.ts';

const payForm = z.object({ card: z.enum(Object.keys(cards) as [CardName, ...CardName[]]), again: z.string().optional() });
const bankForm = payForm.extend({ answer: z.enum(['yes', 'no']) });

/** False for any address that is none of the pages'. */
export async function servePages(world: World, req: IncomingMessage, res: ServerResponse): Promise<boolean> {
  const { pathname } = new URL(req.url ?? '/', 'http://localhost');
  if (pathname === '/elsewhere') {
    world.counter.followed(req.headers.authorization !== undefined || /Token/.test((await readBody(req)).toString()));
    res.writeHead(200).end();
    return true;
  }
  const [, pageId, step = ''] = /^\/pay\/(?:tbank|cloudpayments)\/(\w+)(?:\/(bank))?$/.exec(pathname) ?? [];
  const [, receipt] = /^\/receipts\/(\d+)$/.exec(pathname) ?? [];
  const known = pathname === '/page.css' || pathname === '/' || pathname.startsWith('/deeds/') || pageId !== undefined || receipt;
  if (!known) return false;
  try {
    checkSender(req);
    if (pathname === '/page.css') send(res, 200, 'text/css', readFileSync(new URL('page.css', import.meta.url)));
    else if (receipt) sendPage(res, receiptView(world, receipt));
    else if (pageId !== undefined) await servePay(world, pageOf(world, pageId), step, req, res);
    else if (req.method === 'POST') {
      await deed(world, pathname.slice('/deeds/'.length), await form(req));
      goTo(res, '/');
    } else sendPage(res, controlPage(world));
  } catch (error) {
    const foreseen = error instanceof Refusal || error instanceof z.ZodError;
    if (!foreseen) throw error;
    sendPage(res, troubleView(error instanceof Refusal ? error.message : 'Форма заполнена не так'), 400);
  }
  return true;
}

async function servePay(world: World, page: Page, step: string, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const origins = [page.successUrl, page.failUrl].flatMap((url) => (url === null ? [] : [new URL(url).origin]));
  if (req.method !== 'POST') {
    const { searchParams } = new URL(req.url ?? '/', 'http://localhost');
    if (step === 'bank') return sendPage(res, threeDsView(world, page, payForm.parse(Object.fromEntries(searchParams))), 200, origins);
    return sendPage(res, payView(world, page, searchParams.has('declined')), 200, origins);
  }
  const fields = await form(req);
  const { card, again } = payForm.parse(fields);
  const here = `/pay/${page.provider}/${page.id}`;
  if (step === '' && cards[card].threeDs)
    return goTo(res, `${here}/bank?${new URLSearchParams({ card, ...(again !== undefined && { again }) })}`);
  const how: PayWith = { card, late: again !== undefined };
  if (step === 'bank') how.confirm = bankForm.parse(fields).answer === 'yes';
  const { outcome, goTo: next } = await payPage(world, page, how);
  // On the page of CloudPayments another card may be tried at once.
  const tryAgain = outcome === 'declined' && page.provider === 'cloudpayments';
  goTo(res, tryAgain || next === null ? `${here}${outcome === 'declined' ? '?declined' : ''}` : next);
}

async function form(req: IncomingMessage): Promise<unknown> {
  return parseFields(req, await readBody(req)) ?? {};
}

/** Pages of other sites could press buttons here as well, and by a name of theirs that leads to this machine even read. */
function checkSender(req: IncomingMessage): void {
  const { host = '', origin, 'sec-fetch-site': site = 'none' } = req.headers;
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)) throw new Refusal('from this machine only');
  if (req.method !== 'GET' && ((origin !== undefined && origin !== `http://${host}`) || site === 'cross-site'))
    throw new Refusal('from the page of the acquirer only');
}

const goTo = (res: ServerResponse, location: string) => void res.writeHead(303, { location }).end();

const sendPage = (res: ServerResponse, text: string, status = 200, origins: string[] = []) => send(res, status, 'text/html', text, origins);

function send(res: ServerResponse, status: number, type: string, body: string | Buffer, origins: string[] = []): void {
  // A form's answer may lead back to the school: browsers count that among the form's own addresses.
  const actions = [...new Set(["'self'", ...origins])].join(' ');
  res
    .writeHead(status, {
      'content-type': `${type}; charset=utf-8`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'content-security-policy': `default-src 'none'; style-src 'self'; img-src data:; form-action ${actions}; base-uri 'none'; frame-ancestors 'none'`,
    })
    .end(body);
}
