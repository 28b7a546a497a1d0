import type { FormatProblem } from '#shared/answers/shapes.ts';
import type { SpecProblem } from '#shared/answers/spec.ts';
import type { Expected } from '#shared/source-problems.ts';
import type { CourseProblem, FolderProblem, Section, SourceProblem } from './problems.ts';

/** `math-60/01-powers/topic.md:3: …`, the form that editors and terminals can jump to. */
export function formatProblem(problem: CourseProblem): string {
  return `${problem.file}:${problem.line === undefined ? '' : `${problem.line}:`} ${describeProblem(problem)}`;
}

const sectionNames: Record<Section, string> = {
  statement: 'the statement',
  hint: 'the hint («# Подсказка» or «# Hint»)',
  solution: 'the solution («# Решение» or «# Solution»)',
  description: 'the description',
};

const expectations: Record<Expected, string> = {
  shorter: 'shorter or of another form',
  grid: 'rows and columns, such as 10x2',
  'no-files': 'left out here: a public task is shown apart from its topic and so without files',
  'solution-rule': 'always, solved or after N (wrong answers, from 1 to 20)',
  'file-name': 'the name of a file in files/',
  subject: 'the slug of a subject',
  slug: 'a slug',
  opens: 'a day and a time such as 2026-11-26 18:00, or -21d 18:00, or +5m',
  video: 'the address of a video at YouTube, RuTube or VK Video',
  scale: 'a year with as many test scores from 0 to 100 as there are primary points, none lower than the one before and the last one 100',
  'criterion-id': 'letters and digits only, at most 10: K1',
  'criteria-sum': 'the sum of the criteria, or left out',
  'after-opens': 'later than «opens»',
  attempts: 'a whole number from 1 to 100, or unlimited',
  'task-place': 'topics and tasks by their slugs, such as powers/first',
  'exam-size': 'at most 120 tasks',
  'not-public': 'left out here: a long answer needs a teacher, and a public task has only the checker',
};

/** One line of English, for the terminal and the log. */
export function describeProblem(problem: SourceProblem | FolderProblem): string {
  switch (problem.code) {
    case 'md-html':
      return `HTML is shown as text, not as markup: ${problem.found}`;
    case 'md-formula':
      return `the formula «${problem.formula}» cannot be set: ${problem.reason}`;
    case 'md-heading-level-one':
      return 'a heading of level one stands here; sections of a text are «##», and a task is split by «# Подсказка» and «# Решение» alone';
    case 'md-picture-not-in-files':
      return `pictures come from the folder files/, this one does not: ${problem.url}`;
    case 'md-picture-without-description':
      return `the picture ${problem.url} has no description: ![what it shows](${problem.url})`;
    case 'md-link-refused':
      return `a link leads to files/<name>, /path, #heading, http(s): or mailto:, this one does not: ${problem.url}`;
    case 'too-long':
      return `the file is longer than ${problem.limit} characters`;
    case 'too-dense':
      return `too much Markdown to be rendered in reasonable time: a bound of ${problem.limit} is passed here`;
    case 'character':
      return `the character ${problem.character} cannot be stored`;
    case 'front-matter-missing':
      return 'the file must begin with a front matter between two lines of «---»';
    case 'front-matter-open':
      return 'the front matter has no closing line of «---»';
    case 'yaml':
      return `the YAML cannot be read: ${problem.reason}`;
    case 'key-unknown':
      return `unknown key «${problem.key}»`;
    case 'key-twice':
      return `the key «${problem.key}» stands twice`;
    case 'key-missing':
      return `the key «${problem.key}» is missing or empty`;
    case 'key-unfit':
      return `the key «${problem.key}» does not go with kind ${problem.kind}`;
    case 'key-without-section':
      return `the key «${problem.key}» needs ${sectionNames[problem.section]}`;
    case 'value-shape':
      return `«${problem.key}» must be ${problem.expected === 'text' ? 'text' : `a ${problem.expected}`}`;
    case 'value-lines':
      return `«${problem.key}» must be one line`;
    case 'value-too-long':
      return `«${problem.key}» is longer than ${problem.limit} characters`;
    case 'value-choice':
      return `«${problem.key}» must be one of: ${problem.allowed.join(', ')}`;
    case 'value-integer':
      return `«${problem.key}» must be a whole number from ${problem.min} to ${problem.max}`;
    case 'value-invalid':
      return `«${problem.key}» must be ${expectations[problem.expected]}`;
    case 'value-repeated':
      return `«${problem.key}» says «${problem.value}» twice`;
    case 'answer':
      return describeSpecProblem(problem.problem);
    case 'section-missing':
      return `${sectionNames[problem.section]} is missing`;
    case 'section-twice':
      return `${sectionNames[problem.section]} stands twice`;
    case 'section-empty':
      return `${sectionNames[problem.section]} is empty`;
    case 'file-missing':
      return `there is no files/${problem.name}`;
    case 'task-unknown':
      return `the course has no task «${problem.task}»`;
    case 'subject-unknown':
      return `there is no subject «${problem.subject}» in subjects.yaml`;
    case 'not-a-folder':
      return 'this is not a folder';
    case 'entry-unknown':
      return 'this file or folder is not part of a course; see docs/course-files.md for what is';
    case 'entry-special':
      return 'links and special files are not taken';
    case 'entry-missing':
      return `${problem.name} is missing`;
    case 'slug':
      return 'a name must be NN-slug, where the slug has a-z, 0-9 and single «-», at most 60 characters (a course: the slug alone)';
    case 'slug-twice':
      return `the slug «${problem.slug}» stands twice`;
    case 'too-many':
      return `there are more than ${problem.limit} entries`;
    case 'too-large':
      return `this is larger than ${problem.limit / 1_000_000} MB`;
    case 'not-utf8':
      return 'the text is not UTF-8';
    case 'file-name':
      return 'a name in files/ has Latin letters, digits, «.», «_» and «-» only, at most 100';
    case 'file-type':
      return 'files of this type are not taken';
    case 'file-content':
      return `the content is not ${problem.expected}, as the name says`;
    case 'file-active':
      return `an SVG picture may not hold ${problem.found}`;
    case 'file-unused':
      return 'no text of the topic mentions this file';
    case 'not-read':
      return `cannot be read: ${problem.reason}`;
  }
}

function describeSpecProblem(problem: SpecProblem): string {
  switch (problem.code) {
    case 'key-unreadable':
      return `no student could type this key: ${describeFormatProblem(problem.problem)}`;
    case 'key-repeated':
      return `accepted answers ${problem.sameAs + 1} and ${problem.index + 1} are the same for the checker`;
    case 'key-option-unknown':
      return `the key names the option «${problem.id}», which is not among the options`;
    case 'key-option-repeated':
      return `the key names the option «${problem.id}» twice`;
    case 'key-outside-alphabet':
      return `the key holds «${problem.symbol}», which is not of the alphabet`;
    case 'key-larger-than-grid':
      return `the key has ${problem.rows} × ${problem.cols} cells, more than the grid`;
    case 'key-cell-empty':
      return `row ${problem.row + 1}, column ${problem.col + 1} of the key is empty`;
    case 'tolerance-not-a-number':
      return 'the tolerance is not a number';
    case 'tolerance-negative':
      return 'the tolerance is negative';
    case 'options-too-few':
      return 'there must be at least two options';
    case 'option-id-repeated':
      return `the option «${problem.id}» stands twice`;
    case 'option-text-empty':
      return `the option «${problem.id}» has no text`;
    case 'option-text-repeated':
      return `the options «${problem.sameAs}» and «${problem.id}» have the same text`;
    case 'criteria-none':
      return 'there must be at least one criterion';
    case 'criterion-id-repeated':
      return `the criterion «${problem.id}» stands twice`;
    case 'criterion-title-empty':
      return `the criterion «${problem.id}» has no title`;
  }
}

function describeFormatProblem(problem: FormatProblem): string {
  switch (problem.code) {
    case 'empty':
      return 'it is empty';
    case 'not-a-number':
      return 'it is not a number';
    case 'length':
      return `it has ${problem.given} symbols, not ${problem.needed}`;
    case 'unknown-option':
      return 'there is no such option';
    case 'repeated-symbols':
      return `«${problem.symbol}» stands twice`;
    case 'cell-not-a-number':
      return `row ${problem.row + 1}, column ${problem.col + 1} is not a number`;
    case 'too-long':
      return 'it is too long';
    case 'wrong-shape':
      return 'it has the wrong shape';
  }
}
