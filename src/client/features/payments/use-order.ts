import { useEffect, useRef, useState } from 'react';
import { trpc } from '#client/lib/trpc.ts';
import { askAgainIn, bankAskedAt, cameBackForMs } from './order-waiting.ts';
import { payTrip } from './pay-trip.ts';

/** An order as it stands, asked for anew while something is to come, and the way to the bank and back. */
export function useOrder(id: string) {
  // Here after having been at the bank. What the address says beside the order is not read.
  const [cameBack, setCameBack] = useState(() => payTrip.of(id) === 'gone');
  const [leaving, setLeaving] = useState(false);
  const since = useRef(performance.now());
  const query = trpc.payments.order.useQuery(
    { id },
    {
      staleTime: 0,
      refetchOnWindowFocus: 'always',
      refetchInterval: ({ state }) => askAgainIn(state.data?.view, cameBack, performance.now() - since.current),
    },
  );
  const view = query.data?.view;
  const payUrl = query.data?.payUrl ?? null;
  const { mutate: askBank } = trpc.payments.check.useMutation();

  // biome-ignore lint/correctness/useExhaustiveDependencies: with each view another wait begins
  useEffect(() => {
    since.current = performance.now();
  }, [view, cameBack]);

  useEffect(() => {
    if (view !== 'to-pay' || payUrl === null || payTrip.of(id) !== 'going') return;
    payTrip.set(id, 'gone');
    setLeaving(true);
    window.location.assign(payUrl);
  }, [id, view, payUrl]);

  // What a course shows follows from this, also where the hint of the server did not come through.
  const utils = trpc.useUtils();
  const settled = view === 'paid' || view === 'refunded';
  useEffect(() => {
    if (settled) void Promise.all([utils.courses, utils.exams, utils.payments.offer].map((part) => part.invalidate()));
  }, [settled, utils]);

  // It ended before there was a page: what is opened later is gone to by a press of its own.
  useEffect(() => {
    if (view !== undefined && view !== 'opening' && view !== 'to-pay') payTrip.set(id, null);
  }, [id, view]);

  // «Back» in the browser: the page is there as it was left, still leading away.
  const { refetch } = query;
  useEffect(() => {
    const shown = (event: PageTransitionEvent) => {
      if (!event.persisted) return;
      setLeaving(false);
      setCameBack(true);
      void refetch();
    };
    window.addEventListener('pageshow', shown);
    return () => window.removeEventListener('pageshow', shown);
  }, [refetch]);

  const checking = view === 'checking' || (view === 'to-pay' && cameBack);
  useEffect(() => {
    if (!checking) return;
    // Refused when asked too often: then somebody else has just asked.
    const timers = bankAskedAt.map((seconds) => setTimeout(() => askBank({ id }), seconds * 1000));
    return () => timers.forEach(clearTimeout);
  }, [checking, id, askBank]);

  useEffect(() => {
    if (view !== 'to-pay' || !cameBack) return;
    const timer = setTimeout(() => {
      // Nor after a reload: nothing is on its way.
      payTrip.set(id, null);
      setCameBack(false);
    }, cameBackForMs);
    return () => clearTimeout(timer);
  }, [id, view, cameBack]);

  return {
    query,
    leaving,
    cameBack,
    /** Says that it was paid, so that it is looked at. */
    comeBack: () => setCameBack(true),
    /** Off to the bank as soon as there is a page. */
    go() {
      payTrip.set(id, 'going');
      setCameBack(false);
      setLeaving(false);
    },
  };
}
