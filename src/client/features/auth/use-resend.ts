import { useLocale } from '#client/lib/i18n.tsx';
import { useNow } from '#client/lib/now.ts';
import { trpc } from '#client/lib/trpc.ts';
import type { CodeFlowDto } from '#shared/auth.ts';

/** Sending the code once more: how long to wait, and doing it. @param onResent gets null when there is nothing to repeat: one starts again */
export function useResend(flow: CodeFlowDto, onResent: (flow: CodeFlowDto | null) => void) {
  const locale = useLocale();
  const queries = trpc.useUtils();
  const now = useNow(1000);
  const resend = trpc.auth.resendCode.useMutation({
    onSuccess(next) {
      if (next) queries.auth.flow.setData(undefined, next);
      onResent(next);
    },
  });
  return {
    /** Milliseconds until it may be sent again. */
    wait: Math.max(0, Date.parse(flow.resendAt) - now),
    expired: Date.parse(flow.expiresAt) <= now,
    pending: resend.isPending,
    error: resend.error,
    send() {
      if (!resend.isPending) resend.mutate({ locale });
    },
  };
}
