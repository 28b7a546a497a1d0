import type { AnswerValue } from '#shared/answers/format.ts';
import { readAnswer } from '#shared/answers/read.ts';
import type { AnswerSpec } from '#shared/answers/spec.ts';

/** How an answer of an exam reads by the task as it is now; null where it is no answer any more: it keeps its points, and equals no other. */
export function canonicalOf(spec: AnswerSpec, given: AnswerValue): string | null {
  const reading = readAnswer(spec, given);
  return reading.ok ? reading.canonical : null;
}

/** A hash as the id of a row: the same attempt and task give the same one, in any process. */
export function uuidOf(hash: Uint8Array): string {
  const bytes = [...hash.subarray(0, 16)].map((byte, index) => {
    if (index === 6) return (byte & 0x0f) | 0x80;
    return index === 8 ? (byte & 0x3f) | 0x80 : byte;
  });
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
