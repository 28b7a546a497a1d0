/** What JSON holds. Members of an object are its own: a key `__proto__` never gets this far. */
export type Json = string | number | boolean | null | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json | undefined;
}

const deepest = 32;

/**
 * Reads JSON from outside. Whole numbers that a double cannot hold (T-Bank's ids have up to 20 digits) come as the text they were written in, because
 * a signature is made over their digits. Null: no JSON, too deep, or a key `__proto__`. Of a key given twice the last one counts, here and in whatever
 * is computed from the result.
 */
export function parseJson(text: string): { value: Json } | null {
  // Before the parser: with a reviver it walks by recursion.
  if (isDeep(text)) return null;
  let hostile = false;
  try {
    const value: Json = JSON.parse(text, (key, member: Json, context?: { source?: string }) => {
      if (key === '__proto__') hostile = true;
      if (typeof member !== 'number' || Number.isSafeInteger(member)) return member;
      const source = context?.source;
      return source !== undefined && /^-?\d+$/.test(source) ? source : member;
    });
    return hostile ? null : { value };
  } catch {
    return null;
  }
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isDeep(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (quoted) {
      if (sign === '\\') at++;
      else if (sign === '"') quoted = false;
    } else if (sign === '"') quoted = true;
    else if (sign === '{' || sign === '[') {
      depth++;
      if (depth > deepest) return true;
    } else if (sign === '}' || sign === ']') depth--;
  }
  return false;
}
