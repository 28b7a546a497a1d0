import { createHash, createVerify } from 'node:crypto';

/** What a mailbox does with a signature (RFC 6376, relaxed/relaxed), given the key from the DNS. */
export function checkDkim(raw: string, publicKey: string): { tags: Record<string, string>; problem: 'headers' | 'body' | null } {
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  const fields = head
    .split(/\r\n(?![ \t])/)
    .map((field) => ({ name: field.slice(0, field.indexOf(':')).toLowerCase(), value: field.slice(field.indexOf(':') + 1) }));
  const relaxed = ({ name, value }: { name: string; value: string }) =>
    `${name}:${value
      .replace(/\r\n/g, '')
      .replace(/[ \t]+/g, ' ')
      .trim()}`;
  const signature = fields.find(({ name }) => name === 'dkim-signature') ?? { name: '', value: '' };
  const tags: Record<string, string> = Object.fromEntries(
    [...signature.value.replace(/\s+/g, '').matchAll(/([a-z]+)=([^;]*)/g)].map(([, name = '', value = '']) => [name, value]),
  );
  const body = `${rest
    .join('\r\n\r\n')
    .replace(/[ \t]+/g, ' ')
    .replace(/ (?=\r\n|$)/g, '')
    .replace(/(?:\r\n)*$/, '')}\r\n`;
  if (createHash('sha256').update(body, 'latin1').digest('base64') !== tags.bh) return { tags, problem: 'body' };
  const left = [...fields];
  const signed = (tags.h ?? '').split(':').flatMap((name) => {
    const place = left.findLastIndex((field) => field.name === name.toLowerCase());
    return place === -1 ? [] : left.splice(place, 1).map(relaxed);
  });
  const unsigned = relaxed({ ...signature, value: signature.value.replace(/(?<=[;\s])b=[^;]*/, 'b=') });
  const verify = createVerify('sha256').update([...signed, unsigned].join('\r\n'), 'latin1');
  return { tags, problem: verify.verify(publicKey, tags.b ?? '', 'base64') ? null : 'headers' };
}
