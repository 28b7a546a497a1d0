import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from '@20minutes/s3rver';
import type { S3Config } from '../platform/config.ts';

const bucket = 'school-files';

export interface S3Server {
  config: S3Config;
  /** The same, as the environment tells it. */
  env: Record<string, string>;
  close(): Promise<void>;
}

/** A real S3-compatible store on a free port: it verifies signatures and knows one key pair. */
export async function anS3Server(prefix = 'school/'): Promise<S3Server> {
  const directory = await mkdtemp(join(tmpdir(), 'otlichno-s3-'));
  const options = { directory, silent: true, configureBuckets: [{ name: bucket }] };
  const s3 = new S3rver(options);
  await s3.configureBuckets();
  const handle = s3.callback();
  // The package computes the signature of a listing over another path than the one that was asked for (it drops the last slash).
  const handleListing = new S3rver({ ...options, allowMismatchedSignatures: true }).callback();
  const uploads = join(directory, bucket, '._S3rver_uploads');
  const server = createServer(async (req, res) => {
    if (await answeredAboutUploads(uploads, req, res)) return;
    if (req.url?.startsWith(`/${bucket}/?list-type=`)) handleListing(req, res);
    else handle(req, res);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const config = { kind: 's3' as const, endpoint, region: 'ru-central1', bucket, accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER', prefix };
  return {
    config,
    env: {
      S3_ENDPOINT: endpoint,
      S3_REGION: config.region,
      S3_BUCKET: bucket,
      S3_ACCESS_KEY_ID: config.accessKeyId,
      S3_SECRET_ACCESS_KEY: config.secretAccessKey,
      S3_PREFIX: prefix,
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** The three requests about multipart uploads that the package lacks, over the folders in which it keeps them. */
async function answeredAboutUploads(folder: string, req: IncomingMessage, res: ServerResponse): Promise<boolean> {
  const url = new URL(req.url ?? '/', 'http://localhost');
  const id = url.searchParams.get('uploadId');
  const send = (status: number, xml: string) => res.writeHead(status, { 'content-type': 'application/xml' }).end(xml);
  if (req.method === 'GET' && url.searchParams.has('uploads')) {
    const all = await Promise.all((await namesIn(folder)).map((name) => uploadXml(join(folder, name), name)));
    send(200, `<ListMultipartUploadsResult>${all.join('')}</ListMultipartUploadsResult>`);
    return true;
  }
  if (id === null || !/^[0-9a-f]{32}$/.test(id) || (req.method !== 'GET' && req.method !== 'DELETE')) return false;
  const parts = await namesIn(join(folder, id));
  if (parts.length === 0) send(404, '<Error><Code>NoSuchUpload</Code><Message>no such upload</Message></Error>');
  else if (req.method === 'DELETE') {
    await rm(join(folder, id), { recursive: true });
    res.writeHead(204).end();
  } else {
    const numbers = parts.filter((name) => /^\d+$/.test(name)).sort((a, b) => Number(a) - Number(b));
    const listed = await Promise.all(numbers.map((number) => partXml(join(folder, id), number)));
    send(200, `<ListPartsResult><IsTruncated>false</IsTruncated>${listed.join('')}</ListPartsResult>`);
  }
  return true;
}

async function uploadXml(folder: string, id: string): Promise<string> {
  const begun = (await stat(join(folder, 'key'))).mtime.toISOString();
  return `<Upload><Key>${await readFile(join(folder, 'key'), 'utf8')}</Key><UploadId>${id}</UploadId><Initiated>${begun}</Initiated></Upload>`;
}

async function partXml(folder: string, number: string): Promise<string> {
  const [{ size }, md5] = await Promise.all([stat(join(folder, number)), readFile(join(folder, `${number}.md5`), 'utf8')]);
  return `<Part><PartNumber>${number}</PartNumber><ETag>"${md5}"</ETag><Size>${size}</Size></Part>`;
}

const namesIn = (folder: string) => readdir(folder).catch(() => []);
