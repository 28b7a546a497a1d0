/** Apart from the schemas, so that a page need not load what reads them. */

/** Days between closing an account and erasing it, in which the student may change their mind. */
export const eraseAfterDays = 7;

/** GET: one archive with everything the school has about who asks. */
export const personalDataPath = '/api/me/data.zip';
