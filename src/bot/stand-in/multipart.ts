import type { Fields } from './fields.ts';

export interface UploadedFile {
  name: string;
  bytes: Buffer;
}

/** The parts of a multipart/form-data body; null if it is none. Takes what grammY writes: no blank after «form-data;», file names without quotes. */
export function parseMultipart(body: Buffer, boundary: string): { fields: Fields; files: Map<string, UploadedFile> } | null {
  const mark = Buffer.from(`--${boundary}`);
  const fields: Fields = {};
  const files = new Map<string, UploadedFile>();
  let at = body.indexOf(mark);
  while (at !== -1) {
    const begin = at + mark.length;
    if (body.toString('latin1', begin, begin + 2) === '--') return { fields, files };
    at = body.indexOf(`\r\n--${boundary}`, begin);
    const headEnd = body.indexOf('\r\n\r\n', begin);
    if (at === -1 || headEnd === -1 || headEnd > at) return null;
    const head = body.toString('utf8', begin, headEnd);
    const name = /[;\s]name="([^"]*)"/i.exec(head)?.[1];
    if (name === undefined) return null;
    const fileName = /[;\s]filename=(?:"([^"]*)"|([^\r\n;]*))/i.exec(head);
    const bytes = body.subarray(headEnd + 4, at);
    if (fileName) files.set(name, { name: fileName[1] ?? fileName[2] ?? '', bytes: Buffer.from(bytes) });
    else fields[name] = bytes.toString('utf8');
    // Past the line break, so that what follows begins with the mark.
    at += 2;
  }
  return null;
}
