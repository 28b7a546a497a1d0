import * as z from 'zod';
import { localeSchema } from './auth.ts';

/** What is looked at, in the order in which it is told. */
export const checkNames = [
  'server',
  'database',
  'migrations',
  'connections',
  'clock',
  'zone',
  'store',
  'disk',
  'log',
  'mail',
  'telegram',
  'payments',
  'money',
  'queue',
  'delivery',
  'backup',
  'secret',
  'address',
  'demo',
] as const;
export type CheckName = (typeof checkNames)[number];

/** `off`: not set up, or not to be asked at the moment. `warning`: the school works, and somebody should look. `failed`: a part does not work. */
export const checkStates = ['ok', 'warning', 'failed', 'off'] as const;
export type CheckState = (typeof checkStates)[number];

/** In words of a language: what was found, and what to do about it. */
export const checkDto = z.object({
  name: z.enum(checkNames),
  title: z.string(),
  state: z.enum(checkStates),
  detail: z.string(),
  advice: z.string().nullable(),
});
export type Check = z.infer<typeof checkDto>;

export const healthInput = z.strictObject({ locale: localeSchema });

export const healthDto = z.object({ checkedAt: z.string(), checks: z.array(checkDto) });
export type HealthDto = z.infer<typeof healthDto>;

/** How many checks are so, by what was found within the last minutes. */
export const healthBriefDto = z.object({ failed: z.number().int(), warnings: z.number().int() });
