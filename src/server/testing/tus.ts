import type { UploadDto } from '#shared/files.ts';
import { type UploadPurpose, uploadsPath } from '#shared/upload-rules.ts';
import type { WebBrowser } from './live-server.ts';

const version = { 'tus-resumable': '1.0.0' };

interface Announcement {
  purpose: UploadPurpose;
  subject?: string;
  name: string;
  size: number;
}

/** The requests of the tus protocol as a client of it makes them, one by one. */
export function tusClient(browser: WebBrowser, origin: string) {
  const headers = { ...version, origin };
  const client = {
    create: ({ size, ...metadata }: Announcement, more: Record<string, string> = {}) =>
      browser.fetch(uploadsPath, {
        method: 'POST',
        headers: { ...headers, 'upload-length': String(size), 'upload-metadata': metadataOf(metadata), ...more },
      }),
    patch: (path: string, offset: number, body: BodyInit, more: RequestInit = {}) =>
      browser.fetch(path, {
        method: 'PATCH',
        ...more,
        headers: { ...headers, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
        body,
      }),
    head: (path: string) => browser.fetch(path, { method: 'HEAD', headers: version }),
    remove: (path: string) => browser.fetch(path, { method: 'DELETE', headers }),
    /** Where to go on. */
    async offset(path: string): Promise<number> {
      const answer = await client.head(path);
      if (answer.status !== 200) throw new Error(`nobody knows how far it came: ${answer.status}`);
      return Number(answer.headers.get('upload-offset'));
    },
    /** Goes on to the end, as often as it is told that it has to begin at another place. */
    async goOn(path: string, bytes: Buffer): Promise<UploadDto> {
      for (let tries = 0; tries < 20; tries += 1) {
        const offset = await client.offset(path);
        const answer = await client.patch(path, offset, new Uint8Array(bytes.subarray(offset)));
        if (answer.status === 200) return (await answer.json()) as UploadDto;
        if (answer.status !== 204 && answer.status !== 409) throw new Error(`${answer.status} ${await answer.text()}`);
      }
      throw new Error('the upload comes to no end');
    },
    /** Announces a file, or throws what was said instead. */
    async begin(announcement: Announcement): Promise<string> {
      const answer = await client.create(announcement);
      if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
      return answer.headers.get('location') ?? '';
    },
    /** The whole way of a small file. */
    async send(announcement: Omit<Announcement, 'size'>, bytes: Buffer): Promise<UploadDto> {
      const path = await client.begin({ ...announcement, size: bytes.length });
      const answer = await client.patch(path, 0, new Uint8Array(bytes));
      if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
      return (await answer.json()) as UploadDto;
    },
  };
  return client;
}
export type TusClient = ReturnType<typeof tusClient>;

function metadataOf(values: Record<string, string | undefined>): string {
  return Object.entries(values)
    .flatMap(([name, value]) => (value === undefined ? [] : `${name} ${Buffer.from(value).toString('base64')}`))
    .join(',');
}
