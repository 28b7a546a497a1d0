import { randomUUID } from 'node:crypto';
import type { ServerProcess } from './processes.ts';

/** One message, as a page sends it; returns when the server has answered. */
export async function sendMessage({ url }: ServerProcess, token: string, threadId: string, body: string): Promise<void> {
  const response = await fetch(`${url}/trpc/chat.send`, {
    method: 'POST',
    headers: { cookie: `otlichno=${token}`, origin: url, 'content-type': 'application/json' },
    body: JSON.stringify({ threadId, clientId: randomUUID(), body }),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`the message was refused: ${answer.slice(0, 500)}`);
}
