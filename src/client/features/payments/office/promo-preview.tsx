import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { setTitle } from '#shared/i18n/set-title.ts';
import type { CreatePromoInput } from '#shared/payments-office.ts';
import { money } from './money.ts';
import classes from './promo.module.css';
import { type Preview, type Price, previewsOf } from './promo-form.ts';

const shownMost = 4;

/** What students would pay with the code as it is typed: for the prices of the courses they see. */
export function PromoPreview({ discount, courseId }: { discount: CreatePromoInput['discount']; courseId: string }) {
  const { payments } = useOfficeText();
  const { dialog: words } = payments.promo;
  const format = useFormat();
  const prices = usePrices();
  if (!prices) return null;
  const previews = previewsOf(discount, courseId === '' ? prices : prices.filter((price) => price.courseId === courseId));
  const line = (preview: Preview) => {
    const { title, plan, amountMinor, currency } = preview;
    const [course, before] = [setTitle(title), money(format, amountMinor, currency)];
    if (preview.outcome === 'applied')
      return words.previewLine(course, payments.plan[plan], before, money(format, preview.afterMinor, currency));
    if (preview.outcome === 'free') return words.previewFree(course, payments.plan[plan], before);
    return preview.outcome === 'refused' ? words.previewRefused(course, payments.plan[plan]) : words.previewOther(course, currency);
  };
  return (
    <div className={classes.preview} role="status">
      <b>{words.preview}</b>
      {previews.length === 0 ? (
        <p>{words.previewNone}</p>
      ) : (
        <ul>
          {previews.slice(0, shownMost).map((preview) => (
            <li key={`${preview.courseId} ${preview.plan}`}>{line(preview)}</li>
          ))}
          {previews.length > shownMost && <li>{words.previewMore(previews.length - shownMost)}</li>}
        </ul>
      )}
    </div>
  );
}

function usePrices(): Price[] | undefined {
  const courses = trpc.courses.list.useQuery();
  const choices = trpc.people.students.courseChoices.useQuery();
  if (!courses.data || !choices.data) return undefined;
  const ids = new Map(choices.data.map(({ slug, id }) => [slug, id]));
  return courses.data.flatMap((subject) =>
    subject.courses.flatMap(({ slug, title, priceMinor, monthlyMinor, currency }): Price[] => {
      const courseId = ids.get(slug);
      if (!courseId) return [];
      const price = { courseId, title, currency };
      return [
        ...(priceMinor > 0 ? [{ ...price, plan: 'once' as const, amountMinor: priceMinor }] : []),
        ...(monthlyMinor > 0 ? [{ ...price, plan: 'month' as const, amountMinor: monthlyMinor }] : []),
      ];
    }),
  );
}
