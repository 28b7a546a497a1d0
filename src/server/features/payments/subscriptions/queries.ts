import type { Prisma } from '#prisma/generated/client.ts';
import { type MethodDto, type MyPaymentsDto, paymentProviders, type SubscriptionDto } from '#shared/payments.ts';
import type { App, PersonActor } from '../../../platform/app.ts';
import type { Tx } from '../../../platform/db.ts';
import { known } from '../state.ts';
import { underWay } from './ending/steps.ts';
import { openUntil } from './rules.ts';

/** Those that ended are shown for so long. */
const shownAfterMs = 30 * 86_400_000;

/** What `toSubscriptionDto` needs; a list of the office adds its own. */
export const subscriptionSelect = {
  id: true,
  amountMinor: true,
  currency: true,
  state: true,
  paidUntil: true,
  nextChargeAt: true,
  cancelledAt: true,
  endedAt: true,
  method: { select: { mask: true, forgottenAt: true } },
  course: { select: { slug: true, title: true, deletedAt: true } },
  /** The newest names a course that is gone. */
  orders: {
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: 1,
    select: { title: true, attempts: { where: { kind: 'saved', state: { in: [...underWay] } }, take: 1, select: { id: true } } },
  },
} satisfies Prisma.SubscriptionSelect;
export type SubscriptionRow = Prisma.SubscriptionGetPayload<{ select: typeof subscriptionSelect }>;

export function toSubscriptionDto(row: SubscriptionRow): SubscriptionDto {
  const { id, amountMinor, currency, paidUntil, nextChargeAt, cancelledAt, method, course } = row;
  const [newest] = row.orders;
  const mask = method && !method.forgottenAt ? method.mask : null;
  // Nobody is shown one whose first payment is not there.
  const state = row.state === 'pending' ? 'ended' : row.state;
  return {
    id,
    courseSlug: course && !course.deletedAt ? course.slug : null,
    title: course?.title ?? newest?.title ?? '',
    amountMinor,
    currency,
    state,
    mask,
    paidUntil: paidUntil?.toISOString() ?? null,
    // Without a card nothing is charged: the date is when that is looked at once more.
    nextChargeAt: mask ? (nextChargeAt?.toISOString() ?? null) : null,
    cancelledAt: cancelledAt?.toISOString() ?? null,
    openUntil: state === 'past_due' && paidUntil ? openUntil(paidUntil).toISOString() : null,
    charging: state !== 'ended' && (newest?.attempts.length ?? 0) > 0,
  };
}

/** The one that pays for a course, if it goes on. */
export async function findSubscription(db: Pick<Tx, 'subscription'>, personId: string, courseId: string): Promise<SubscriptionDto | null> {
  const where = { personId, courseId, state: { in: ['active', 'past_due'] } } satisfies Prisma.SubscriptionWhereInput;
  const row = await db.subscription.findFirst({ where, select: subscriptionSelect });
  return row && toSubscriptionDto(row);
}

/**
 * Subscriptions that are not over, or ended lately, and saved cards. What is over is told of as long as nothing has taken its place: not where the course
 * is theirs for good by now, or by another subscription.
 */
export async function getMyPayments(app: App, actor: PersonActor): Promise<MyPaymentsDto> {
  const lately = new Date(app.clock.now().getTime() - shownAfterMs);
  const [rows, methods, enrolments] = await Promise.all([
    app.db.subscription.findMany({
      where: { personId: actor.id, OR: [{ state: { in: ['active', 'past_due'] } }, { state: 'ended', endedAt: { gt: lately } }] },
      orderBy: [{ state: 'asc' }, { createdAt: 'desc' }],
      take: 100,
      select: { ...subscriptionSelect, courseId: true },
    }),
    app.db.paymentMethod.findMany({
      where: { personId: actor.id, forgottenAt: null },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: 100,
      select: methodSelect,
    }),
    app.db.enrolment.findMany({ where: { personId: actor.id }, select: { courseId: true, endsAt: true } }),
  ]);
  const running = new Set(rows.filter(({ state }) => state !== 'ended').map(({ courseId }) => courseId));
  const endOf = new Map(enrolments.map(({ courseId, endsAt }) => [courseId, endsAt]));
  const subscriptions = rows.flatMap((row) => {
    if (row.state !== 'ended') return toSubscriptionDto(row);
    const endsAt = row.courseId === null ? undefined : endOf.get(row.courseId);
    if (endsAt === null || running.has(row.courseId)) return [];
    // Its months may have gone back, or others have been paid: how long the course stays open is what the enrolment says.
    return { ...toSubscriptionDto(row), openUntil: endsAt?.toISOString() ?? null };
  });
  return { subscriptions, methods: methods.map(toMethodDto) };
}

const methodSelect = {
  id: true,
  provider: true,
  mask: true,
  expires: true,
  subscriptions: { where: { state: { in: ['active', 'past_due'] }, cancelledAt: null }, take: 1, select: { id: true } },
} satisfies Prisma.PaymentMethodSelect;

function toMethodDto(row: Prisma.PaymentMethodGetPayload<{ select: typeof methodSelect }>): MethodDto {
  const { id, provider, mask, expires, subscriptions } = row;
  const parts = expires?.match(/^(\d\d)(\d\d)$/);
  return {
    id,
    provider: known(paymentProviders, provider),
    mask,
    expires: parts ? `${parts[1]}/${parts[2]}` : null,
    inUse: subscriptions.length > 0,
  };
}
