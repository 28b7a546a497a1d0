/** What became of a notice for one person, from their deliveries: pieces of statements, so that who counts and who lists say the same. */

/** Bits, over all deliveries of a person. */
const bits = { telegram: 1, instead: 2, email: 4, waits: 8, failed: 16, besidesSite: 32, site: 64, due: 128 } as const;

/**
 * An aggregate over the deliveries `d` of one person. A sum of bits and not an aggregate for each, which would take three times as long for fifty
 * thousand.
 * @param now expression; due are those that could go by then
 * @param cancelledAt of the notice, an expression: what waits of a notice that was stopped does not go
 */
export const marksOf = (
  now: string,
  cancelledAt: string,
) => `bit_or(CASE WHEN d.channel = 'site' THEN CASE d.state WHEN 'sent' THEN ${bits.site} ELSE 0 END
  ELSE ${bits.besidesSite} | CASE d.state
    WHEN 'sent' THEN CASE WHEN d.channel = 'telegram' THEN ${bits.telegram} WHEN d.instead THEN ${bits.instead} ELSE ${bits.email} END
    WHEN 'waiting' THEN CASE WHEN ${cancelledAt} IS NOT NULL THEN 0 WHEN d.due_at <= ${now} THEN ${bits.waits | bits.due} ELSE ${bits.waits} END
    WHEN 'sending' THEN ${bits.waits | bits.due} WHEN 'failed' THEN ${bits.failed} ELSE 0 END END)`;

const has = (marks: string, bit: number) => `${marks} & ${bit} <> 0`;

/** The word of `newsOutcomes` for a sum of marks. What reached a person counts before what waits, and what waits before what failed. */
export const outcomeIn = (
  marks: string,
) => `CASE WHEN ${has(marks, bits.telegram)} THEN 'telegram' WHEN ${has(marks, bits.instead)} THEN 'instead'
  WHEN ${has(marks, bits.email)} THEN 'email' WHEN ${has(marks, bits.waits)} THEN 'waiting' WHEN ${has(marks, bits.failed)} THEN 'failed'
  WHEN ${marks} & ${bits.besidesSite | bits.site} = ${bits.site} THEN 'site' ELSE 'skipped' END`;

/** Waits, and could go now. */
export const isDueIn = (marks: string) => has(marks, bits.due);

/** Does nothing wait any more? Over the notice `n`. */
export const isSettled = `NOT EXISTS (SELECT FROM delivery w WHERE w.notice_id = n.id AND w.channel IN ('telegram', 'email')
    AND (w.state = 'sending' OR (w.state = 'waiting' AND n.cancelled_at IS NULL)))`;
