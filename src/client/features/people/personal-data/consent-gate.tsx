import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { useLocale } from '#client/lib/i18n.tsx';
import { trpc } from '#client/lib/trpc.ts';

/** Where nobody is led away from: an exam, the texts themselves, one's data, payments that are under way. */
const left = /^\/(attempts|consent|privacy|profile|payments|pay|unsubscribe|login|register|offline)(\/|$)|^\/courses\/[^/]+\/exams\//;

/** Leads a student to a new edition of the consent, once for each load of the site. Draws nothing. */
export function ConsentGate() {
  const [path, navigate] = useLocation();
  const due = trpc.people.personalData.consentDue.useQuery({ locale: useLocale() }, { staleTime: Number.POSITIVE_INFINITY });
  const asked = due.data != null && !left.test(path);
  useEffect(() => {
    if (asked) navigate(`/consent/new?next=${encodeURIComponent(path)}`, { replace: true });
  }, [asked, path, navigate]);
  return null;
}
