import type * as z from 'zod';
import { AppError } from '#shared/errors.ts';
import { type NewsOutcome, type NewsReportRowDto, newsOutcomes, type newsReportDto, type newsReportInput } from '#shared/news.ts';
import { type DeliveryReason, deliveryReasons } from '#shared/notification-rules.ts';
import type { App, PersonActor } from '../../../../platform/app.ts';
import { marksOf, outcomeIn } from '../../../notifications/outcomes.ts';
import {
  behind,
  fromCursor,
  orderBy,
  type Place,
  parameters,
  searchTerms,
  termCondition,
  toCursor,
} from '../../../people/students/list/rules.ts';
import { accessAnyPost } from '../access.ts';

interface ReportRow {
  id: string;
  first_name: string;
  last_name: string;
  email: string;
  outcome: string;
  reason: string | null;
  at: Date | null;
}

const pageSize = 50;
// What waits is told, not when it may go.
const outcome = outcomeIn(`(${marksOf('now()', 'n.cancelled_at')})`);

/** Why it is not simply there: what Telegram said where a letter went instead or failed too, or what the letter waits for. */
const reasonOf = `CASE ${outcome} WHEN 'telegram' THEN NULL WHEN 'email' THEN NULL WHEN 'site' THEN NULL
  WHEN 'waiting' THEN coalesce(max(d.reason) FILTER (WHERE d.state IN ('waiting', 'sending')), max(d.reason) FILTER (WHERE d.state = 'failed'))
  WHEN 'skipped' THEN max(d.reason) FILTER (WHERE d.state = 'skipped')
  ELSE coalesce(max(d.reason) FILTER (WHERE d.channel = 'telegram' AND d.state = 'failed'), max(d.reason) FILTER (WHERE d.state = 'failed')) END`;
const atOf = `CASE ${outcome} WHEN 'site' THEN max(d.sent_at) ELSE min(d.sent_at) FILTER (WHERE d.channel <> 'site' AND d.state = 'sent') END`;

/** A delivery that a person of this outcome must have: few have failed, and they are found without a look at the others. */
const tellingDelivery: Record<NewsOutcome, string> = {
  telegram: `one.channel = 'telegram' AND one.state = 'sent'`,
  email: `one.channel = 'email' AND one.state = 'sent'`,
  instead: `one.channel = 'email' AND one.state = 'sent' AND one.instead`,
  waiting: `one.channel IN ('telegram', 'email') AND one.state IN ('waiting', 'sending')`,
  failed: `one.channel IN ('telegram', 'email') AND one.state = 'failed'`,
  skipped: `one.state IN ('skipped', 'cancelled')`,
  site: `one.channel = 'site' AND one.state = 'sent' AND NOT EXISTS (SELECT FROM delivery other
    WHERE other.notice_id = one.notice_id AND other.person_id = one.person_id AND other.channel IN ('telegram', 'email'))`,
};

/**
 * What became of an announcement for each of its recipients, by name. Two statements after the gate; the second reads the people of one page, not all
 * of them.
 * @throws AppError AUTH_FORBIDDEN, NEWS_NOT_FOUND; INPUT_INVALID for a cursor that is none
 */
export async function listReport(
  app: App,
  actor: PersonActor,
  input: z.output<typeof newsReportInput>,
): Promise<z.infer<typeof newsReportDto>> {
  const post = await accessAnyPost(app, actor, input.id);
  const after = input.cursor === undefined ? null : fromCursor('name', input.cursor);
  if (input.cursor !== undefined && !after) throw AppError.invalid({ field: 'cursor', code: 'invalid' });
  // With its id in the statement the planner knows whether it went to five people or to all.
  const notice = await app.db.notice.findUnique({
    where: { kind_about: { kind: 'news', about: post.id } },
    select: { id: true, cancelledAt: true },
  });
  if (!notice) return { items: [], nextCursor: null };
  const rows = await findRows(app, notice, after, input);
  const shown = rows.slice(0, pageSize);
  const last = shown.at(-1);
  return {
    items: shown.map(toReportRowDto),
    nextCursor: last && rows.length > pageSize ? toCursor([last.last_name, last.first_name, last.id]) : null,
  };
}

async function findRows(
  app: App,
  notice: { id: string; cancelledAt: Date | null },
  after: Place | null,
  input: Pick<z.output<typeof newsReportInput>, 'outcome' | 'search'>,
): Promise<ReportRow[]> {
  const { values, add } = parameters();
  const [id, cancelledAt] = [add(notice.id), add(notice.cancelledAt)];
  // Of one that was stopped, what came back to those that wait is skipped as well.
  const whole = input.outcome === null || (input.outcome === 'skipped' && notice.cancelledAt !== null);
  const telling = input.outcome === null || whole ? '' : `AND ${tellingDelivery[input.outcome]}`;
  const conditions = [
    `p.role = 'student'`,
    `p.id IN (SELECT one.person_id FROM delivery one WHERE one.notice_id = ${id} ${telling})`,
    ...searchTerms(input.search).map((term) => termCondition(term, { values, add })),
    ...(after ? [behind('name', 'asc', after, { values, add })] : []),
    ...(input.outcome ? [`said.outcome = ${add(input.outcome)}`] : []),
  ];
  // Not prepared by name: the plan depends on what is searched for and on how many it went to.
  const { rows } = await app.pool.query<ReportRow>({
    text: `SELECT p.id, p.first_name, p.last_name, p.email, said.* FROM (SELECT ${cancelledAt}::timestamptz AS cancelled_at) n CROSS JOIN person p
      CROSS JOIN LATERAL (SELECT ${outcome} AS outcome, ${reasonOf} AS reason, ${atOf} AS at
        FROM delivery d WHERE d.notice_id = ${id} AND d.person_id = p.id) said
      WHERE ${conditions.join(' AND ')} ORDER BY ${orderBy('name', 'asc')} LIMIT ${pageSize + 1}`,
    values,
  });
  return rows;
}

function toReportRowDto({ id, first_name, last_name, email, outcome, reason, at }: ReportRow): NewsReportRowDto {
  return {
    personId: id,
    name: `${last_name} ${first_name}`.trim(),
    email,
    outcome: newsOutcomes.find((one) => one === outcome) ?? 'skipped',
    reason: deliveryReasons.find((one): one is DeliveryReason => one === reason) ?? null,
    at: at?.toISOString() ?? null,
  };
}
