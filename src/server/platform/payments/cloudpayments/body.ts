import { isObject, parseJson } from '../json.ts';

export type Charset = 'utf-8' | 'windows-1251';

/** Of the header Content-Type. */
export function charsetOf(contentType: string): Charset {
  return /charset\s{0,4}=\s{0,4}"?\s{0,4}(windows-1251|cp1251)/i.test(contentType) ? 'windows-1251' : 'utf-8';
}

/** Bytes that are no UTF-8 though nobody said so are Windows-1251: the cabinet has such a setting, and both are told apart by it. */
export function decodeText(bytes: Buffer, charset: Charset): string {
  if (charset === 'windows-1251') return new TextDecoder('windows-1251').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1251').decode(bytes);
  }
}

const percent = 0x25;
const plus = 0x2b;

/** Of a digit of sixteen; -1: it is none. */
function hexOf(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

/** Undoes percent signs, byte by byte; what is none stays. Without patterns, since whoever has no signature makes us do this. @param plusIs what a plus means */
export function percentDecoded(bytes: Buffer, plusIs: ' ' | '+'): Buffer {
  const out = Buffer.alloc(bytes.length);
  const blank = plusIs.charCodeAt(0);
  let length = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    const [high, low] = byte === percent ? [hexOf(bytes[at + 1]), hexOf(bytes[at + 2])] : [-1, -1];
    const isSign = high >= 0 && low >= 0;
    if (isSign) at += 2;
    out[length] = isSign ? high * 16 + low : byte === plus ? blank : byte;
    length += 1;
  }
  return out.subarray(0, length);
}

export type Fields = ReadonlyMap<string, string>;

const mostFields = 300;

/**
 * The fields of a message, from a form or from JSON. A map, so that no name of a field means anything to the language. Null: not readable, or a field is
 * there twice, which nobody sends who has nothing to hide.
 */
export function readFields(raw: Buffer, contentType: string): Fields | null {
  const charset = charsetOf(contentType);
  return /json/i.test(contentType) ? fromJson(decodeText(raw, charset)) : fromForm(raw, charset);
}

function fromForm(raw: Buffer, charset: Charset): Fields | null {
  const fields = new Map<string, string>();
  // Latin-1: a sign a byte, so that every piece can be turned back into its bytes.
  const pairs = raw.toString('latin1').split('&');
  if (pairs.length > mostFields) return null;
  for (const pair of pairs) {
    if (pair === '') continue;
    const cut = pair.includes('=') ? pair.indexOf('=') : pair.length;
    const [name, value] = [pair.slice(0, cut), pair.slice(cut + 1)].map((part) =>
      decodeText(percentDecoded(Buffer.from(part, 'latin1'), ' '), charset),
    );
    if (name === undefined || value === undefined || fields.has(name)) return null;
    fields.set(name, value);
  }
  return fields;
}

function fromJson(text: string): Fields | null {
  const parsed = parseJson(text);
  if (!parsed || !isObject(parsed.value)) return null;
  const entries = Object.entries(parsed.value).filter(([, value]) => value !== null && value !== undefined);
  if (entries.length > mostFields) return null;
  return new Map(entries.map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]));
}
