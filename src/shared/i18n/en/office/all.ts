import type { OfficeCatalogue } from '../../office-catalogue.ts';
import { audit } from './audit.ts';
import { clusters } from './clusters.ts';
import { curriculum } from './curriculum.ts';
import { dashboard } from './dashboard.ts';
import { delivery } from './delivery.ts';
import { edit } from './edit.ts';
import { editor } from './editor.ts';
import { exams } from './exams.ts';
import { faq } from './faq.ts';
import { files } from './files.ts';
import { group } from './group.ts';
import { health } from './health.ts';
import { inbox } from './inbox.ts';
import { keyFix } from './key-fix.ts';
import { news } from './news.ts';
import { operator } from './operator.ts';
import { payments } from './payments.ts';
import { profile } from './profile.ts';
import { registry } from './registry.ts';
import { reorder } from './reorder.ts';
import { reviews } from './reviews.ts';
import { rooms } from './rooms.ts';
import { scales } from './scales.ts';
import { shell } from './shell.ts';
import { students } from './students.ts';
import { transfer } from './transfer.ts';

export const officeCatalogue: OfficeCatalogue = {
  audit,
  clusters,
  curriculum,
  dashboard,
  delivery,
  edit,
  editor,
  exams,
  faq,
  files,
  group,
  health,
  inbox,
  keyFix,
  news,
  operator,
  payments,
  profile,
  registry,
  reorder,
  reviews,
  rooms,
  scales,
  shell,
  students,
  transfer,
};
