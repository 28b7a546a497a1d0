import type { App, PersonActor } from '../../platform/app.ts';

/**
 * Whose vote it is: the person's, or that of a guest's browser. What the browser made up is hashed with the school's secret, so that nobody who
 * knows the table can vote for it, and no guest can take a person's place.
 */
export function voterOf(app: Pick<App, 'secrets'>, viewer: PersonActor | null, visitor: string): string {
  return viewer?.id ?? `guest:${app.secrets.keyed('faq-voter', visitor).toString('base64url')}`;
}
