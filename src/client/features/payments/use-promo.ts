import { useEffect, useRef, useState } from 'react';
import { trpc } from '#client/lib/trpc.ts';
import type { PaymentPlan, PromoDto, PromoRefusal } from '#shared/payments.ts';

type Applied = Extract<PromoDto, { outcome: 'applied' }>;

export interface PromoState {
  open: boolean;
  typed: string;
  /** For the plan that is chosen now. */
  applied: Applied | null;
  refusal: PromoRefusal | 'empty' | null;
  error: unknown;
  busy: boolean;
  show: () => void;
  type: (code: string) => void;
  apply: () => void;
  remove: () => void;
  /** The server no longer takes it. */
  refuse: (reason: PromoRefusal) => void;
  /** Asks anew what it is worth: the price has changed. */
  renew: () => void;
}

interface PromoOptions {
  course: string;
  plan: PaymentPlan;
  /** What was typed, kept over a reload. */
  typed: string;
  onType: (code: string) => void;
}

/** A promo code: asked of the server, for each plan anew, and only an answer about the very code and plan counts. */
export function usePromo({ course, plan, typed, onType }: PromoOptions): PromoState {
  const [open, setOpen] = useState(typed !== '');
  const [answer, setAnswer] = useState<{ plan: PaymentPlan; dto: PromoDto } | null>(null);
  const [empty, setEmpty] = useState(false);
  const latest = useRef(0);
  const mutation = trpc.payments.promo.useMutation();
  const mine = answer?.plan === plan ? answer.dto : null;
  const applied = mine?.outcome === 'applied' ? mine : null;
  const code = typed.trim();

  function ask() {
    latest.current += 1;
    const asked = latest.current;
    mutation.mutate(
      { course, plan, code },
      {
        // Of two answers the one that was asked for last counts.
        onSuccess: (dto) => asked === latest.current && setAnswer({ plan, dto }),
      },
    );
  }
  function forget() {
    latest.current += 1;
    setAnswer(null);
    setEmpty(false);
    mutation.reset();
  }

  // The other plan: the same code may be worth something else there, or nothing.
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked when the plan changes, and not for every answer
  useEffect(() => {
    if (answer && answer.plan !== plan && code !== '') ask();
  }, [plan]);

  return {
    open,
    typed,
    applied,
    refusal: empty ? 'empty' : mine?.outcome === 'refused' ? mine.reason : null,
    error: mutation.error,
    busy: mutation.isPending,
    show: () => setOpen(true),
    type(letters) {
      forget();
      onType(letters);
    },
    apply() {
      if (mutation.isPending) return;
      setEmpty(code === '');
      if (code !== '') ask();
    },
    remove() {
      forget();
      onType('');
      setOpen(false);
    },
    refuse: (reason) => setAnswer({ plan, dto: { outcome: 'refused', reason } }),
    renew: () => code !== '' && ask(),
  };
}
