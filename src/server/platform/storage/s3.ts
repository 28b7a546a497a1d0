import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { S3Config } from '../config.ts';
import type { Storage } from '../storage.ts';
import { s3Receiver } from './s3-receiver.ts';

/** A part of a file that is too large for one request. Stores take no smaller ones than 5 MiB. */
const partBytes = 8 * 1024 * 1024;

const connectMs = 5_000;
const silenceMs = 20_000;

/** A bucket of an S3-compatible store. */
export function s3Storage({ endpoint, region, bucket, accessKeyId, secretAccessKey, prefix }: S3Config): Storage {
  const options: S3ClientConfig = {
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle: true,
    // What the SDK does of its own accord since 3.729 is refused, or stored as if it were content, by many stores that are not Amazon's.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // Of its own accord the SDK waits for a store that has fallen silent as long as that takes.
    requestHandler: { connectionTimeout: connectMs, socketTimeout: silenceMs },
  };
  const client = new S3Client(options);
  const at = (key: string) => ({ Bucket: bucket, Key: prefix + checkedKey(key) });

  async function putInParts(key: string, pieces: AsyncIterator<Buffer>, first: Buffer): Promise<void> {
    const { UploadId } = await client.send(new CreateMultipartUploadCommand(at(key)));
    const upload = { ...at(key), UploadId };
    try {
      const parts: { ETag: string | undefined; PartNumber: number }[] = [];
      for (let piece: IteratorResult<Buffer> = { value: first, done: false }; !piece.done; piece = await pieces.next()) {
        const PartNumber = parts.length + 1;
        const { ETag } = await client.send(new UploadPartCommand({ ...upload, PartNumber, Body: piece.value }));
        parts.push({ ETag, PartNumber });
      }
      await client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: parts } }));
    } catch (error) {
      // What was sent costs money until it is given up. Where that fails as well, `sweep` does it.
      await client.send(new AbortMultipartUploadCommand(upload)).catch(() => {});
      throw error;
    }
  }

  return {
    async put(key, body) {
      if (Buffer.isBuffer(body)) {
        await client.send(new PutObjectCommand({ ...at(key), Body: body }));
        return;
      }
      // A stream tells nobody its length, and a request needs one.
      const pieces = piecesOf(body);
      const first = (await pieces.next()).value ?? Buffer.alloc(0);
      if (first.length === partBytes) await putInParts(key, pieces, first);
      else await client.send(new PutObjectCommand({ ...at(key), Body: first }));
    },
    async find(key) {
      try {
        const { ContentLength = 0, LastModified = new Date(0) } = await client.send(new HeadObjectCommand(at(key)));
        return { size: ContentLength, modifiedAt: LastModified };
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    read(key, range) {
      const request = { ...at(key), ...(range ? { Range: `bytes=${range.start}-${range.end}` } : {}) };
      return Readable.from(bytesOf(client, new GetObjectCommand(request)), { objectMode: false });
    },
    async remove(key) {
      await client.send(new DeleteObjectCommand(at(key)));
    },
    async *list(begin) {
      let next: string | undefined;
      do {
        const page = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix + begin, ContinuationToken: next }));
        for (const { Key = '', Size = 0, LastModified = new Date() } of page.Contents ?? []) {
          yield { key: Key.slice(prefix.length), size: Size, modifiedAt: LastModified };
        }
        next = page.IsTruncated ? page.NextContinuationToken : undefined;
      } while (next !== undefined);
    },
    receiver: async () => ({
      store: s3Receiver({ options, bucket, partBytes }),
      idOf: (key) => prefix + checkedKey(key),
    }),
    async sweep(before) {
      const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket, Prefix: prefix }));
      for (const { Key, UploadId, Initiated } of Uploads) {
        if (Initiated && Initiated < before) await client.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key, UploadId }));
      }
    },
  };
}

/** In a bucket no key leads anywhere else; what a folder would refuse is refused here too, so that both stores hold the same. */
function checkedKey(key: string): string {
  if (key === '' || key.startsWith('/') || key.split('/').some((part) => part === '.' || part === '..')) {
    throw new Error('storage key leaves the store');
  }
  return key;
}

/** Pieces of exactly `partBytes`, but for the last. */
async function* piecesOf(body: Readable): AsyncGenerator<Buffer, undefined> {
  let waiting: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    let rest: Buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
    while (size + rest.length >= partBytes) {
      const taken = rest.subarray(0, partBytes - size);
      yield Buffer.concat([...waiting, taken], partBytes);
      rest = rest.subarray(taken.length);
      [waiting, size] = [[], 0];
    }
    if (rest.length > 0) waiting.push(rest);
    size += rest.length;
  }
  if (size > 0) yield Buffer.concat(waiting, size);
}

async function* bytesOf(client: S3Client, command: GetObjectCommand): AsyncGenerator<Buffer> {
  const { Body } = await client.send(command);
  if (Body instanceof Readable) yield* Body;
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && (error.name === 'NotFound' || error.name === 'NoSuchKey');
}
