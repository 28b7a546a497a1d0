import { typeset } from '../../typeset.ts';
import { audit } from './audit.ts';
import { clusters } from './clusters.ts';
import { curriculum } from './curriculum.ts';
import { dashboard } from './dashboard.ts';
import { edit } from './edit.ts';
import { editor } from './editor.ts';
import { exams } from './exams.ts';
import { files } from './files.ts';
import { group } from './group.ts';
import { keyFix } from './key-fix.ts';
import { profile } from './profile.ts';
import { registry } from './registry.ts';
import { reorder } from './reorder.ts';
import { reviews } from './reviews.ts';
import { scales } from './scales.ts';
import { shell } from './shell.ts';
import { students } from './students.ts';
import { transfer } from './transfer.ts';

export const officeCatalogue = typeset({
  audit,
  clusters,
  curriculum,
  dashboard,
  edit,
  editor,
  exams,
  files,
  group,
  keyFix,
  profile,
  registry,
  reorder,
  reviews,
  scales,
  shell,
  students,
  transfer,
});
