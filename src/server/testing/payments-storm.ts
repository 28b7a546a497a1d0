/** Messages of acquirers, real and forged, and how they are brought: all at once, again until they are thanked for. */
import type { Notification } from '../acquirer/types.ts';

export interface Message {
  /** The same message brought twice has the same one. */
  id: string;
  path: string;
  headers: Record<string, string>;
  body: Buffer;
  /** What has to be heard of it in the end. */
  hears: 'thanks' | 'no';
}

export function asMessage({ id, url, headers, body }: Notification): Message {
  return { id: String(id), path: new URL(url).pathname, headers, body, hears: 'thanks' };
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;

/** Made from a real one by somebody who has no key: of another order, of another sum and from an acquirer's own address, without a signature. */
export function forgeriesOf(message: Message, otherAttemptId: string): Message[] {
  const { path, headers, body } = message;
  const text = body.toString();
  const forged = (changed: string, over: Record<string, string> = {}): Message => ({
    id: `${message.id} forged`,
    path,
    headers: { ...headers, ...over },
    body: Buffer.from(changed),
    hears: 'no',
  });
  const unsigned = text.replace(/"Token":"[^"]*"/, '"Token":""');
  return [
    forged(text.replace(uuid, otherAttemptId)),
    forged(text.replace(/(Amount"?[=:])\d+/, '$1100'), { 'x-forwarded-for': '185.98.81.1' }),
    forged(unsigned, { 'content-hmac': '', 'x-content-hmac': '' }),
  ];
}

export interface Brought {
  /** By the message's id: thanked for at least once. */
  thanked: Set<string>;
  /** Not heard by anybody: they will come again. */
  left: Message[];
  /** A forged one that was taken, a real one that was refused. */
  wrong: string[];
}

/** All at once. @param onThanks is told how many were thanked for */
export async function bring(url: string, messages: readonly Message[], onThanks: (count: number) => void = () => {}): Promise<Brought> {
  const brought: Brought = { thanked: new Set(), left: [], wrong: [] };
  let count = 0;
  await Promise.all(
    messages.map(async (message) => {
      const { path, headers, body, hears } = message;
      const heard = await fetch(url + path, { method: 'POST', headers, body: new Uint8Array(body) })
        .then(async (answer) => ({ status: answer.status, text: await answer.text() }))
        .catch(() => null);
      if (heard === null || heard.status >= 500) return void brought.left.push(message);
      const thanked = heard.status === 200 && /^(OK|\{"code":0\})$/.test(heard.text);
      if (thanked !== (hears === 'thanks')) brought.wrong.push(`${path} should hear ${hears}: ${heard.status} ${heard.text}`);
      if (!thanked) return;
      brought.thanked.add(message.id);
      count += 1;
      onThanks(count);
    }),
  );
  return brought;
}

/** The same again, until the school has heard all of them. @returns what was wrong */
export async function bringAll(url: string, messages: readonly Message[]): Promise<string[]> {
  const wrong: string[] = [];
  for (let waiting = messages; waiting.length > 0; ) {
    const brought = await bring(url, waiting);
    wrong.push(...brought.wrong);
    waiting = brought.left;
  }
  return wrong;
}
