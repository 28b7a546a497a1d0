import type { ArchiveRefusal, CourseProblem, ImportRefusal, QuestionColumn, QuestionsRefusal, RowProblem } from '../../../transfer.ts';
import { en } from '../../plural.ts';
import { sourceProblem } from './source-problems.ts';

const megabytes = (bytes: number) => `${Math.round(bytes / 1_000_000)} MB`;
/** From a folder a course of any size is read. */
const fromFolder = 'An administrator imports such a course: unpack the archive on the server and run “npm run course -- import <folder>”.';

/** “2 tasks and 1 exam” */
const lost = (tasks: number, exams: number) =>
  [...(tasks > 0 ? [en(tasks, '# task', '# tasks')] : []), ...(exams > 0 ? [en(exams, '# exam', '# exams')] : [])].join(' and ');

export const columns: Record<QuestionColumn, string> = {
  title: 'Название (title)',
  kind: 'Тип (kind)',
  key: 'Ответ (key)',
  points: 'Баллы (points)',
  number: 'Номер в экзамене (number)',
  statement: 'Условие (statement)',
  options: 'Варианты (options)',
  tolerance: 'Погрешность (tolerance)',
  hint: 'Подсказка (hint)',
  solution: 'Решение (solution)',
  source: 'Источник (source)',
  more: 'Дополнительно (more)',
};

export function archiveRefusal(refusal: ArchiveRefusal | ImportRefusal): string {
  switch (refusal.code) {
    case 'archive-broken':
      return 'The archive cannot be read: it is no zip, or it is damaged. Make it again.';
    case 'archive-encrypted':
      return `The archive has a password (${refusal.name}). Make it without one.`;
    case 'archive-name':
      return `The archive holds a file name that is not allowed: ${refusal.name}`;
    case 'archive-name-twice':
      return `Two files of the archive have one name: ${refusal.name}`;
    case 'archive-link':
      return `The archive holds a link in place of a file: ${refusal.name}`;
    case 'archive-entries':
      return `The archive has more than ${en(refusal.limit, '# file', '# files')}. ${fromFolder}`;
    case 'archive-large':
      return refusal.name === null
        ? `The files of the course are over ${megabytes(refusal.limit)} without videos. ${fromFolder}`
        : `A file is over ${megabytes(refusal.limit)}: ${refusal.name}`;
    case 'archive-bomb':
      return `A file is packed so tightly that we do not unpack it: ${refusal.name}`;
    case 'archive-no-course':
      return 'The archive has no course folder with course.md in it. Pack the folder itself, not what is in it.';
    case 'archive-several':
      return `The archive has several folders: ${refusal.names.join(', ')}. One is needed, the course.`;
    case 'subject-unknown':
      return `The school has no subject “${refusal.subject}”, and subjects.yaml of the archive does not describe it.`;
    case 'school-not-empty':
      return 'The school has courses already.';
    case 'answers-would-be-lost':
      return `The archive lacks what students have worked on: ${lost(refusal.tasks.length, refusal.exams.length)}. Tick the box to delete it.`;
    case 'other-course':
      return `The archive holds another course: ${refusal.slug}. A new course is imported on the page “Courses”.`;
  }
}

export function courseProblem(problem: CourseProblem): string {
  switch (problem.code) {
    case 'task-unknown':
      return `The course has no task ${problem.task}.`;
    case 'subject-unknown':
      return `subjects.yaml has no subject “${problem.subject}”.`;
    case 'not-a-folder':
      return 'This must be a folder.';
    case 'entry-unknown':
      return 'This file or folder is not part of a course.';
    case 'entry-special':
      return 'Links and special files are not imported.';
    case 'entry-missing':
      return `${problem.name} is missing.`;
    case 'slug':
      return 'The name must be like 01-powers: a number, a hyphen, small Latin letters, digits and single hyphens.';
    case 'slug-twice':
      return `The name “${problem.slug}” stands twice.`;
    case 'too-many':
      return `More than ${en(problem.limit, '# file', '# files')} in a folder.`;
    case 'too-large':
      return `Over ${megabytes(problem.limit)}.`;
    case 'not-utf8':
      return 'The text is not UTF-8. Save the file as UTF-8.';
    case 'file-name':
      return 'A file name has Latin letters, digits, dots, hyphens and underscores only, at most 100 characters.';
    case 'file-type':
      return 'Files of this type are not imported.';
    case 'file-content':
      return 'The content does not fit the type of the file, or is damaged.';
    case 'file-active':
      return 'An SVG picture may not hold scripts or links to other places.';
    case 'file-unused':
      return 'No text of the topic mentions this file. Remove it, or name it in topic.md with “listed: no”.';
    case 'not-read':
      return 'The file cannot be read.';
    default:
      return sourceProblem(problem);
  }
}

export function rowProblem(problem: RowProblem): string {
  switch (problem.code) {
    case 'cell-formula':
      return 'This is a formula. Paste its value.';
    case 'cell-date':
      return 'Excel has turned the answer into a date. Format the cell as text and type it again.';
    case 'cell-error':
      return `This is an Excel error: ${problem.shown}`;
    case 'cell-boolean':
      return 'This is TRUE or FALSE. Type text.';
    case 'cell-percent':
      return 'This is a percentage: Excel keeps another number than it shows. Format the cell as text.';
    case 'cell-merged':
      return 'The cell is merged with another. Unmerge them.';
    case 'kind-unknown':
      return `There is no such kind: “${problem.found}”. Choose from the list of the template.`;
    case 'question-kind':
      return `Questions of type ${problem.kind} have no counterpart here.`;
    case 'question-syntax':
      return `Line ${problem.line}: this is not valid GIFT.`;
    case 'question-too-long':
      return `The text is longer than ${en(problem.limit, '# character', '# characters')}.`;
    case 'question-no-answer':
      return 'No answer is marked as right.';
    case 'question-several-answers':
      return 'There are several right answers where one is possible.';
    case 'question-wildcard':
      return 'An answer with an asterisk fits anything. List the answers.';
    case 'question-pairs':
      return 'Matching needs 2 or more items on the left and 2 to 9 on the right.';
    case 'question-picture':
      return `The picture is not in the file, or is damaged: ${problem.name}`;
    case 'question-unreadable':
      return 'The text holds a video, a form, a table in an option or other markup that has no counterpart here.';
    case 'file-missing':
      return `The topic has no file ${problem.name}. Upload it first.`;
    default:
      return sourceProblem(problem);
  }
}

export function questionsRefusal(refusal: QuestionsRefusal): string {
  switch (refusal.code) {
    case 'questions-format':
      return 'An xlsx table, a GIFT file (.gift or .txt) or Moodle XML is needed.';
    case 'questions-large':
      return `The file is over ${megabytes(refusal.limit)}. Split it.`;
    case 'questions-many':
      return `The file has more than ${en(refusal.limit, '# task', '# tasks')}. Split it.`;
    case 'questions-none':
      return 'The file has no tasks.';
    case 'questions-encoding':
      return 'The text is not UTF-8. Save the file as UTF-8.';
    case 'questions-costly':
      return 'The file is too complex: a minute was not enough to read it. Split it or save it anew.';
    case 'table-broken':
      return 'The table cannot be read: it is no xlsx, it has a password, or it is damaged.';
    case 'table-head':
      return `Columns not found: ${refusal.missing.map((column) => columns[column]).join(', ')}. Their names stand in the first row.`;
    case 'table-column-unknown':
      return `Unknown columns: ${refusal.names.join(', ')}. Remove them or name them as in the template.`;
    case 'table-column-twice':
      return `The column “${refusal.name}” stands twice.`;
    case 'xml-broken':
      return refusal.line === null ? 'The XML cannot be read.' : `The XML breaks off at line ${refusal.line}.`;
    case 'xml-doctype':
      return 'XML with a DOCTYPE is not read. Export the questions from Moodle again.';
    case 'xml-no-quiz':
      return 'This is no export of Moodle questions: it has no quiz element.';
  }
}
