import { ProviderError } from '../payments.ts';
import { type Json, parseJson } from './json.ts';

/** Calls one provider. What it sends and hears is never in a message: keys, tokens and cards are in it. */
export interface ProviderCaller {
  /**
   * Posts, and hands on any answer that is JSON and no fault of the server: what it means, the dialect says.
   * @throws ProviderError: `unreachable` and `busy` when nothing was sent or taken, `keys` by `keyStatuses`, `unknown` when it may have happened
   */
  post(url: string, request: { headers: Record<string, string>; body: string }): Promise<ProviderAnswer>;
}

export interface ProviderAnswer {
  status: number;
  /** By `parseJson`: long whole numbers are text. */
  json: Json;
}

export interface CallerOptions {
  /** For messages. */
  name: string;
  /** Calls at once; the others wait for their turn. */
  atOnce: number;
  /** From sending to the last byte of the answer. */
  timeoutMs?: number;
  /** Statuses that say that the keys are wrong. */
  keyStatuses?: readonly number[];
}

const usualTimeoutMs = 15_000;
const largestAnswer = 1024 * 1024;
/** So many may wait per call that runs; whoever comes then hears `busy` instead of holding a job for minutes. */
const waitingPerCall = 20;

/** Faults of which one knows that no request was sent: there was nobody to send it to, or nobody who could prove who they are. */
const notSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

export function createCaller({ name, atOnce, timeoutMs = usualTimeoutMs, keyStatuses = [] }: CallerOptions): ProviderCaller {
  const turn = createTurns(atOnce, () => new ProviderError('busy', `${name}: too many calls are waiting`));
  return {
    post: (url, request) =>
      turn(async () => {
        const { status, text } = await send(name, url, request, AbortSignal.timeout(timeoutMs));
        if (status === 429) throw new ProviderError('busy', `${name}: too many calls`, 'http-429');
        if (keyStatuses.includes(status)) throw new ProviderError('keys', `${name}: the keys are refused`, `http-${status}`);
        // A redirect is not followed, so the keys stay here; whether the request was worked on before, nobody knows.
        if (status < 200 || (status >= 300 && status < 400) || status >= 500 || status === 408)
          throw new ProviderError('unknown', `${name}: answered ${status}`, `http-${status}`);
        const parsed = parseJson(text);
        if (parsed !== null) return { status, json: parsed.value };
        // Turned away at the door, by something that speaks HTML. A page with 200 may stand for anything.
        if (status >= 400) throw new ProviderError('refused', `${name}: answered ${status}`, `http-${status}`);
        throw new ProviderError('unknown', `${name}: the answer is no JSON`, `http-${status}`);
      }),
  };
}

async function send(name: string, url: string, request: { headers: Record<string, string>; body: string }, signal: AbortSignal) {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      // A connection of its own: one that is kept may be closed by the other side just when a charge is sent over it, and then nobody knows.
      headers: { ...request.headers, connection: 'close', 'user-agent': 'Otlichno' },
      body: request.body,
      redirect: 'manual',
      signal,
    });
    return { status: answer.status, text: await readText(name, answer) };
  } catch (fault) {
    if (fault instanceof ProviderError) throw fault;
    const code = codeOf(fault);
    if (code !== null && notSent.has(code)) throw new ProviderError('unreachable', `${name}: no connection (${code})`, code);
    throw new ProviderError('unknown', signal.aborted ? `${name}: no answer in time` : `${name}: the answer broke off`, code);
  }
}

async function readText(name: string, answer: Response): Promise<string> {
  if (answer.body === null) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body) {
    size += chunk.length;
    if (size > largestAnswer) throw new ProviderError('unknown', `${name}: the answer is too long`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Of what `fetch` hides behind «fetch failed». */
function codeOf(fault: unknown): string | null {
  const cause = fault instanceof Error ? fault.cause : undefined;
  return typeof cause === 'object' && cause !== null && 'code' in cause && typeof cause.code === 'string' ? cause.code : null;
}

/** At most so many at once, first come, first served. */
function createTurns(atOnce: number, full: () => Error) {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running < atOnce) running++;
    else if (waiting.length >= atOnce * waitingPerCall) throw full();
    // Whoever ends hands the turn on, so `running` stays as it is.
    else await new Promise<void>((go) => waiting.push(go));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
