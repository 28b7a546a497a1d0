import { Link } from 'wouter';
import { useFormat } from '#client/lib/i18n.tsx';
import { useOfficeText } from '#client/lib/office-text.ts';
import { type AuditChangeDto, type AuditEntryDto, isAuditAction } from '#shared/audit.ts';
import type { OfficeCatalogue } from '#shared/i18n/office-catalogue.ts';
import classes from './journal.module.css';
import { sumText } from './sum-text.ts';

/** So many changes are read at a glance; more are folded. */
const shownAtOnce = 3;

/**
 * @param when instead of the time of day, where entries do not stand under their day
 * @param own all entries are of one person, who need not be named at each
 */
export function JournalEntry({ entry, when, own = false }: { entry: AuditEntryDto; when?: string; own?: boolean }) {
  const { audit } = useOfficeText();
  const format = useFormat();
  const { at, action, label, href, changes } = entry;
  const name = label || audit.unnamed;
  return (
    <li className={when ? `${classes.entry} ${classes.apart}` : classes.entry}>
      <time dateTime={at} className={classes.time}>
        {when ?? format.time(at)}
      </time>
      <div className={classes.what}>
        <p>
          <b>{isAuditAction(action) ? audit.actions[action] : action}</b>
          {label && ': '}
          {label && (href ? <Link href={href}>{name}</Link> : <span>{name}</span>)}
        </p>
        {!own && <p className={classes.who}>{actorName(entry.actor, audit)}</p>}
        {changes.length > 0 && changes.length <= shownAtOnce && <Changes changes={changes} href={href} />}
        {changes.length > shownAtOnce && (
          <details>
            <summary>{audit.changes}</summary>
            <Changes changes={changes} href={href} />
          </details>
        )}
      </div>
    </li>
  );
}

function actorName(actor: AuditEntryDto['actor'], audit: OfficeCatalogue['audit']): string {
  return actor.kind === 'person' ? (actor.name ?? audit.actor.gone) : audit.actor[actor.kind];
}

function Changes({ changes, href }: { changes: AuditChangeDto[]; href: string | null }) {
  const { audit } = useOfficeText();
  const currency = changes.find(({ field }) => field === 'currency');
  return (
    <dl className={classes.changes}>
      {changes.map(({ field, before, after, long }) => (
        <div key={field}>
          <dt>{audit.fields[field] ?? audit.fields[lastPart(field)] ?? field}</dt>
          {long ? (
            <dd>
              {audit.textChanged}
              {href && (
                <>
                  {' · '}
                  <Link href={href}>{audit.history}</Link>
                </>
              )}
            </dd>
          ) : (
            <dd>
              {before !== null && (
                <>
                  <del>
                    <Value field={field} value={before} currency={currency?.before ?? currency?.after} />
                  </del>
                  {' → '}
                </>
              )}
              <ins>
                <Value field={field} value={after} currency={currency?.after ?? currency?.before} />
              </ins>
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

const lastPart = (field: string) => field.split('.').at(-1) ?? field;

/** @param currency of sums, where the same deed names it */
function Value({ field, value, currency }: { field: string; value: AuditChangeDto['before']; currency?: AuditChangeDto['before'] }) {
  const { audit } = useOfficeText();
  const format = useFormat();
  if (value === null || value === '') return audit.none;
  if (typeof value === 'boolean') return value ? audit.yes : audit.no;
  if (typeof value === 'number') return field.endsWith('Minor') ? sumText(format, value, currency) : format.number(value);
  return instant.test(value) ? format.schoolDateTime(value) : (audit.values[`${lastPart(field)}.${value}`] ?? value);
}
