import type { CloudPaymentsConfig } from '../../config.ts';
import { ProviderError } from '../../payments.ts';
import { createCaller } from '../call.ts';
import { isObject, type Json } from '../json.ts';

/** What every method answers. `success` says that the method worked, not that money moved: that stands in `model`. */
export interface ApiAnswer {
  success: boolean;
  message: string | null;
  model: Json | undefined;
}

export interface Api {
  /**
   * @param requestId asked again with the same one within the hour, the answer is the first one's (`X-Request-ID`)
   * @throws ProviderError
   */
  call(method: string, body: Record<string, unknown>, requestId?: string): Promise<ApiAnswer>;
}

/** Calls at once that CloudPayments allows; more are answered with 429. */
const atOnce = { test: 5, live: 30 };

export function createApi({ apiRoot, publicId, secret, test }: CloudPaymentsConfig, timeoutMs: number | undefined): Api {
  const caller = createCaller({
    name: 'CloudPayments',
    atOnce: test ? atOnce.test : atOnce.live,
    keyStatuses: [401],
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
  const authorization = `Basic ${Buffer.from(`${publicId}:${secret}`).toString('base64')}`;
  return {
    async call(method, body, requestId) {
      const { json } = await caller.post(`${apiRoot}/${method}`, {
        headers: { authorization, 'content-type': 'application/json', ...(requestId === undefined ? {} : { 'x-request-id': requestId }) },
        body: JSON.stringify(body),
      });
      // JSON, but not theirs: of something that stands between.
      if (!isObject(json) || typeof json.Success !== 'boolean')
        throw new ProviderError('unknown', `CloudPayments: ${method}: the answer is not understood`);
      return { success: json.Success, message: typeof json.Message === 'string' ? json.Message : null, model: json.Model };
    },
  };
}

/** What it said, fit for a log: short, and without anything that could be a token or a card. */
export function refused(method: string, { message, model }: ApiAnswer): ProviderError {
  const said = (message ?? '').replace(/\w*\d[\w-]{9,}/g, '…').slice(0, 200);
  const code = isObject(model) && typeof model.ReasonCode === 'number' ? String(model.ReasonCode) : null;
  return new ProviderError('refused', `CloudPayments: ${method}: ${said || 'refused'}`, code);
}
