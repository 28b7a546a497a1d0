import panel from '#client/features/courses/office/programme.module.css';
import { shortDate } from '#client/features/courses/office/school-dates.ts';
import { useLocale } from '#client/lib/i18n.tsx';
import { serverNow } from '#client/lib/now.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import layout from '#client/ui/layout.module.css';
import type { ExamState } from '#shared/exams-office.ts';

/** A draft is the only state that is loud. */
export function ExamStateTag({ state }: { state: ExamState }) {
  const { exams } = useOfficeText();
  return <span className={state === 'draft' ? `${layout.tag} ${panel.draftTag}` : layout.tag}>{exams.state[state]}</span>;
}

/** «26 ноя, 10:00 – 26 ноя, 14:00» by the school's clocks. */
export function useWindowWords(): (exam: { opensAt: string | null; closesAt: string | null }, zone: string) => string {
  const { list: words } = useOfficeText().exams;
  const locale = useLocale();
  return ({ opensAt, closesAt }, zone) => {
    const date = (at: string) => shortDate(locale, zone, at, serverNow());
    if (opensAt && closesAt) return words.window(date(opensAt), date(closesAt));
    if (opensAt) return words.from(date(opensAt));
    return closesAt ? words.until(date(closesAt)) : words.always;
  };
}
