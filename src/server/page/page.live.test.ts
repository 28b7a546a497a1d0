import { createHash, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHttp } from '../http.ts';
import { aBrowser } from '../testing/browser.ts';
import { aCourse, aNumber } from '../testing/course.ts';
import { anExam, begin } from '../testing/exam.ts';
import { aModerator, aSchool, aStudent, type School } from '../testing/world.ts';
import { packFiles } from './built-files.ts';
import { builtClient } from './serve.ts';

const script = `export const words = ${JSON.stringify('задание '.repeat(400))};\n`;
const html =
  '<!doctype html><html><head><title>Отлично</title><meta property="csp-nonce" nonce="__NONCE__" /><script type="module" crossorigin src="/assets/index-1.js"></script><link rel="stylesheet" crossorigin href="/assets/index-1.css"></head><body><div id="root"></div></body></html>';
const manifest = {
  'index.html': { file: 'assets/index-1.js', imports: ['_react.js'] },
  '_react.js': { file: 'assets/react-1.js' },
  '../shared/i18n/ru/all.ts': { file: 'assets/ru-1.js' },
  '../shared/i18n/en/all.ts': { file: 'assets/en-1.js' },
  'features/courses/course-page.tsx': { file: 'assets/course-1.js', css: ['assets/course-1.css'], imports: ['_react.js', '_query.js'] },
  '_query.js': { file: 'assets/query-1.js' },
};

let school: School;
let client: string;
let url: string;
let close: () => void;
beforeAll(async () => {
  school = await aSchool();
  client = await mkdtemp(join(tmpdir(), 'otlichno-client-'));
  await mkdir(join(client, 'assets'));
  await mkdir(join(client, '.vite'));
  await writeFile(join(client, 'index.html'), html);
  await writeFile(join(client, '.vite/manifest.json'), JSON.stringify(manifest));
  await writeFile(join(client, 'assets/index-1.js'), script);
  await writeFile(join(client, 'assets/small-1.js'), 'export {};');
  await packFiles(client);
  const server = createServer(createHttp(school.app, builtClient(client)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = () => {
    server.closeAllConnections();
    server.close();
  };
});
afterAll(async () => {
  close();
  await rm(client, { recursive: true });
  await school.close();
});

async function open(path: string, headers: Record<string, string> = {}) {
  const answer = await fetch(url + path, { headers });
  const page = await answer.text();
  const content = /<script type="application\/json" id="sent">(.*)<\/script>/.exec(page)?.[1];
  const answers: [name: string, input: unknown, found: unknown, as?: string][] = content === undefined ? [] : JSON.parse(content).answers;
  return {
    page,
    headers: answer.headers,
    content,
    answers: Object.fromEntries(answers.map(([name, , found]) => [name, found])),
    list: answers,
  };
}

test('a guest’s page comes with the answers that anybody gets, and its chunks are named', async () => {
  const { slug } = await aCourse(school.app);
  const { page, headers, answers, list } = await open(`/courses/${slug}`);
  expect(answers).toMatchObject({ 'auth.me': null, 'courses.get': { slug, mine: null } });
  expect(list.find(([name]) => name === 'courses.get')?.[1]).toEqual({ course: slug });
  expect(headers.get('cache-control')).toBe('no-store');
  const links = [...page.matchAll(/<link rel="(\w+)"(?: fetchpriority="low")? crossorigin href="([^"]+)">/g)].map(
    ([, rel, href]) => `${rel} ${href}`,
  );
  // The scripts of every page are named by the build itself.
  expect(links).toEqual([
    'modulepreload /assets/ru-1.js',
    'modulepreload /assets/query-1.js',
    'modulepreload /assets/course-1.js',
    'stylesheet /assets/index-1.css',
    'stylesheet /assets/course-1.css',
  ]);
});

test('before the scripts are there a guest’s home says what it is, and the way in has another frame', async () => {
  expect((await open('/')).page).toMatch(/<div id="root"><div class="early" id="early"><header .*<h1>Онлайн-школа/);
  expect((await open('/courses')).page).toMatch(/<div id="root"><div class="early" id="early"><header (?!.*<h1>)/);
  expect((await open('/login')).page).toContain('<div id="root"></div>');
});

test('what is drawn first is in the page itself, under its own policy, and styles come after it', async () => {
  const { page, headers } = await open('/courses');
  const [, nonce, looks] = /<style nonce="([^"]+)">([^<]*)<\/style>/.exec(page) ?? [];
  expect(headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`);
  expect(looks).toContain('.early-bar');
  expect(page.slice(0, page.indexOf('</head>'))).not.toContain('stylesheet');
  expect(page.indexOf('<link rel="stylesheet"')).toBeGreaterThan(page.indexOf('class="early"'));
});

test('where something is drawn early the scripts begin after it is seen, by a script that the policy knows by its content', async () => {
  const { page, headers } = await open('/courses');
  const [, later = '', script] = /<template id="later">(.*?)<\/template><script>([^<]+)<\/script><\/head>/.exec(page) ?? [];
  expect(later).toMatch(/^<link rel="modulepreload" fetchpriority="low" crossorigin id="app-script" href="\/assets\/index-1.js">/);
  // All there are: none is fetched before.
  expect([...page.matchAll(/modulepreload/g)]).toHaveLength([...later.matchAll(/modulepreload/g)].length);
  const hash = createHash('sha256')
    .update(script ?? '')
    .digest('base64');
  expect(headers.get('content-security-policy')).toContain(`script-src 'self' 'sha256-${hash}';`);
  expect(page).not.toContain('<script type="module"');
  expect(page.match(/<script/g)).toHaveLength(2);
  expect((await open('/login')).page).toContain('<script type="module" fetchpriority="low" crossorigin src="/assets/index-1.js"></script>');
});

test('a student’s pages begin with what they were sent, in their language, and nothing of it is markup', async () => {
  const title = 'Логарифмы <b>& co';
  const { slug, topics } = await aCourse(school.app, { topics: [{ theory: 'Начало **темы** с формулой $x^2$.\n\n- список' }] });
  const { actor, cookie } = await aStudent(school.app);
  const topic = topics[0]?.slug;
  await school.app.db.topic.updateMany({ where: { slug: topic }, data: { title } });
  const early = async (path: string) =>
    /<div class="early" id="early">.*?(<main.*?<\/main>)/.exec((await open(path, { cookie })).page)?.[1] ?? '';
  const theory = await early(`/courses/${slug}/${topic}`);
  expect(theory).toContain('Логарифмы &lt;b&gt;&amp; co');
  expect(theory).toMatch(/<p>Начало темы с формулой <math.*<\/math>\.<\/p><\/div>/);
  expect(await early(`/courses/${slug}`)).toMatch(/Курсы \//);
  expect(await early('/')).toMatch(/С\sвозвращением/);
  expect(await early('/profile')).toContain('@');
  expect(await early('/support/chat')).toBe('');
  await school.app.db.person.update({ where: { id: actor.id }, data: { locale: 'en' } });
  expect(await early('/')).toMatch(/Welcome\sback/);
});

test('a list of the office comes with its first page, but not where another filter is asked for', async () => {
  const { cookie } = await aModerator(school.app);
  const student = await aStudent(school.app);
  const whole = await open('/admin/students', { cookie });
  expect(whole.list.find(([name]) => name === 'people.students.list')?.[3]).toBe('pages');
  expect(whole.content).toContain(student.actor.id);
  const filtered = await open('/admin/students?q=nobody', { cookie });
  expect(Object.keys(filtered.answers)).not.toContain('people.students.list');
  expect(Object.keys(filtered.answers)).toContain('people.students.courseChoices');
  expect((await open('/admin/students', { cookie: student.cookie })).content).not.toContain('people.students');
});

test('an open talk comes with its last messages', async () => {
  const { cookie } = await aStudent(school.app);
  const { call } = aBrowser(school.app, { cookie });
  const { threadId } = await call.chat.openSupport({});
  const path = '/support/chat';
  await call.chat.send({ threadId, clientId: randomUUID(), body: 'Как решать **шестую**?', uploadIds: [] });
  const { page, answers } = await open(path, { cookie });
  expect(answers).toMatchObject({
    'chat.mine': [{ id: threadId }],
    'chat.thread': { id: threadId },
    'chat.history': { messages: [{ seq: 1 }] },
  });
  expect(page).toMatch(/early-chat.*<p>Как решать шестую\?<\/p>/);
});

test('an exam that runs comes with its page, to whoever’s it is', async () => {
  const course = await aCourse(school.app, { topics: [{ tasks: [aNumber('17')] }] });
  const { actor, cookie } = await aStudent(school.app);
  const { id } = await begin(school.app, actor, await anExam(school.app, course));
  const { page, answers } = await open(`/attempts/${id}`, { cookie });
  expect(answers).toMatchObject({ 'exams.attempt': { id, state: 'running', tasks: [{ format: { kind: 'number' } }] } });
  // The bar of an exam is its own.
  expect(page).toContain('<div id="root"></div>');
  const other = await open(`/attempts/${id}`, { cookie: (await aStudent(school.app)).cookie });
  expect(Object.keys(other.answers)).not.toContain('exams.attempt');
});

test('a student’s page is theirs, in their language, and nobody without their cookie gets it', async () => {
  const { slug, topics } = await aCourse(school.app);
  const student = await aStudent(school.app);
  const { cookie } = student;
  await school.app.db.person.update({ where: { id: student.actor.id }, data: { locale: 'en' } });
  const path = `/courses/${slug}/${topics[0]?.slug}`;
  const { page, answers } = await open(path, { cookie });
  expect(answers).toMatchObject({ 'auth.me': { id: student.actor.id }, 'courses.topic': { slug: topics[0]?.slug } });
  expect(page).toContain('/assets/en-1.js');
  const stranger = await open(path);
  expect(stranger.list.map(([name]) => name)).toEqual(['auth.me', 'settings.site']);
  expect(stranger.answers['auth.me']).toBeNull();
});

test('a topic that is closed is not sent, and only looking at the page does not open one', async () => {
  const { slug, topics } = await aCourse(school.app);
  const student = await aStudent(school.app);
  const { cookie } = student;
  const [first] = topics;
  const path = `/courses/${slug}/${first?.slug}`;
  const visits = () => school.app.db.topicVisit.count({ where: { personId: student.actor.id } });
  for (const headers of [{ 'sec-purpose': 'prefetch;prerender' }, { 'sec-fetch-dest': 'empty' }] as Record<string, string>[])
    expect((await open(path, { cookie, ...headers })).content).toBeUndefined();
  expect((await fetch(url + path, { method: 'HEAD', headers: { cookie } })).status).toBe(200);
  expect(await visits()).toBe(0);
  await school.app.db.topic.update({ where: { id: first?.id }, data: { opensAt: new Date(Date.now() + 86_400_000) } });
  const closed = await open(path, { cookie });
  expect(Object.keys(closed.answers)).toContain('auth.me');
  expect(Object.keys(closed.answers)).not.toContain('courses.topic');
  expect(await visits()).toBe(0);
});

test('the page that is kept to be read without a network says nothing of anybody', async () => {
  const { cookie } = await aStudent(school.app);
  const { content, headers } = await open('/offline', { cookie });
  expect(content).toBeUndefined();
  expect(headers.get('cache-control')).toBe('no-cache');
});

test('what a teacher typed cannot end the element it travels in', async () => {
  const { slug } = await aCourse(school.app);
  const title = '</script><script>alert(1)</script><!-- $& $` ';
  await school.app.db.course.update({ where: { slug }, data: { title } });
  const { page, answers } = await open(`/courses/${slug}`);
  expect(answers['courses.get']).toMatchObject({ title });
  // That which begins the page's scripts, and the answers.
  expect(page.match(/<\/script>/g)).toHaveLength(2);
});

test.each<[string, () => Promise<never>]>([
  ['refuses', () => Promise.reject(Object.assign(new Error('gone'), { code: 'ECONNREFUSED' }))],
  ['says nothing', () => new Promise(() => undefined)],
])('a page comes without answers where the database %s', async (_, query) => {
  const { cookie } = await aStudent(school.app);
  const { slug } = await aCourse(school.app);
  const { pool } = school.app;
  const sound = pool.query;
  pool.query = query as typeof pool.query;
  try {
    // What the second says of itself to machines is asked for as well.
    for (const path of ['/profile', `/courses/${slug}`]) {
      const { content, page, headers } = await open(path, { cookie });
      expect(page).toContain('<div id="root">');
      expect(content).toBeUndefined();
      expect(headers.get('cache-control')).toBe('no-cache');
    }
  } finally {
    pool.query = sound;
  }
});

/** `fetch` unpacks. */
const get = (path: string, encoding: string) =>
  new Promise<{ status?: number; encoding?: string; type?: string; cache?: string; bytes: number }>((resolve, reject) => {
    request(url + path, { headers: { 'accept-encoding': encoding } }, (answer) => {
      const { 'content-encoding': packed, 'content-type': type, 'cache-control': cache } = answer.headers;
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      answer.on('end', () => resolve({ status: answer.statusCode, encoding: packed, type, cache, bytes }));
    })
      .on('error', reject)
      .end();
  });

test.each([
  ['br, gzip', 'br'],
  ['gzip', 'gzip'],
  ['identity', undefined],
])('a script as the browser takes it: %s', async (accepted, encoding) => {
  const answer = await get('/assets/index-1.js', accepted);
  expect(answer).toMatchObject({
    status: 200,
    encoding,
    type: expect.stringMatching(/^text\/javascript/),
    cache: expect.stringContaining('immutable'),
  });
  if (encoding) expect(answer.bytes).toBeLessThan(Buffer.byteLength(script) / 4);
  else expect(answer.bytes).toBe(Buffer.byteLength(script));
});

test('a small file has no packed one, and what is not there is no page', async () => {
  expect(await get('/assets/small-1.js', 'br')).toMatchObject({ status: 200, bytes: 10 });
  expect(await get('/assets/index-0.js', 'br')).toMatchObject({ status: 404 });
  expect(await get('/assets/..%2findex.html', 'br')).toMatchObject({ status: 404 });
});
