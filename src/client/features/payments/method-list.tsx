import { useRef, useState } from 'react';
import { errorText } from '#client/lib/errors.ts';
import { useFormat, useText } from '#client/lib/i18n.tsx';
import { usePaymentsText } from '#client/lib/payments-text.ts';
import { trpc } from '#client/lib/trpc.ts';
import { BusyButton } from '#client/ui/busy-button.tsx';
import { FormError } from '#client/ui/field-error.tsx';
import layout from '#client/ui/layout.module.css';
import type { MethodDto } from '#shared/payments.ts';
import classes from './mine.module.css';
import { useKeptFocus } from './use-kept-focus.ts';

/** Cards that may be charged again; one that a subscription needs says so in place of a button that would be refused. */
export function MethodList({ methods }: { methods: MethodDto[] }) {
  const { methods: words } = usePaymentsText().mine;
  const [done, setDone] = useState('');
  const heading = useRef<HTMLHeadingElement>(null);
  useKeptFocus(() => heading.current, methods.length);
  // With the last one the word that it was removed stays.
  if (methods.length === 0 && done === '') return null;
  return (
    <section className={classes.section} aria-labelledby="methods">
      <h2 ref={heading} id="methods">
        {words.title}
      </h2>
      {methods.length > 0 && <p className={classes.about}>{words.about}</p>}
      <ul className={`${layout.list} ${classes.list}`}>
        {methods.map((method) => (
          <MethodRow key={method.id} method={method} onForgotten={() => setDone(words.forgotten(method.mask))} />
        ))}
      </ul>
      <p role="status" className={classes.done}>
        {done}
      </p>
    </section>
  );
}

function MethodRow({ method, onForgotten }: { method: MethodDto; onForgotten: () => void }) {
  const text = useText();
  const format = useFormat();
  const { methods: words } = usePaymentsText().mine;
  const { providers } = usePaymentsText().checkout;
  const utils = trpc.useUtils();
  const { id, mask, expires, inUse } = method;
  const forget = trpc.payments.forgetMethod.useMutation({
    onSuccess() {
      utils.payments.mine.setData(undefined, (before) => before && { ...before, methods: before.methods.filter((one) => one.id !== id) });
      onForgotten();
    },
    onSettled: () => utils.payments.mine.invalidate(),
  });
  return (
    <li className={classes.method}>
      <div className={classes.what}>
        <p>{words.card(mask)}</p>
        <p className={classes.small}>{[providers.names[method.provider], expires && words.expires(expires)].filter(Boolean).join(', ')}</p>
        {inUse && <p className={classes.small}>{words.inUse}</p>}
        <FormError>{forget.error && errorText(forget.error, text, format)}</FormError>
      </div>
      {!inUse && (
        <BusyButton
          type="button"
          variant="default"
          size="sm"
          busy={forget.isPending}
          busyLabel={words.forgetting}
          label={words.forgetOf(mask)}
          onClick={() => forget.mutate({ id })}
        >
          {words.forget}
        </BusyButton>
      )}
    </li>
  );
}
