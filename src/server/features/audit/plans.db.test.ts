/** Of fifty thousand entries a page is read from an index, whatever is asked for. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditPageSize, type ListAuditInput } from '#shared/audit.ts';
import { explained } from '../../testing/plans.ts';
import { aModerator, aSchool, type School } from '../../testing/world.ts';
import { listAudit } from './queries.ts';

const entries = 50_000;
/** From the newest one back, two a minute. */
const newest = '2026-11-24T09:00:00Z';

let school: School;
beforeAll(async () => {
  school = await aSchool();
  const teacher = await aModerator(school.app);
  // Of many students, as a school has them: of two actors the planner would think that either has half of the journal.
  await school.app.pool.query(
    `INSERT INTO audit_entry (at, actor, action, subject, label)
      SELECT $2::timestamptz - ($3 - n) * interval '30 seconds',
        CASE WHEN n % 3 = 0 THEN '00000000-0000-4000-8000-' || lpad((n % 400)::text, 12, '0') ELSE $1 END, 'task.publish', gen_random_uuid(),
        CASE WHEN n = 7 THEN 'Мимоза' ELSE 'Задание ' || n END
      FROM generate_series(1, $3::int) n`,
    [teacher.actor.id, newest, entries],
  );
  await school.app.pool.query('VACUUM ANALYZE audit_entry');
});
afterAll(() => school.close());

const day = { from: '2026-11-10', to: '2026-11-10' };
test.each<[string, ListAuditInput, number]>([
  ['all', {}, auditPageSize],
  ['students', { actor: 'students' }, auditPageSize],
  ['a day long ago', day, auditPageSize],
  ['words of one entry, the oldest', { text: 'мимоза' }, 1],
  ['words of none', { text: 'фиалка' }, 0],
])('%s', async (_, input, found) => {
  const { app, plans } = explained(school.app);
  expect((await listAudit(app, input)).entries).toHaveLength(found);
  expect(plans.join('\n')).not.toContain('Seq Scan on audit_entry');
});

test('a word goes by its letters', async () => {
  const { app, plans } = explained(school.app);
  await listAudit(app, { text: 'мимоза' });
  expect(plans.join('\n')).toContain('audit_entry_label_key');
});
