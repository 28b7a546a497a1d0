import type { TbankConfig } from '../../config.ts';
import { ProviderError } from '../../payments.ts';
import { createCaller } from '../call.ts';
import { isObject, type JsonObject } from '../json.ts';
import { troubleOf } from './declines.ts';
import { tbankToken } from './token.ts';

export type TbankMethod = 'Init' | 'Charge' | 'Cancel' | 'GetState' | 'CheckOrder' | 'RemoveCard';

export interface TbankAnswer {
  success: boolean;
  /** Null: «0», or none. */
  code: string | null;
  body: JsonObject;
}

export interface TbankApi {
  /**
   * Signs and asks. Also an answer without success comes back: what it means depends on what was asked.
   * @throws ProviderError; `keys` also by T-Bank's own codes
   */
  ask(method: TbankMethod, params: Record<string, unknown>): Promise<TbankAnswer>;
}

/** Not documented; this many have to do. */
const callsAtOnce = 10;

export function createTbankApi(config: TbankConfig, timeoutMs: number | undefined): TbankApi {
  const caller = createCaller({ name: 'T-Bank', atOnce: callsAtOnce, timeoutMs, keyStatuses: [401] });
  return {
    async ask(method, params) {
      const signed = { TerminalKey: config.terminalKey, ...params };
      const { json } = await caller.post(`${config.apiRoot}/${method}`, {
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({ ...signed, Token: tbankToken(signed, config.password) }),
      });
      if (!isObject(json)) throw new ProviderError('unknown', `T-Bank: ${method} answered no object`);
      const said = textOf(json.ErrorCode);
      const answer = { success: json.Success === true, code: said === '0' ? null : said, body: json };
      if (!answer.success && troubleOf(answer.code) === 'keys') throw refusal(method, answer);
      return answer;
    },
  };
}

/** What an answer without success is to the caller. T-Bank's own words stay out: they may repeat what was sent. */
export function refusal(method: TbankMethod, { code }: TbankAnswer): ProviderError {
  return new ProviderError(troubleOf(code), `T-Bank: ${method} was answered with ${code ?? 'no success'}`, code);
}

/** Ids and codes come as text or as numbers. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'string' && value !== '') return value;
  return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : null;
}

/** Kopecks. */
export const minorOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
