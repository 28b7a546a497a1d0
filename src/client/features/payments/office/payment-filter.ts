import { paymentProviders } from '#shared/payments.ts';
import { orderFilters, type PaymentsListInput } from '#shared/payments-office.ts';

export type PaymentFilter = Pick<PaymentsListInput, 'filter' | 'provider' | 'courseId' | 'personId' | 'search'>;

export const everything: PaymentFilter = { filter: 'all', search: '' };

const oneOf = <T extends string>(known: readonly T[], value: string | null): T | undefined => known.find((one) => one === value);
const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const idIn = (value: string | null) => (value !== null && uuid.test(value) ? value : undefined);

/** The filter that an address asks for. What it cannot mean is left out: an old or mistyped link shows more, never an error. */
export function filterOf(search: string): PaymentFilter {
  const params = new URLSearchParams(search);
  return {
    filter: oneOf(orderFilters, params.get('filter')) ?? 'all',
    search: (params.get('q') ?? '').slice(0, 200),
    provider: oneOf(paymentProviders, params.get('provider')),
    courseId: idIn(params.get('course')),
    personId: idIn(params.get('person')),
  };
}

/** «?q=…&filter=paid», shortest first: what is as always is not named. */
export function searchOf({ filter, search, provider, courseId, personId }: PaymentFilter): string {
  const params = new URLSearchParams();
  if (search.trim() !== '') params.set('q', search.trim());
  if (filter !== 'all') params.set('filter', filter);
  if (provider) params.set('provider', provider);
  if (courseId) params.set('course', courseId);
  if (personId) params.set('person', personId);
  const found = params.toString();
  return found ? `?${found}` : '';
}

/** Does it leave anything out? */
export const isNarrow = (filter: PaymentFilter): boolean => searchOf(filter) !== '';
