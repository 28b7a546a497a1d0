import { typeset } from '../../typeset.ts';
import { audit } from './audit.ts';
import { curriculum } from './curriculum.ts';
import { dashboard } from './dashboard.ts';
import { edit } from './edit.ts';
import { editor } from './editor.ts';
import { files } from './files.ts';
import { keyFix } from './key-fix.ts';
import { profile } from './profile.ts';
import { registry } from './registry.ts';
import { reorder } from './reorder.ts';
import { reviews } from './reviews.ts';
import { shell } from './shell.ts';
import { students } from './students.ts';
import { transfer } from './transfer.ts';

export const officeCatalogue = typeset({
  audit,
  curriculum,
  dashboard,
  edit,
  editor,
  files,
  keyFix,
  profile,
  registry,
  reorder,
  reviews,
  shell,
  students,
  transfer,
});
