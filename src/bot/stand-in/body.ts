import type { IncomingMessage } from 'node:http';
import { ApiError, badRequest } from './api-error.ts';
import { type Fields, isRecord } from './fields.ts';
import { parseMultipart, type UploadedFile } from './multipart.ts';

export interface Body {
  fields: Fields;
  files: Map<string, UploadedFile>;
}

const maxBytes = 50 * 2 ** 20;

/** Parameters as the Bot API takes them: in the address, as JSON, as a form. */
export async function readBody(req: IncomingMessage): Promise<Body> {
  const query = Object.fromEntries(new URL(req.url ?? '/', 'http://localhost').searchParams);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req) {
    size += chunk.length;
    if (size > maxBytes) throw new ApiError(413, 'Request Entity Too Large');
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  const body = size === 0 ? { fields: {}, files: new Map() } : parseBody(bytes, req.headers['content-type'] ?? '');
  return { fields: { ...query, ...body.fields }, files: body.files };
}

function parseBody(bytes: Buffer, type: string): Body {
  const files = new Map<string, UploadedFile>();
  if (type.startsWith('application/json')) return { fields: parseJson(bytes), files };
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return { fields: Object.fromEntries(new URLSearchParams(bytes.toString('utf8'))), files };
  }
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)"?/i.exec(type)?.[1];
  const form = boundary === undefined ? null : parseMultipart(bytes, boundary);
  if (!form) throw badRequest('invalid form data');
  return form;
}

function parseJson(bytes: Buffer): Fields {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw badRequest("can't parse JSON object");
  }
  if (!isRecord(value)) throw badRequest('object expected as JSON body');
  return value;
}
