import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ZipFile } from 'yazl';
import { unpack } from './zip-reader.ts';
import { zipOf as exported } from './zip-writer.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'otlichno-zip-'));
  await mkdir(join(dir, 'out'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const limits = { entries: 6, fileOf: () => 3_000_000, isMedia: (name: string) => name.endsWith('.mp4'), total: 5_000_000 };

type Member = [path: string, bytes: string | Buffer, options?: { mode?: number; compress?: boolean }];

async function zipOf(...members: Member[]): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [path, bytes, options] of members) {
    if (path.endsWith('/')) zip.addEmptyDirectory(path);
    else zip.addBuffer(Buffer.from(bytes), path, options);
  }
  zip.end();
  return buffer(zip.outputStream);
}

async function unpacked(archive: Buffer): Promise<{ refusal: Awaited<ReturnType<typeof unpack>>; files: string[] }> {
  await writeFile(join(dir, 'a.zip'), archive);
  const refusal = await unpack(join(dir, 'a.zip'), join(dir, 'out'), limits);
  const files = (await readdir(join(dir, 'out'), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  return { refusal, files: files.map(({ name }) => name).toSorted() };
}

/** Writes another text of the same length over one of the archive, wherever it stands. */
function rewritten(archive: Buffer, from: string | Buffer, to: string | Buffer): Buffer {
  const changed = Buffer.from(archive);
  const [old, fresh] = [Buffer.from(from), Buffer.from(to)];
  for (let at = changed.indexOf(old); at !== -1; at = changed.indexOf(old, at + 1)) fresh.copy(changed, at);
  return changed;
}

test('an archive is unpacked as it was packed; folders and notes of systems are passed over', async () => {
  const archive = await zipOf(
    ['maths/', ''],
    ['maths/course.md', 'Курс'],
    ['maths/01-a/topic.md', 'x'.repeat(5000)],
    ['__MACOSX/maths/._course.md', 'note'],
    ['maths/.DS_Store', 'note'],
  );
  expect(await unpacked(archive)).toEqual({ refusal: null, files: ['course.md', 'topic.md'] });
  expect(await readFile(join(dir, 'out/maths/course.md'), 'utf8')).toBe('Курс');
});

const zeros = Buffer.alloc(2_000_000);

test.each<[string, () => Promise<Buffer>, object]>([
  ['no archive at all', async () => Buffer.from('hello'), { code: 'archive-broken' }],
  ['an archive cut off', async () => (await zipOf(['a/b.md', 'x'.repeat(500)])).subarray(0, 80), { code: 'archive-broken' }],
  [
    'a way out of the folder',
    async () => rewritten(await zipOf(['a1/evil.md', 'x']), 'a1/evil.md', '../evil.md'.slice(0, 10)),
    { code: 'archive-name', name: '../evil.md' },
  ],
  [
    'a way out in the middle',
    async () => rewritten(await zipOf(['a/bb/evil.md', 'x']), 'a/bb/evil.md', 'a/../evil.md'),
    { code: 'archive-name' },
  ],
  ['an absolute path', async () => rewritten(await zipOf(['aetc/x.md', 'x']), 'aetc/x.md', '/etc/x.md'), { code: 'archive-name' }],
  ['a drive of Windows', async () => rewritten(await zipOf(['C_/x.md', 'x']), 'C_/x.md', 'C:/x.md'), { code: 'archive-name' }],
  ['a backslash', async () => rewritten(await zipOf(['a/b.md', 'x']), 'a/b.md', 'a\\b.md'), { code: 'archive-name', name: 'a\\b.md' }],
  ['a control character', async () => rewritten(await zipOf(['a/b.md', 'x']), 'a/b.md', 'a/\nb.md'.slice(0, 6)), { code: 'archive-name' }],
  ['an empty part of a path', async () => rewritten(await zipOf(['a_b.md', 'x']), 'a_b.md', 'a//b.m'), { code: 'archive-name' }],
  ['a link', async () => zipOf(['a/b.md', '/etc/passwd', { mode: 0o120777 }]), { code: 'archive-link', name: 'a/b.md' }],
  ['a device', async () => zipOf(['a/b.md', '', { mode: 0o020666 }]), { code: 'archive-link', name: 'a/b.md' }],
  [
    'a name twice',
    async () => rewritten(await zipOf(['a/b1.md', 'x'], ['a/b2.md', 'y']), 'a/b2.md', 'a/b1.md'),
    { code: 'archive-name-twice', name: 'a/b1.md' },
  ],
  ['names that differ in capitals', async () => zipOf(['a/B.md', 'x'], ['a/b.md', 'y']), { code: 'archive-name-twice' }],
  ['folders that differ in capitals', async () => zipOf(['a/b.md', 'x'], ['A/c.md', 'y']), { code: 'archive-name-twice' }],
  ['a file that is a folder too', async () => zipOf(['a/b', 'x'], ['a/b/c.md', 'y']), { code: 'archive-name-twice' }],
  [
    'too many entries',
    async () => zipOf(...Array.from({ length: 7 }, (_, i): Member => [`a/${i}.md`, 'x'])),
    { code: 'archive-entries', limit: 6 },
  ],
  [
    'a file that is too large',
    async () => zipOf(['a/b.md', Buffer.alloc(3_000_001, 'я')]),
    { code: 'archive-large', name: 'a/b.md', limit: 3_000_000 },
  ],
  ['a small archive of many zeros', async () => zipOf(['a/b.md', zeros]), { code: 'archive-bomb', name: 'a/b.md' }],
  ['a video of zeros', async () => zipOf(['a/b.mp4', zeros]), { code: 'archive-bomb' }],
  [
    'files that are too large together',
    async () => zipOf(...['a/1.md', 'a/2.md', 'a/3.md'].map((name): Member => [name, zeros, { compress: false }])),
    { code: 'archive-large', name: null, limit: 5_000_000 },
  ],
])('%s', async (_, make, expected) => {
  const { refusal, files } = await unpacked(await make());
  expect(refusal).toMatchObject(expected);
  expect(files).toEqual([]);
});

test('an encrypted entry', async () => {
  const archive = await zipOf(['a/b.md', 'x']);
  // The flag of encryption, in the local header and in the directory.
  for (const [signature, offset] of [
    ['PK\x03\x04', 6],
    ['PK\x01\x02', 8],
  ] as const) {
    const at = archive.indexOf(signature) + offset;
    archive.writeUInt16LE(archive.readUInt16LE(at) | 1, at);
  }
  expect((await unpacked(archive)).refusal).toEqual({ code: 'archive-encrypted', name: 'a/b.md' });
});

test('files that lie over one another', async () => {
  const archive = await zipOf(['a/1.md', Buffer.alloc(60_000, 'abc'), { compress: false }], ['a/2.md', 'x']);
  const first = archive.indexOf('PK\x01\x02');
  const second = archive.indexOf('PK\x01\x02', first + 1);
  // The second entry claims the bytes of the first: sum, sizes, place.
  archive.copy(archive, second + 16, first + 16, first + 28);
  archive.writeUInt32LE(archive.readUInt32LE(first + 42), second + 42);
  expect((await unpacked(archive)).refusal).toMatchObject({ code: 'archive-bomb' });
});

test('an entry that says it is smaller than it is stops as soon as it is not', async () => {
  const archive = await zipOf(['a/b.md', 'x'.repeat(50_000)]);
  const at = archive.indexOf('PK\x01\x02') + 24;
  archive.writeUInt32LE(10, at);
  expect((await unpacked(archive)).refusal).toEqual({ code: 'archive-broken' });
});

test('bytes that are not those that were packed', async () => {
  const archive = rewritten(await zipOf(['a/b.md', 'hello world', { compress: false }]), 'hello', 'HELLO');
  expect((await unpacked(archive)).refusal).toEqual({ code: 'archive-broken' });
});

test('sizes of more bits than the archive has', async () => {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from('x'), 'a/b.md', { forceZip64Format: true });
  zip.end();
  const archive = await buffer(zip.outputStream);
  // Every eight bytes that say 1 now say 2⁶⁰.
  const lie = rewritten(archive, Buffer.from([1, 0, 0, 0, 0, 0, 0, 0]), Buffer.from([0, 0, 0, 0, 0, 0, 0, 16]));
  expect((await unpacked(lie)).refusal?.code).toMatch(/^archive-(broken|large|bomb|entries)$/);
});

test.each(['mp4', 'm4v', 'mov', 'webm', 'mp3', 'm4a'])(
  'a silent recording that we have packed ourselves is no bomb: %s',
  async (extension) => {
    await writeFile(
      join(dir, 'a.zip'),
      exported([{ path: `a/b.${extension}`, size: zeros.length, content: () => Readable.from([zeros]) }]),
    );
    expect(await unpack(join(dir, 'a.zip'), join(dir, 'out'), { ...limits, isMedia: () => true })).toBeNull();
  },
);
