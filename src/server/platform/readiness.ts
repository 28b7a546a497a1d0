import { Socket } from 'node:net';
import pg from 'pg';

const withinMs = 1_000;
const keptMs = 1_000;

interface Line {
  client: pg.Client;
  socket: Socket;
}

/**
 * May this process be given requests? Only while its database answers within a second, and not once it stops. Asked on a connection of its own, opened
 * by the first who asks: that all others are busy is no reason to be taken out of a balancer. Asked at most once a second, whoever asks how often.
 */
export function createReadiness(pool: pg.Pool, stopping?: AbortSignal): () => Promise<boolean> {
  let line: Line | null = null;
  let last: { until: number; answer: Promise<boolean> } | null = null;

  function hangUp(): void {
    // No goodbye: a connection that is only half there would not answer it.
    line?.socket.destroy();
    line = null;
  }
  stopping?.addEventListener('abort', hangUp, { once: true });

  async function ask(): Promise<boolean> {
    const timer = setTimeout(hangUp, withinMs);
    try {
      if (line?.socket.destroyed) line = null;
      line ??= await connect(pool);
      // The timer destroys the socket, and that ends the statement.
      await line.client.query('SELECT 1');
      return true;
    } catch {
      hangUp();
      return false;
    } finally {
      clearTimeout(timer);
    }
  }

  return async () => {
    if (stopping?.aborted) return false;
    const now = performance.now();
    if (!last || last.until < now) last = { until: now + keptMs, answer: ask() };
    const answer = await last.answer;
    return answer && !stopping?.aborted;
  };
}

async function connect(pool: pg.Pool): Promise<Line> {
  const socket = new Socket();
  const client = new pg.Client({
    ...pool.options,
    application_name: 'otlichno-ready',
    connectionTimeoutMillis: withinMs,
    stream: () => socket,
  });
  client.on('error', () => socket.destroy());
  try {
    await client.connect();
  } catch (error) {
    socket.destroy();
    throw error;
  }
  // It is no reason for a command or a test to go on living.
  socket.unref();
  return { client, socket };
}
