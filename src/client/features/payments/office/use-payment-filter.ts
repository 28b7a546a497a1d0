import { useLocation, useSearch } from 'wouter';
import { useTyped } from '#client/features/office/list/use-typed.ts';
import { filterOf, type PaymentFilter, searchOf } from './payment-filter.ts';

/** The filter stands in the address, so that going back and handing a link on both work; typing is one step of the history. */
export function usePaymentFilter() {
  const [path, navigate] = useLocation();
  const filter = filterOf(useSearch());
  const { typed, type, set } = useTyped(filter.search, (search) => navigate(path + searchOf({ ...filter, search }), { replace: true }));
  return {
    filter,
    typed,
    type,
    change(next: PaymentFilter) {
      set(next.search);
      navigate(path + searchOf(next));
    },
  };
}
