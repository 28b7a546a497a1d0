import { type Agent, get as getHttp, type IncomingMessage } from 'node:http';
import { get as getHttps } from 'node:https';
import type { TelegramConfig } from '../config.ts';
import { TelegramError } from '../telegram.ts';

/** Telegram hands out no larger ones. */
const mostBytes = 20 * 1024 * 1024;
const withinMs = 45_000;

/**
 * The bytes of a file that `getFile` has named.
 * @throws TelegramError whose message holds no address: the token is part of it
 */
export async function downloadFile({ apiRoot, token }: TelegramConfig, agent: Agent, path: string): Promise<Buffer> {
  const url = `${apiRoot}/file/bot${token}/${path.split('/').map(encodeURIComponent).join('/')}`;
  const signal = AbortSignal.timeout(withinMs);
  try {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const get = apiRoot.startsWith('https:') ? getHttps : getHttp;
      get(url, { agent, signal }, resolve).on('error', reject);
    });
    if (answer.statusCode !== 200) {
      answer.resume();
      throw new TelegramError('unreachable', `a file: ${answer.statusCode}`);
    }
    const parts: Buffer[] = [];
    let bytes = 0;
    for await (const part of answer as AsyncIterable<Buffer>) {
      bytes += part.length;
      if (bytes > mostBytes) throw new TelegramError('refused', 'a file: too large');
      parts.push(part);
    }
    return Buffer.concat(parts);
  } catch (error) {
    if (error instanceof TelegramError) throw error;
    throw new TelegramError('unreachable', `a file: ${error instanceof Error && 'code' in error ? String(error.code) : 'no answer'}`);
  }
}
