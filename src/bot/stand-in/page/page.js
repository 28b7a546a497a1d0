// The little script of the stand-in's pages: deeds are posted, and what is different is read again.
const live = document.getElementById('live');
const chat = document.querySelector('[data-chat]')?.dataset.chat;
const composer = document.querySelector('[data-say]');
const toast = document.getElementById('toast');
let replyTo;
let toastTimer;

function tell(text) {
  toast.textContent = text;
  toast.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => {
    toast.hidden = true;
  }, 4000);
}

async function post(path, body) {
  const answer = await fetch(`/stand-in/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => null);
  const result = await answer?.json();
  if (!answer?.ok) tell(result?.error ?? 'Сервер разработки не отвечает');
  return answer?.ok ? result : null;
}
const act = (action, body = {}) => post(`people/${chat}/${action}`, body);

async function refresh() {
  const answer = await fetch(location.href).catch(() => null);
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const atEnd = innerHeight + scrollY > document.body.scrollHeight - 80;
  for (const id of ['live', 'deeds']) {
    const [old, now] = [document.getElementById(id), fresh.getElementById(id)];
    if (old && now && old.innerHTML !== now.innerHTML) old.replaceChildren(...now.childNodes);
  }
  if (chat && atEnd) scrollTo(0, document.body.scrollHeight);
}

function answer(id) {
  replyTo = id;
  const line = composer.querySelector('.replying');
  line.hidden = id === undefined;
  line.querySelector('span').textContent = id === undefined ? '' : `Ответ: ${document.querySelector(`#m${id} .text`)?.textContent ?? ''}`;
  if (id !== undefined) composer.elements.text.focus();
}

async function say() {
  const { text } = composer.elements;
  if (text.value.trim() === '') return;
  if (await act('say', { text: text.value, replyTo })) {
    text.value = '';
    answer(undefined);
  }
}

function base64(file) {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(',')[1]);
    reader.readAsDataURL(file);
  });
}

document.addEventListener('click', async ({ target }) => {
  const button = target.closest('button');
  if (!button) return;
  const { deed, reply, press, button: data } = button.dataset;
  if (deed) await act(deed);
  else if (reply) answer(Number(reply));
  else if ('noReply' in button.dataset) answer(undefined);
  else if (press) {
    button.setAttribute('aria-busy', 'true');
    const said = await act('press', { messageId: Number(press), button: data });
    button.removeAttribute('aria-busy');
    if (said?.alert) alert(said.text ?? '');
    else if (said?.text) tell(said.text);
  }
});

document.addEventListener('submit', async (event) => {
  const form = event.target;
  if (form.method === 'get' && form.getAttribute('action')) return;
  event.preventDefault();
  const values = Object.fromEntries(new FormData(form));
  if (form === composer) await say();
  else if ('person' in form.dataset) {
    const person = await post('people', values);
    if (person) location.href = `/chats/${person.id}`;
  } else if ('start' in form.dataset) {
    const id = values.person || (await post('people', { firstName: values.firstName || 'Аня' }))?.id;
    if (id && (await post(`people/${id}/start`, form.dataset.start ? { payload: form.dataset.start } : {}))) location.href = `/chats/${id}`;
  }
});

document.addEventListener('change', async ({ target }) => {
  if (target.name === 'outage') await post('faults', { outage: target.value || null });
  const file = 'photo' in target.dataset ? target.files[0] : undefined;
  if (!file) return;
  const caption = composer.elements.text.value.trim();
  const sent = await act('photo', { photo: await base64(file), replyTo, ...(caption && { caption }) });
  target.value = '';
  if (!sent) return;
  composer.elements.text.value = '';
  answer(undefined);
});

composer?.elements.text.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  void say();
});

if (live) {
  const events = new EventSource('/events');
  events.onmessage = refresh;
  // The server was away for a moment: something may have happened meanwhile.
  events.onopen = refresh;
  if (chat) scrollTo(0, document.body.scrollHeight);
}
