/** Reads parameters of a call. In JSON they have types; in a form all of them are strings, and objects are JSON inside. */
import { badRequest } from './api-error.ts';

export type Fields = Record<string, unknown>;

export function textField(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  if (value === undefined || value === null) return undefined;
  const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null;
  // A pair of surrogates that was cut in two is no text: no UTF-8 has it.
  if (text === null || !text.isWellFormed()) throw badRequest('strings must be encoded in UTF-8');
  return text;
}

export function numberField(fields: Fields, name: string): number | undefined {
  const value = fields[name];
  if (value === undefined || value === null || value === '') return undefined;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : undefined;
}

export function flagField(fields: Fields, name: string): boolean {
  return [true, 'true', 'True', '1', 1].includes(fields[name] as string);
}

/** A parameter that is an object or a list. */
export function valueField(fields: Fields, name: string, refusal = "can't parse JSON object"): unknown {
  const value = fields[name];
  if (typeof value !== 'string') return value ?? undefined;
  if (value === '') return undefined;
  try {
    return JSON.parse(value);
  } catch {
    throw badRequest(refusal);
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
