import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Config, readConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { createMailer } from './create-mailer.ts';
import { mailPage, mayReadMail } from './page.ts';

const cleanUps: (() => unknown)[] = [];
let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'otlichno-page-'));
});
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
  await rm(dataDir, { recursive: true });
});

function aConfig(changes: Partial<Config> = {}): Config {
  return { ...readConfig({ DATA_DIR: dataDir }), ...changes };
}

async function aSite(config: Config) {
  const site = express().use('/dev', mailPage({ config })).listen(0, '127.0.0.1');
  await once(site, 'listening');
  cleanUps.push(() => new Promise((resolve) => site.close(resolve)));
  const { port } = site.address() as AddressInfo;
  return async (path: string, headers: Record<string, string> = {}) => {
    const asked = request({ port, path, host: '127.0.0.1', headers: { host: `localhost:${port}`, ...headers } }).end();
    const [answer] = await once(asked, 'response');
    let body = '';
    for await (const chunk of answer.setEncoding('utf8')) body += chunk;
    return { status: answer.statusCode as number, headers: answer.headers as Record<string, string>, body };
  };
}

const send = (letter: { to: string; subject: string; text: string; html?: string }) =>
  createMailer({ kind: 'folder' }, dataDir, createLog('silent'), () => {}).send({ ...letter, headers: { 'List-Id': 'a "b" <c>' } });

describe('the page', () => {
  test('lists letters, newest first, and shows one', async () => {
    const get = await aSite(aConfig());
    expect((await get('/dev/mail')).body).toContain('Писем пока нет');
    await send({ to: 'anna@example.ru', subject: 'Первое', text: 'один' });
    await send({ to: 'boris@example.ru', subject: 'Второе', text: 'Вход: http://localhost:3000/register?a=1&b=2 тут' });
    const list = await get('/dev/mail');
    expect(list.body.indexOf('Второе')).toBeLessThan(list.body.indexOf('Первое'));
    expect(list.headers).toMatchObject({ 'cache-control': 'no-store', 'content-type': 'text/html; charset=utf-8' });
    const path = /href="(\/dev\/mail\/[^"]+)"/.exec(list.body)?.[1] ?? '';
    const { body } = await get(path);
    expect(body).toContain('<html lang="ru">');
    expect(body).toContain('boris@example.ru');
    expect(body).toContain('<a href="http://localhost:3000/register?a=1&amp;b=2" rel="noreferrer">');
    expect((await get('/dev/mail/nothing')).status).toBe(404);
  });

  test('is the same list as JSON', async () => {
    const get = await aSite(aConfig());
    await send({ to: 'anna@example.ru', subject: 'Тема', text: 'Код: 482913' });
    const { body } = await get('/dev/mail.json');
    expect(JSON.parse(body)).toEqual([expect.objectContaining({ to: 'anna@example.ru', subject: 'Тема', text: 'Код: 482913' })]);
  });

  test('shows the HTML of a letter in a sandbox, beside its text', async () => {
    const get = await aSite(aConfig());
    await send({
      to: 'anna@example.ru',
      subject: 'Тема',
      text: 'Текст',
      html: '<!doctype html><html><head></head><body><b title="a">Б</b></body></html>',
    });
    const list = await get('/dev/mail');
    const { body, headers } = await get(/href="(\/dev\/mail\/[^"]+)"/.exec(list.body)?.[1] ?? '');
    const [, sandbox, address = ''] = /<iframe [^>]*sandbox="([^"]*)" src="([^"]*)">/.exec(body) ?? [];
    const letter = await get(address);
    const rights = /sandbox (.*)$/.exec(letter.headers['content-security-policy'] ?? '')?.[1];
    for (const given of [sandbox, rights]) {
      expect(given).toContain('allow-popups');
      expect(given).not.toMatch(/allow-(?:scripts|same-origin|forms|top-navigation)/);
    }
    expect(letter.body).toContain('<base target="_blank">');
    expect(letter.body).toContain('<b title="a">Б</b>');
    expect(body).not.toContain('<b ');
    expect(body).toContain('<pre>Текст</pre>');
    for (const policy of [headers, letter.headers]) {
      expect(policy['content-security-policy']).toContain("default-src 'none'");
      expect(policy['content-security-policy']).not.toContain('script-src');
    }
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect((await get('/dev/mail.css')).headers['content-type']).toContain('text/css');
    expect((await get('/dev/mail/nothing/letter')).status).toBe(404);
  });

  test('markup in a letter is text', async () => {
    const get = await aSite(aConfig());
    const evil = `"><img src=x onerror='alert(1)'> http://x/"onclick=`;
    await send({ to: evil, subject: evil, text: evil, html: evil });
    const list = await get('/dev/mail');
    const letter = await get(/href="(\/dev\/mail\/[^"]+)"/.exec(list.body)?.[1] ?? '');
    for (const { body } of [list, letter]) expect(body).not.toMatch(/<img|"onclick=/);
    expect(letter.headers['content-security-policy']).toContain("default-src 'none'");
  });
});

describe('nobody else sees it', () => {
  test.each<[string, Record<string, string>]>([
    ['behind a proxy', { 'x-forwarded-for': '203.0.113.7' }],
    ['behind another proxy', { forwarded: 'for=203.0.113.7' }],
    ['behind a proxy that names only the host', { 'x-forwarded-host': 'school.example.ru' }],
    ['by a name that was made to point here', { host: 'evil.example.com:3000' }],
    ['by a name that looks local', { host: 'localhost.evil.example.com' }],
    ['by an address of the network', { host: '192.168.1.5:3000' }],
  ])('%s', async (_, headers) => {
    const get = await aSite(aConfig());
    await send({ to: 'anna@example.ru', subject: 'Тема', text: 'Код: 482913' });
    for (const path of ['/dev/mail', '/dev/mail.json', '/dev/mail/x', '/dev/mail/']) {
      const { status, body } = await get(path, headers);
      expect([path, status, body]).toEqual([path, 404, 'Not found']);
    }
  });

  test.each<[string, Partial<Config>]>([
    ['a mail server is set', { mail: { kind: 'smtp', url: 'smtp://127.0.0.1', from: 'a@example.ru', dkim: null } }],
    ['the school is published', { publicUrl: 'https://school.example.ru' }],
  ])('%s', async (_, changes) => {
    const get = await aSite(aConfig(changes));
    expect((await get('/dev/mail')).status).toBe(404);
  });

  test.each([
    ['127.0.0.1', true],
    ['127.8.9.10', true],
    ['::1', true],
    ['::ffff:127.0.0.1', true],
    ['192.168.1.5', false],
    ['::ffff:192.168.1.5', false],
    ['203.0.113.7', false],
    ['fe80::1', false],
    [undefined, false],
  ])('asked from %s: %s', (remoteAddress, may) => {
    expect(mayReadMail({ config: aConfig() }, { socket: { remoteAddress }, headers: { host: '[::1]:3000' } })).toBe(may);
  });
});
