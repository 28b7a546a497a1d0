/** When a mistake comes back. Apart from the schemas, so that a page need not load what reads them. */

/** Days until a task comes back: after the mistake, then after each right answer. A wrong one begins anew. */
export const mistakeDays = [1, 3, 7, 21] as const;
/** At most so many a day; the rest waits. */
export const mistakesADay = 20;
