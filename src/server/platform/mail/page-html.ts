import type { KeptLetter } from './folder.ts';

export const pageStyle = `
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 0 auto; padding: 1.5rem 1rem; }
h1 { font-size: 1.4rem; }
ol { list-style: none; padding: 0; }
li { border-top: 1px solid #8884; }
li a { display: block; padding: .75rem 0; color: inherit; text-decoration: none; }
li a:hover strong, li a:focus-visible strong { text-decoration: underline; }
small, dt { color: GrayText; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; }
dd { margin: 0; overflow-wrap: anywhere; }
iframe { width: 100%; height: 75vh; border: 1px solid #8884; border-radius: 8px; resize: vertical; background: Canvas; }
.parts { display: grid; gap: 1.5rem; border-top: 1px solid #8884; padding-top: 1rem; }
.parts pre { border: 0; padding: 0; margin: 0; }
@media (min-width: 60rem) { body:has(iframe) { max-width: 80rem; } .parts { grid-template-columns: 3fr 2fr; } }
pre { font: inherit; white-space: pre-wrap; overflow-wrap: anywhere; border-top: 1px solid #8884; padding-top: 1rem; }
`;

export function lettersHtml(letters: KeptLetter[]): string {
  const rows = letters.map(
    ({ id, at, to, subject }) =>
      `<li><a href="/dev/mail/${escapeHtml(id)}"><strong>${escapeHtml(subject)}</strong><br><small>${escapeHtml(to)} · ${time(at)}</small></a></li>`,
  );
  const note =
    '<p>Почтовый сервер не задан (SMTP_URL): письма никуда не уходят, они лежат здесь. Страница видна только с этого компьютера.</p>';
  const list = rows.length > 0 ? `<ol>${rows.join('')}</ol>` : '<p>Писем пока нет.</p>';
  return page('Письма', `<h1>Письма</h1>${note}${list}`);
}

export function letterHtml(letter: KeptLetter | null): string {
  const back = '<p><a href="/dev/mail">← Все письма</a></p>';
  if (!letter) return page('Письма нет', `${back}<h1>Такого письма нет</h1>`);
  const fields: [string, string][] = [['Кому', letter.to], ...Object.entries(letter.headers)];
  const list = fields.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`).join('');
  const head = `<h1>${escapeHtml(letter.subject)}</h1><dl>${list}<dt>Когда</dt><dd>${time(letter.at)}</dd></dl>`;
  const text = `<pre>${linked(letter.text)}</pre>`;
  const body = letter.html === undefined ? text : `<div class="parts">${frameHtml(letter.id)}${text}</div>`;
  return page(letter.subject, `${back}${head}${body}`);
}

/** In a sandbox: no scripts, no forms, an origin of its own. */
function frameHtml(id: string): string {
  return `<iframe title="Письмо в HTML" sandbox="allow-popups allow-popups-to-escape-sandbox" src="/dev/mail/${escapeHtml(id)}/letter"></iframe>`;
}

/** The letter itself. Its links open beside, because the page around it may not be framed anywhere. */
export function framedLetter(html: string): string {
  return html.replace('<head>', '<head><base target="_blank">');
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="ru"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><link rel="stylesheet" href="/dev/mail.css"></head><body><main>${body}</main></body></html>`;
}

function time(at: string): string {
  return `<time datetime="${escapeHtml(at)}">${escapeHtml(new Date(at).toLocaleString('ru'))}</time>`;
}

function linked(text: string): string {
  return escapeHtml(text).replace(/https?:\/\/[^\s<>"']*[^\s<>"'.,:;!?)]/g, '<a href="$&" rel="noreferrer">$&</a>');
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}
