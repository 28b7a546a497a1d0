import type { FieldIssueCode } from '#shared/errors.ts';
import { emailProblem, nameProblem } from '#shared/values.ts';

export interface RegisterDraft {
  email: string;
  firstName: string;
  lastName: string;
  phone: string;
}

/** The fields in the order in which they stand, so that the first wrong one gets the focus. */
export const registerFields = ['email', 'firstName', 'lastName', 'phone', 'consentVersion'] as const;
export type RegisterField = (typeof registerFields)[number];

/** What can be told without asking the server. Phones are not looked at here: their rules are the server's. */
export function registerProblems(draft: RegisterDraft, consent: boolean): Partial<Record<RegisterField, FieldIssueCode>> {
  const found: [RegisterField, FieldIssueCode | null][] = [
    ['email', emailProblem(draft.email)],
    ['firstName', nameProblem(draft.firstName)],
    ['lastName', nameProblem(draft.lastName)],
    ['consentVersion', consent ? null : 'consent-required'],
  ];
  return Object.fromEntries(found.filter(([, problem]) => problem !== null));
}
