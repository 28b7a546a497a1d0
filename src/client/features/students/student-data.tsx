import { useFormat, useLocale } from '#client/lib/i18n.tsx';
import { serverNow } from '#client/lib/now.ts';
import { useOfficeText } from '#client/lib/office-text.ts';
import type_ from '#client/ui/type.module.css';
import { zoneInSentence } from '#shared/i18n/zones.ts';
import type { StudentDto } from '#shared/students.ts';
import { StudentAccess } from './student-access.tsx';
import classes from './student-data.module.css';
import { StudentForm } from './student-form.tsx';

export function StudentData({ student }: { student: StudentDto }) {
  const { data: words } = useOfficeText().students;
  return (
    <div className={classes.split}>
      <section aria-labelledby="contacts">
        <h2 id="contacts" className={type_.h3}>
          {words.title}
        </h2>
        <StudentForm student={student} />
      </section>
      <div className={classes.aside}>
        <Facts student={student} />
        <StudentAccess student={student} />
      </div>
    </div>
  );
}

function Facts({ student }: { student: StudentDto }) {
  const { data: words } = useOfficeText().students;
  const format = useFormat();
  const locale = useLocale();
  const { consent, source } = student;
  const known: Record<string, string> = words.sources;
  const facts: [string, string][] = [
    [words.registered, format.dateTime(student.registeredAt)],
    [words.source, known[source] ?? source],
    [words.verified, student.verifiedAt ? format.dateTime(student.verifiedAt) : words.notVerified],
    [words.consent, consent ? words.consentOf(format.day(consent.version), format.date(consent.agreedAt)) : words.noConsent],
    [words.zone, zoneInSentence(locale, student.timeZone, serverNow())],
    [words.sessions, format.number(student.sessions)],
    [words.lastSeen, student.lastSeenAt && student.sessions > 0 ? format.ago(student.lastSeenAt) : words.neverSeen],
  ];
  return (
    <section aria-labelledby="account">
      <h2 id="account" className={type_.h3}>
        {words.facts}
      </h2>
      <dl className={classes.facts}>
        {facts.map(([term, fact]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{fact}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
