/** The books, and what may go wrong: for whoever develops the school. */
import * as z from 'zod';
import { type Html, html } from '#bot/stand-in/page/html.ts';
import { chargeback, refundInCabinet } from '../deeds.ts';
import { callFaults, type Payment } from '../types.ts';
import { pageOf, Refusal, type World } from '../world.ts';
import { money, providerNames, wholePage } from './views.ts';

/** What becomes of messages, by a name for people. */
const messageFaults = {
  duplicated: 'приходят дважды',
  reordered: 'приходят не по порядку',
  delayed: 'опаздывают',
  dropped: 'не приходят',
  wrongAmount: 'называют не ту сумму',
} as const;
const callLabels: Record<(typeof callFaults)[number], string> = {
  delay: 'отвечает медленно',
  silentAfter: 'делает и молчит',
  cutBefore: 'обрывает связь сразу',
  cutAfter: 'делает и обрывает связь',
  tooMany: '429: слишком часто',
  serverError: '500, ничего не сделав',
  serverErrorAfter: 'делает и отвечает 500',
  htmlPage: 'страница вместо ответа',
  htmlPageAfter: 'делает и показывает страницу',
  refused: 'отказывает',
  redirect: 'отсылает на другой адрес',
};

const faultsForm = z.looseObject({ call: z.enum(['', ...callFaults]), charge: z.enum(['on', 'off']) });
const ofPayment = z.object({ id: z.string(), amount: z.string().optional() });

/** A button was pressed. */
export async function deed(world: World, name: string, fields: unknown): Promise<void> {
  if (name === 'faults') {
    const form = faultsForm.parse(fields);
    const on = Object.keys(messageFaults).filter((fault) => fault in form);
    world.faults.set({
      ...Object.fromEntries(on.map((fault) => [fault, 0.5])),
      odds: form.call === '' ? {} : { [form.call]: 0.5 },
      chargeBlocked: form.charge === 'off',
      delayMs: 3000,
    });
  } else if (name === 'redeliver') world.post.redeliver(false);
  else if (name === 'refund') {
    const { id, amount } = ofPayment.parse(fields);
    refundInCabinet(world, id, minorOf(amount));
  } else if (name === 'chargeback') chargeback(world, ofPayment.parse(fields).id);
  else if (name === 'close') pageOf(world, ofPayment.parse(fields).id).state = 'cancelled';
  else throw new Refusal('no such deed');
}

/** Empty: all that is left. */
function minorOf(typed = ''): number | undefined {
  if (typed.trim() === '') return undefined;
  const [, whole = '', part = ''] = /^(\d{1,8})(?:[.,](\d{1,2}))?$/.exec(typed.trim()) ?? [];
  if (whole === '') throw new Refusal('Сумма – это число: 100 или 99,50');
  return Number(whole) * 100 + Number(part.padEnd(2, '0'));
}

export function controlPage(world: World): string {
  const { books } = world;
  const faults = world.faults.current();
  const { waiting, dropped, delivered, givenUp } = world.post.count();
  const call = callFaults.find((kind) => (faults.odds?.[kind] ?? 0) > 0) ?? '';
  const paid = books.payments.slice(-50).reverse();
  const open = books.pages
    .filter(({ state }) => state === 'open')
    .slice(-20)
    .reverse();
  const body = html`<header><b>Банк для разработки</b><a href="/">Обновить</a></header>
<main><p class="quiet">Здесь разработчик играет Т-Банк и CloudPayments: платежи, возвраты и всё, что может пойти не так. Деньги не движутся.</p>
  <section class="card"><h2>Ждут оплаты</h2>${open.length === 0 && html`<p class="quiet">Открытых страниц нет.</p>`}
    <ul>${open.map((page) => html`<li><a href="/pay/${page.provider}/${page.id}">${page.description}</a> <span class="quiet">${providerNames[page.provider]}, ${money(page.amountMinor, page.currency)}</span></li>`)}</ul></section>
  <section class="card"><h2>Платежи</h2>${paid.length === 0 ? html`<p class="quiet">Платежей пока нет.</p>` : html`<ul class="payments">${paid.map(paymentLine)}</ul>`}</section>
  <section class="card"><h2>Сообщения школе</h2><p>Доставлено ${delivered}, в пути ${waiting}, потеряно ${dropped}, без ответа ${givenUp}.</p>
    <form method="post" action="/deeds/redeliver"><button ${dropped + givenUp === 0 && 'disabled'}>Доставить потерянные</button></form></section>
  <section class="card"><h2>Что идёт не так</h2><form method="post" action="/deeds/faults">
    <label class="field">Каждый второй запрос школы<select name="call"><option value="">проходит как надо</option>
      ${callFaults.map((kind) => html`<option value="${kind}" ${kind === call && 'selected'}>${callLabels[kind]}</option>`)}</select></label>
    <fieldset><legend>Каждое второе сообщение школе</legend>${Object.entries(messageFaults).map(
      ([name, label]) => html`<label class="choice"><input type="checkbox" name="${name}" value="on"
      ${(faults[name as keyof typeof messageFaults] ?? 0) > 0 && 'checked'}><span>${label}</span></label>`,
    )}</fieldset>
    <label class="field">Повторные списания Т-Банка<select name="charge"><option value="on">разрешены</option><option value="off" ${faults.chargeBlocked && 'selected'}>заблокированы</option></select></label>
    <button class="main">Применить</button></form></section></main>`;
  return wholePage('Банк для разработки', body);
}

function paymentLine(payment: Payment): Html {
  const { id, provider, status, amountMinor, currency, refundedMinor, capturedMinor, description, chargeback: taken } = payment;
  const left = capturedMinor - refundedMinor;
  return html`<li><p><b>${description}</b> <span class="quiet">${providerNames[provider]} ${id}</span></p>
    <p>${money(amountMinor, currency)} – ${status}${refundedMinor > 0 && `, возвращено ${money(refundedMinor, currency)}`}${taken && ', оспорен'}</p>
    ${
      left > 0 &&
      html`<form method="post" action="/deeds/refund" class="row"><input type="hidden" name="id" value="${id}">
      <label>Вернуть<input name="amount" inputmode="decimal" placeholder="${(left / 100).toFixed(2).replace('.', ',')}" autocomplete="off"></label><button>Вернуть деньги</button></form>`
    }
    ${left > 0 && !taken && html`<form method="post" action="/deeds/chargeback"><input type="hidden" name="id" value="${id}"><button>Оспорить платёж</button></form>`}</li>`;
}
