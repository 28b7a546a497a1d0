import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { Api, type ApiClientOptions } from 'grammy';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { SocksProxyAgent } from 'socks-proxy-agent';
import type { TelegramConfig } from '../config.ts';

export interface TelegramClient {
  options: ApiClientOptions;
  /** Cuts what is under way. */
  close(): void;
}

/** How grammY reaches Telegram: where, through what, and for how long. Each client has connections of its own, so one that is closed cuts nobody else's. */
export function telegramClient({ apiRoot, proxy }: Pick<TelegramConfig, 'apiRoot' | 'proxy'>, timeoutSeconds: number): TelegramClient {
  const agent = agentFor(apiRoot, proxy);
  return { options: { apiRoot, timeoutSeconds, baseFetchConfig: { compress: true, agent } }, close: () => agent.destroy() };
}

export function telegramApi(config: TelegramConfig, timeoutSeconds: number): { api: Api; close(): void } {
  const { options, close } = telegramClient(config, timeoutSeconds);
  return { api: new Api(config.token, options), close };
}

/** For whatever else is fetched from there, such as files. */
export function agentFor(apiRoot: string, proxy: string | null): HttpAgent {
  if (proxy?.startsWith('socks')) return new SocksProxyAgent(proxy, { keepAlive: true });
  if (proxy) return new HttpsProxyAgent(proxy, { keepAlive: true });
  return apiRoot.startsWith('https:') ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true });
}
