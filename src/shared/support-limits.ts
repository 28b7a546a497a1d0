/** Sizes of the questions and answers. Apart from the schemas, so that a page need not load what reads them. */

export const faqLimits = { title: 200, body: 20_000, keywords: 500, category: 60, query: 200, results: 30 } as const;
