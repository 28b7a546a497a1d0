import { useFormat } from '#client/lib/i18n.tsx';

/** «12–30 октября», «30 октября – 5 ноября», «30 октября» of days that are no instants. */
export function useDayRange(): (from: string, to: string) => string {
  const format = useFormat();
  return (from, to) => {
    if (from === to) return format.day(from);
    if (from.slice(0, 7) === to.slice(0, 7)) return `${Number(from.slice(8))}–${format.day(to)}`;
    return `${format.day(from)} – ${format.day(to)}`;
  };
}
