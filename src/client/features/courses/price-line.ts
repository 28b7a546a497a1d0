import { useFormat, useText } from '#client/lib/i18n.tsx';

interface Priced {
  priceMinor: number;
  monthlyMinor: number;
  currency: string;
}

/** «19 900 ₽ или 2 900 ₽ в месяц», «2 900 ₽ в месяц», «Бесплатно». */
export function usePriceLine(): (course: Priced) => string {
  const text = useText().courses.card;
  const format = useFormat();
  return ({ priceMinor, monthlyMinor, currency }) => {
    const once = format.price(priceMinor, currency);
    if (monthlyMinor === 0) return once;
    const month = text.month(format.price(monthlyMinor, currency));
    return priceMinor === 0 ? month : text.either(once, month);
  };
}
