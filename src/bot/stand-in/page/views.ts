/** The pages: all chats, one chat, and what t.me shows for a deep link. */
import type { PersonState, StandInMessage, StandInPerson, StandInUser } from '../types.ts';
import type { World } from '../world.ts';
import { formatted } from './formatted.ts';
import { type Html, html } from './html.ts';

const states: Record<PersonState, string> = {
  new: 'ещё не писал боту',
  started: '',
  blocked: 'бот заблокирован',
  deactivated: 'аккаунт удалён',
};

const nameOf = ({ first_name, last_name }: StandInUser) => [first_name, last_name].filter(Boolean).join(' ');
const timeOf = ({ date }: StandInMessage) => new Date(date * 1000).toLocaleTimeString('ru', { hour: '2-digit', minute: '2-digit' });
const excerpt = ({ text, caption, photo }: StandInMessage) => text ?? caption ?? (photo ? 'Фотография' : 'Вложение');

export function page(title: string, body: Html): string {
  const whole = html`<!doctype html>
<html lang="ru"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/page.css"><script src="/page.js" defer></script></head>
<body>${body}<p id="toast" role="status" hidden></p></body></html>`;
  return whole.source;
}

export function listView(world: World): Html {
  const { people } = world.keeper.state;
  const { accepted, refused } = world.counter.read();
  const refusals = Object.entries(refused).map(([code, count]) => `${code}: ${count}`);
  const { outage } = world.faults.current();
  return html`<header><h1>Telegram для разработки</h1></header>
<main class="list">
  <p class="hint">Здесь разработчик играет людей, которые пишут боту @${world.bot.username}. Настоящий Telegram не участвует.</p>
  <form class="row" data-person><label>Имя<input name="firstName" required maxlength="64" autocomplete="off"></label>
    <label>Язык<select name="languageCode"><option value="ru">русский</option><option value="en">английский</option></select></label>
    <button>Новый человек</button></form>
  <form class="row" action="/start-link"><label>Ссылка на бота<input name="link" required placeholder="https://t.me/…?start=…" autocomplete="off"></label><button>Открыть</button></form>
  <section id="live">${people.length === 0 ? html`<p class="empty">Пока никого нет. Добавьте человека, чтобы написать боту.</p>` : html`<ul class="chats">${people.map((person) => chatLine(world, person))}</ul>`}
  <p class="hint">Принято сообщений: ${accepted}. ${refusals.length > 0 && `Отказы – ${refusals.join(', ')}.`} Ждут бота: ${world.updates.pending().length}.</p></section>
  <form class="row" data-outage><label>Связь с Telegram<select name="outage">
    ${[
      ['', 'есть'],
      ['cut', 'обрывается'],
      ['silent', 'молчит'],
    ].map(
      ([value = '', label = '']) => html`<option value="${value}" ${value === (outage ?? '') && 'selected'}>${label}</option>`,
    )}</select></label></form>
</main>`;
}

function chatLine(world: World, { user, state }: StandInPerson): Html {
  const last = world.messages(user.id).at(-1);
  return html`<li><a href="/chats/${user.id}"><b>${nameOf(user)}</b><span>${last ? excerpt(last).slice(0, 120) : 'Сообщений нет'}</span>
    <small>${states[state]}</small>${last && html`<time>${timeOf(last)}</time>`}</a></li>`;
}

export function chatView(world: World, person: StandInPerson): Html {
  const { user, state } = person;
  const messages = world.messages(user.id);
  const deed = (action: string, label: string) => html`<button type="button" data-deed="${action}">${label}</button>`;
  return html`<header><a href="/" aria-label="Все чаты">←</a><h1>${nameOf(user)}</h1>
  <span id="deeds">${state === 'started' && deed('block', 'Заблокировать')}${state === 'blocked' && deed('unblock', 'Разблокировать')}</span></header>
<main class="chat" data-chat="${user.id}">
  <section id="live" aria-label="Сообщения">${messages.length === 0 && html`<p class="empty">Сообщений нет. Нажмите START, как в настоящем чате.</p>`}${messages.map(messageView)}
    ${state !== 'started' && html`<p class="empty">${states[state]}</p>`}</section>
  <form class="composer" data-say><p class="replying" hidden><span></span><button type="button" data-no-reply aria-label="Не отвечать">×</button></p>
    <textarea name="text" rows="2" aria-label="Сообщение" placeholder="Сообщение"></textarea>
    <span><button>Отправить</button><label class="file">Фото<input type="file" accept="image/*" data-photo></label>${deed('start', 'START')}</span></form>
</main>`;
}

function messageView(message: StandInMessage): Html {
  const { message_id: id, from, reply_to_message: answered, photo, reply_markup: markup, edit_date: edited } = message;
  const body = message.text ?? message.caption;
  return html`<article class="${from.is_bot ? 'bot' : 'person'}" id="m${id}">
    ${answered && html`<p class="answered">${excerpt(answered).slice(0, 160)}</p>`}
    ${photo && html`<img src="/photos/${photo.at(-1)?.file_id}" alt="Фотография" width="${photo.at(-1)?.width}" height="${photo.at(-1)?.height}">`}
    ${body === undefined ? !photo && html`<div class="text">Вложение</div>` : html`<div class="text">${formatted(body, message.entities ?? message.caption_entities)}</div>`}
    <p class="meta"><button type="button" data-reply="${id}">Ответить</button>${edited && 'изменено '}<time>${timeOf(message)}</time></p>
    ${markup && html`<div class="buttons">${markup.inline_keyboard.map((row) => html`<div>${row.map((button) => buttonView(id, button))}</div>`)}</div>`}
  </article>`;
}

type Button = NonNullable<StandInMessage['reply_markup']>['inline_keyboard'][number][number];

function buttonView(id: number, button: Button): Html {
  if ('url' in button) return html`<a href="${button.url}" target="_blank" rel="noreferrer">${button.text} ↗</a>`;
  return html`<button type="button" data-press="${id}" data-button="${'callback_data' in button && button.callback_data}">${button.text}</button>`;
}

/** What t.me shows: somebody has to be chosen who opens the link. */
export function startView(world: World, payload: string): Html {
  const people = world.keeper.state.people.filter(({ state }) => state !== 'deactivated');
  return html`<header><a href="/" aria-label="Все чаты">←</a><h1>@${world.bot.username}</h1></header>
<main class="list"><p class="hint">Кто открывает эту ссылку в своём Telegram?</p>
  <form class="people" data-start="${payload}">
    ${people.map(({ user }, index) => html`<label><input type="radio" name="person" value="${user.id}" ${index === 0 && 'checked'}> ${nameOf(user)}</label>`)}
    <label><input type="radio" name="person" value="" ${people.length === 0 && 'checked'}> Новый человек</label>
    <label>Имя нового<input name="firstName" maxlength="64" placeholder="Аня" autocomplete="off"></label>
    <button>START</button></form></main>`;
}
