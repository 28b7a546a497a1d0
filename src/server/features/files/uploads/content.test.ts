import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import yazl from 'yazl';
import { diskStorage } from '../../../platform/storage/disk.ts';
import type { Storage } from '../../../platform/storage.ts';
import { inspectContent } from './content.ts';

let root: string;
let storage: Storage;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'otlichno-content-'));
  storage = diskStorage(root);
});
afterAll(() => rm(root, { recursive: true }));

const picture = (format: 'png' | 'jpeg' | 'webp' | 'gif', width = 40, height = 30) =>
  sharp({ create: { width, height, channels: 3, background: 'red' } })
    .toFormat(format)
    .toBuffer();
const upright = async () =>
  sharp(await picture('jpeg'))
    .withMetadata({ orientation: 6 })
    .toBuffer();
/** A PNG that says it is as large as a town, in some hundred bytes. */
async function aHugePicture(): Promise<Buffer> {
  const png = await picture('png');
  png.writeUInt32BE(20_000, 16);
  png.writeUInt32BE(20_000, 20);
  return png;
}
async function anArchive(files: Record<string, string>): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [name, text] of Object.entries(files)) zip.addBuffer(Buffer.from(text), name, { compress: false });
  zip.end();
  return buffer(zip.outputStream);
}
const wordTypes =
  '<Types><Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>';
const word = () => anArchive({ '[Content_Types].xml': wordTypes, 'word/document.xml': '<x/>' });
const box = (brand: string) =>
  Buffer.concat([Buffer.from('0000001c66747970', 'hex'), Buffer.from(brand.padEnd(20, 'm')), randomBytes(300)]);
const webm = (kind: string) =>
  Buffer.concat([
    Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282', 'hex'),
    Buffer.from([0x80 | kind.length]),
    Buffer.from(kind),
    randomBytes(300),
  ]);
const exe = () => Buffer.concat([Buffer.from('MZ\x90\x00\x03\x00', 'latin1'), randomBytes(500)]);
const html = () => Buffer.from('<!doctype html><script>alert(1)</script>');
const svg = (inside: string) => Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="10" height="20">${inside}</svg>`);

test.each<[string, string, () => Buffer | Promise<Buffer>, object | string]>([
  ['a photo', 'a.jpg', () => picture('jpeg'), { mime: 'image/jpeg', width: 40, height: 30 }],
  ['a photo taken upright', 'a.JPEG', upright, { mime: 'image/jpeg', width: 30, height: 40 }],
  ['a PNG', 'a.png', () => picture('png'), { mime: 'image/png', width: 40, height: 30 }],
  ['a WebP', 'a.webp', () => picture('webp'), { mime: 'image/webp', width: 40, height: 30 }],
  ['a GIF', 'a.gif', () => picture('gif'), { mime: 'image/gif', width: 40, height: 30 }],
  ['a drawing', 'a.svg', () => svg('<path d="M0 0"/>'), { mime: 'image/svg+xml', width: 10, height: 20 }],
  ['a film', 'a.mp4', () => box('isom'), { mime: 'video/mp4', width: null }],
  ['a film of an iPhone', 'a.mov', () => box('qt  '), { mime: 'video/quicktime' }],
  ['a film of a browser', 'a.webm', () => webm('webm'), { mime: 'video/webm' }],
  ['a recording', 'a.m4a', () => box('M4A '), { mime: 'audio/mp4' }],
  [
    'a recording with a cover',
    'a.mp3',
    () => Buffer.concat([Buffer.from('ID3\x04\x00\x00\x7f\x7f\x7f\x7f', 'latin1'), randomBytes(90)]),
    { mime: 'audio/mpeg' },
  ],
  ['a document', 'a.pdf', () => Buffer.from('%PDF-1.7\n'), { mime: 'application/pdf' }],
  ['a text', 'a.txt', () => Buffer.from('Щука'), { mime: 'text/plain; charset=utf-8' }],
  ['an archive', 'a.zip', () => anArchive({ 'a.txt': 'a' }), { mime: 'application/zip' }],
  ['a text of Word', 'a.docx', word, { mime: expect.stringContaining('wordprocessingml') }],
  ['a text of Word called a table', 'a.xlsx', word, 'content'],
  ['an archive called a picture', 'a.png', () => anArchive({ 'a.txt': 'a' }), 'content'],
  ['a PNG called a JPEG', 'a.jpg', () => picture('png'), 'content'],
  ['a picture cut off in its head', 'a.png', async () => (await picture('png')).subarray(0, 20), 'content'],
  ['a picture the size of a town', 'a.png', aHugePicture, 'pixels'],
  ['a program called a photo', 'a.jpg', exe, 'content'],
  ['a program called a film', 'a.mp4', exe, 'content'],
  ['a program called a text', 'a.txt', exe, 'content'],
  ['a program called an archive', 'a.zip', exe, 'content'],
  ['a page called a picture', 'a.png', html, 'content'],
  ['a page called a film', 'a.webm', html, 'content'],
  ['a page called a document', 'a.pdf', html, 'content'],
  ['a film that browsers do not play, called one that they do', 'a.webm', () => webm('matroska'), 'content'],
  ['a page', 'a.html', html, 'type'],
  ['a drawing with a script', 'a.svg', () => svg('<script>alert(1)</script>'), 'active'],
  ['a drawing that calls home', 'a.svg', () => svg('<image href="https://evil.example/x.png"/>'), 'active'],
  ['a page called a drawing', 'a.svg', html, 'content'],
  // Served as text to be saved, never shown as a page: serve.live.test.ts.
  ['a page called a text', 'a.txt', html, { mime: 'text/plain; charset=utf-8' }],
])('%s: %s', async (_, name, content, expected) => {
  const bytes = await content();
  await storage.put('uploads/x', bytes);
  const verdict = await inspectContent(storage, { storageKey: 'uploads/x', name, size: bytes.length, purpose: 'topic' });
  expect(verdict).toMatchObject(typeof expected === 'string' ? { ok: false, refusal: expected } : { ok: true, ...expected });
});

test('questions to load are judged by their reader, tables by what they are', async () => {
  const judge = async (name: string, bytes: Buffer) => {
    await storage.put('uploads/x', bytes);
    return (await inspectContent(storage, { storageKey: 'uploads/x', name, size: bytes.length, purpose: 'import' })).ok;
  };
  expect(await judge('a.gift', Buffer.from([0xcf, 0xf0, 0xe8]))).toBe(true);
  expect(await judge('a.xml', Buffer.from('<quiz/>'))).toBe(true);
  expect(await judge('a.xlsx', exe())).toBe(false);
  expect(await judge('a.zip', exe())).toBe(false);
});
