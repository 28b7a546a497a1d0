import { expect, test } from 'vitest';
import { largestUpload, plainFileLimit, uploadExtensions, uploadLimits } from '#shared/upload-rules.ts';
import { fileTypeOf, isKnownByHead } from './file-types.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');
const svg = (inside: string, attributes = 'width="320" height="200"') =>
  Buffer.from(`<?xml version="1.0"?>\n<!-- a -->\n<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${inside}</svg>`);

const png = hex('89504e470d0a1a0a 0000000d 49484452 00000140 000000c8 0806000000');
const gif = Buffer.concat([Buffer.from('GIF89a'), hex('4001c800 000000')]);
const jpeg = hex(`ffd8 ffe0 0010 4a46494600010100000100010000 ffc0 0011 08 00c8 0140 03 012200021101031101 ffd9`);
const webp = Buffer.concat([Buffer.from('RIFF\0\0\0\0WEBPVP8X\n\0\0\0'), hex('00000000 3f0100 c70000')]);

test.each<[string, Buffer, string, number | null]>([
  ['a.svg', svg('<path d="M0 0"/>'), 'image/svg+xml', 320],
  ['a.svg', svg('', "viewBox='0 0 320 200'"), 'image/svg+xml', 320],
  ['a.svg', svg('<g fill="url(#a)"><use href="#b"/><image href="data:image/png;base64,AA"/></g>'), 'image/svg+xml', 320],
  ['a.png', png, 'image/png', 320],
  ['a.GIF', gif, 'image/gif', 320],
  ['a.jpg', jpeg, 'image/jpeg', 320],
  ['a.jpeg', jpeg, 'image/jpeg', 320],
  ['a.webp', webp, 'image/webp', 320],
  ['a.b.pdf', Buffer.from('%PDF-1.7\n'), 'application/pdf', null],
  ['a.txt', Buffer.from('12\n«ё»\n'), 'text/plain; charset=utf-8', null],
  ['a.ods', Buffer.from('PK\x03\x04…'), 'application/vnd.oasis.opendocument.spreadsheet', null],
])('%s: %#', (name, bytes, mime, width) => {
  expect(fileTypeOf(name, bytes)).toEqual({ ok: true, type: { mime, width, height: width === null ? null : 200 } });
});

test('a drawing full of spaces takes no time', () => {
  const spaces = ' '.repeat(300_000);
  expect(fileTypeOf('a.svg', svg(`<use href=${spaces}"${spaces}#a"/><g fill="url(${spaces}'${spaces}#a')"/>`))).toMatchObject({ ok: true });
});

test.each<[string, string, Buffer, string]>([
  ['an unknown type', 'a.exe', Buffer.from('MZ'), 'file-type'],
  ['no type', 'Makefile', Buffer.from('a'), 'file-type'],
  ['a name of JavaScript', 'a.constructor', Buffer.from('a'), 'file-type'],
  ['a page', 'a.html', Buffer.from('<p>'), 'file-type'],
  ['one picture named as another', 'a.png', jpeg, 'file-content'],
  ['a page named as a picture', 'a.svg', Buffer.from('<html></html>'), 'file-content'],
  ['an empty picture', 'a.png', Buffer.alloc(0), 'file-content'],
  ['a picture cut off', 'a.jpg', Buffer.from(Uint8Array.from(jpeg.subarray(0, 22)).buffer), 'file-content'],
  ['a picture without a size', 'a.svg', svg('', 'width="100%" height="100%"'), 'file-content'],
  ['bytes named as text', 'a.txt', Buffer.from([1, 0, 2]), 'file-content'],
  ['text of Windows', 'a.csv', Buffer.from([0xcf, 0xf0, 0xe8]), 'file-content'],
  ['text named as a table', 'a.xlsx', Buffer.from('a;b'), 'file-content'],
  ['a script', 'a.svg', svg('<script>alert(1)</script>'), 'file-active'],
  ['a handler', 'a.svg', svg('<g onclick = "alert(1)"/>'), 'file-active'],
  ['a handler on the root', 'a.svg', svg('', 'width="1" height="1" onload="alert(1)"'), 'file-active'],
  ['a page inside', 'a.svg', svg('<foreignObject/>'), 'file-active'],
  ['an address that acts', 'a.svg', svg('<a xlink:href="javascript:alert(1)"/>'), 'file-active'],
  ['a picture from elsewhere', 'a.svg', svg('<image href="https://evil.example/x.png"/>'), 'file-active'],
  ['a style from elsewhere', 'a.svg', svg('<style>@import "//evil.example/x.css"</style>'), 'file-active'],
  ['a font from elsewhere', 'a.svg', svg('<style>a{background:url( "//evil.example")}</style>'), 'file-active'],
  [
    'spaces before a picture from elsewhere',
    'a.svg',
    svg(`<image href="#a"/><image href= "${' '.repeat(300_000)}//evil.example"/>`),
    'file-active',
  ],
  ['spaces before a style from elsewhere', 'a.svg', svg(`<g fill="url(${' '.repeat(300_000)}//evil.example)"/>`), 'file-active'],
])('%s is refused', (_, name, bytes, code) => {
  expect(fileTypeOf(name, bytes)).toMatchObject({ ok: false, problem: { code } });
});

test.each(uploadExtensions.topic)('what the office takes, a course may hold: %s', (extension) => {
  const read = fileTypeOf(`a.${extension}`, Buffer.alloc(0));
  expect(read.ok ? null : read.problem.code).not.toBe('file-type');
  // What may be large is never read into memory as a whole.
  expect(largestUpload('topic', `a.${extension}`)).toBe(isKnownByHead(`a.${extension}`) ? uploadLimits.topic : plainFileLimit);
});
