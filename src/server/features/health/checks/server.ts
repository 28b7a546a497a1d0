import type { Config } from '../../../platform/config.ts';
import { type Found, failed, ok, warning } from '../check.ts';

const answerMs = 3_000;

/** From outside: does the school answer where it should? For who is not the school itself. */
export async function lookAtServer({ host, port }: Pick<Config, 'host' | 'port'>): Promise<Found> {
  // Listening everywhere is no address to go to.
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  const url = `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
  const status = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(answerMs), redirect: 'manual' }).then(
    async (response) => {
      await response.body?.cancel();
      return response.status;
    },
    () => null,
  );
  if (status === null) return failed(({ server }) => server.down(url));
  return status === 200 ? ok(({ server }) => server.runs(url)) : warning(({ server }) => server.opens(url));
}
