import { AppError } from '#shared/errors.ts';
import type { CheckoutInput } from '#shared/payments.ts';
import type { App, PersonActor } from '../../../../platform/app.ts';
import type { Tx } from '../../../../platform/db.ts';
import { isShown } from '../../../courses/visible.ts';
import { type HeldOrder, heldOrder, tellPayer } from '../../hold.ts';
import { mayBuy, ownedOf } from '../../offers/rules.ts';
import { takePromo } from '../../promo/steps.ts';
import { providerOf } from '../../provider.ts';
import { giveOrder } from '../../record/steps.ts';
import { beginSubscription } from '../../subscriptions/steps.ts';
import { orderLifeMs, pageLeftMs } from '../rules.ts';
import { addPageAttempt, closeOrder, isUnderWay, refuseStopped } from '../steps.ts';

/** The transaction of `checkout`. */
export async function beginOrder(app: App, tx: Tx, actor: PersonActor, input: CheckoutInput): Promise<{ orderId: string }> {
  const { clientId, plan, provider } = input;
  // One checkout of a person after the other: a second click, a second tab.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`checkout ${actor.id}`}, 7316500008))`;
  const same = await tx.paymentOrder.findUnique({ where: { personId_clientId: { personId: actor.id, clientId } }, select: { id: true } });
  if (same) return { orderId: same.id };

  const course = await readCourse(app, tx, actor, input);
  await refuseStopped(app, tx, provider);
  const { id: courseId, title, currency, listMinor } = course;
  const rest = await clearWay(app, tx, actor, { ...input, courseId, listMinor });
  if ('goOn' in rest) return { orderId: rest.goOn };
  const { amountMinor, promoCodeId } = await price(app, tx, actor, input, course);

  const now = app.clock.now();
  const { subscriptionId } =
    plan === 'month'
      ? await beginSubscription(app, tx, { personId: actor.id, courseId, provider, amountMinor: listMinor, currency })
      : { subscriptionId: null };
  const { id: orderId } = await tx.paymentOrder.create({
    data: {
      ...{ clientId, title, plan, subscriptionId, listMinor, amountMinor, currency, promoCodeId, courseId },
      personId: actor.id,
      email: course.email,
      locale: input.locale,
      createdAt: now,
      expiresAt: new Date(now.getTime() + orderLifeMs),
    },
    select: { id: true },
  });
  if (amountMinor > 0) await addPageAttempt(app, tx, { id: orderId, amountMinor, currency }, { provider, saveMethod: plan === 'month' });
  else await giveFree(app, tx, orderId, now);
  await tellPayer(app, tx, actor.id);
  return { orderId };
}

interface SoldCourse {
  id: string;
  title: string;
  currency: string;
  listMinor: number;
  email: string;
}

interface CourseRow extends Omit<SoldCourse, 'listMinor'> {
  once: number;
  month: number;
  how: string | null;
  endsAt: Date | null;
  subscribed: boolean;
}

/** Under its lock: a price that is changed at this moment is the old one for this order, or the new one, and nothing between. */
async function readCourse(app: App, tx: Tx, actor: PersonActor, { course: slug, plan, provider }: CheckoutInput): Promise<SoldCourse> {
  const [row] = await tx.$queryRawUnsafe<CourseRow[]>(
    `SELECT c.id, c.title, c.currency, c.price_minor AS once, c.monthly_minor AS month, p.email, e.how, e.ends_at AS "endsAt",
        EXISTS (SELECT 1 FROM subscription s WHERE s.person_id = p.id AND s.course_id = c.id AND s.state IN ('active', 'past_due')) AS subscribed
      FROM course c CROSS JOIN person p LEFT JOIN enrolment e ON e.person_id = p.id AND e.course_id = c.id
      WHERE c.slug = $1 AND ${isShown('c')} AND p.id = $2::uuid FOR SHARE OF c`,
    slug,
    actor.id,
  );
  if (!row) throw new AppError('COURSES_NOT_FOUND');
  const { how, endsAt, once, month, subscribed, ...course } = row;
  const owned = ownedOf({ role: actor.role, once, month, enrolment: how === null ? null : { how, endsAt } }, app.clock.now());
  if (!mayBuy(plan, owned, subscribed)) throw new AppError('PAYMENTS_OWNED');
  const listMinor = plan === 'once' ? once : month;
  if (listMinor === 0 || !providerOf(app, provider).currencies.includes(course.currency)) throw new AppError('PAYMENTS_NOT_FOR_SALE');
  return { ...course, listMinor };
}

type Wanted = CheckoutInput & { courseId: string; listMinor: number };

/** What the same person has begun for this course and not paid yet: gone on with, or given up. Charges of a subscription are left to it. */
async function clearWay(app: App, tx: Tx, actor: PersonActor, wanted: Wanted): Promise<{ goOn: string } | { clear: true }> {
  const { courseId } = wanted;
  const found = await tx.paymentOrder.findMany({
    where: { personId: actor.id, courseId, state: 'open' },
    orderBy: { id: 'asc' },
    select: { id: true, promoCode: { select: { code: true } }, listMinor: true, subscription: { select: { state: true } } },
  });
  for (const { id, promoCode, listMinor, subscription } of found) {
    const order = await heldOrder(tx, id);
    if (order?.state !== 'open') continue;
    if (isUnderWay(order) || order.attempts.some(({ heldReason }) => heldReason !== null)) throw new AppError('PAYMENTS_UNDER_WAY');
    if (subscription && subscription.state !== 'pending') continue;
    const asWanted = (promoCode?.code ?? null) === (wanted.promo ?? null) && listMinor === wanted.listMinor;
    if (asWanted && goesOn(order, wanted, app.clock.now())) return { goOn: id };
    await closeOrder(app, tx, order, 'cancelled');
  }
  return { clear: true };
}

/** Its page is open, or is about to be, for some time yet. */
function goesOn(order: HeldOrder, wanted: Wanted, now: Date): boolean {
  const [latest] = order.attempts;
  if (!latest || order.plan !== wanted.plan || order.amountMinor !== wanted.expectedMinor || latest.provider !== wanted.provider)
    return false;
  const open = latest.state === 'created' || (latest.state === 'opened' && latest.payUrl !== null);
  return open && order.expiresAt.getTime() > now.getTime() + pageLeftMs;
}

async function price(
  app: App,
  tx: Tx,
  actor: PersonActor,
  { promo, plan, expectedMinor }: CheckoutInput,
  { id: courseId, listMinor, currency }: SoldCourse,
): Promise<{ amountMinor: number; promoCodeId: string | null }> {
  const taken = promo ? await takePromo(app, tx, { code: promo, personId: actor.id, courseId, plan, listMinor, currency }) : null;
  if (taken && 'refused' in taken) throw new AppError('PAYMENTS_PROMO', { reason: taken.refused });
  const amountMinor = taken?.amountMinor ?? listMinor;
  if (amountMinor !== expectedMinor) throw new AppError('PAYMENTS_PRICE_CHANGED', { amountMinor, currency });
  return { amountMinor, promoCodeId: taken?.promoCodeId ?? null };
}

/** A code for the whole price: there is nothing to ask a bank for. */
async function giveFree(app: App, tx: Tx, orderId: string, now: Date): Promise<void> {
  const order = await heldOrder(tx, orderId);
  if (order) await giveOrder(app, tx, order, null, now);
}
