/** What a payer sees. */
import { type Html, html } from '#bot/stand-in/page/html.ts';
import type { ProviderId } from '#shared/payments.ts';
import { cards } from '../cards.ts';
import { paymentOf } from '../deeds.ts';
import type { CardName, Page } from '../types.ts';
import type { World } from '../world.ts';

export const providerNames: Record<ProviderId, string> = { tbank: 'Т-Банк', cloudpayments: 'CloudPayments' };

export const money = (minor: number, currency: string): string =>
  new Intl.NumberFormat('ru', { style: 'currency', currency }).format(minor / 100);

export function wholePage(title: string, body: Html): string {
  return html`<!doctype html>
<html lang="ru"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/page.css"></head><body>${body}</body></html>`.source;
}

export function payView(world: World, page: Page, declined: boolean): string {
  const { provider, id, description, state, failUrl, amountMinor, currency } = page;
  const again = state === 'paid' && provider === 'cloudpayments';
  const sum = money(amountMinor, currency);
  const body = html`${header(provider)}
<main class="pay"><section class="card">
  <p class="quiet">Оплата в «Отлично»</p><h1>${description}</h1><p class="sum">${sum}</p>
  ${declined && html`<p class="trouble" role="alert">${declineOf(world, page)}. Деньги не списаны. Попробуйте другую карту.</p>`}
  ${state === 'open' || again ? cardForm(page, again, sum) : html`<p>${stateText[state]}</p>`}
  ${failUrl !== null && html`<p><a href="${failUrl}">Вернуться в школу${state === 'open' && ', не оплачивая'}</a></p>`}
</section><p class="quiet">Счёт ${id}. Это страница для разработки: деньги не списываются, номера карт придуманы.</p></main>`;
  return wholePage(`Оплата – ${sum}`, body);
}

const stateText: Record<Page['state'], string> = {
  open: '',
  paid: 'Уже оплачено.',
  cancelled: 'Эту страницу больше нельзя оплатить.',
  expired: 'Время на оплату вышло.',
};

function cardForm({ provider, id, saveCard }: Page, again: boolean, sum: string): Html {
  return html`<form method="post" action="/pay/${provider}/${id}">
    <fieldset><legend>Чем оплатить</legend>
    ${Object.entries(cards).map(
      (
        [name, { label, number }],
        index,
      ) => html`<label class="choice"><input type="radio" name="card" value="${name}" ${index === 0 && 'checked'}>
      <span><b>${label}</b>${number !== '' && html`<small>${number.replace(/(.{4})(?=.)/g, '$1 ')}</small>`}</span></label>`,
    )}</fieldset>
    ${saveCard && html`<p class="quiet">Карта сохранится для следующих списаний.</p>`}
    ${again && html`<p class="trouble">Счёт уже оплачен. Так бывает, когда страница открыта в двух окнах.</p><input type="hidden" name="again" value="yes">`}
    <button class="main">${again ? 'Оплатить ещё раз' : 'Оплатить'} ${sum}</button></form>`;
}

function declineOf(world: World, { id, provider }: Page): string {
  const last = world.books.payments.findLast((one) => one.provider === provider && one.pageId === id && one.declineCode !== null);
  const name = last?.card ?? 'declined';
  return cards[name].decline?.message ?? 'Платёж отклонён';
}

/** The bank that issued the card asks whether it is really them. */
export function threeDsView(world: World, page: Page, { card, again }: { card: CardName; again?: string | undefined }): string {
  const { provider, id, amountMinor, currency } = page;
  const answer = (value: string, label: string, look: string) =>
    html`<button class="${look}" name="answer" value="${value}">${label}</button>`;
  const body = html`${header(provider)}
<main class="pay"><section class="card"><p class="quiet">Банк, выпустивший карту</p><h1>Подтвердите оплату</h1>
  <p class="sum">${money(amountMinor, currency)}</p><p>Карта заканчивается на ${cards[card].number.slice(-4)}.</p>
  <form method="post" action="/pay/${provider}/${id}/bank"><input type="hidden" name="card" value="${card}">
    ${again !== undefined && html`<input type="hidden" name="again" value="yes">`}
    ${answer('yes', 'Подтвердить', 'main')}${answer('no', 'Отказаться', '')}</form></section>
  <p class="quiet">${world.base.replace(/^http:\/\//, '')}: банк для разработки.</p></main>`;
  return wholePage('Подтвердите оплату', body);
}

export function receiptView(world: World, paymentId: string): string {
  const { amountMinor, currency, description, provider, email } = paymentOf(world, paymentId);
  const body = html`${header(provider)}
<main class="pay"><section class="card"><p class="quiet">Кассовый чек, приход</p><h1>${description}</h1><p class="sum">${money(amountMinor, currency)}</p>
  <p class="quiet">Отправлен на ${email ?? 'почту покупателя'}. Чек для разработки: в налоговую он не передан.</p></section></main>`;
  return wholePage('Чек', body);
}

export function troubleView(message: string): string {
  return wholePage(
    'Не получилось',
    html`<main class="pay"><section class="card"><h1>Не получилось</h1><p>${message}</p><p><a href="/">Все платежи</a></p></section></main>`,
  );
}

const header = (provider: ProviderId) => html`<header><b>${providerNames[provider]}</b><span class="badge">тестовый режим</span></header>`;
