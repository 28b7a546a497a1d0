/** Apart from the schemas, so that a page need not load what reads them. */

/** How much of the past a forecast is made from, and the least it takes, so that it says something. */
export const forecastRule = { days: 60, leastAnswers: 10, leastNumbers: 3 } as const;
