import type { FormatProblem } from '../../../answers/shapes.ts';
import type { SpecProblem } from '../../../answers/spec.ts';
import type { Expected, Section, YamlFault } from '../../../source-problems.ts';
import type { TextProblem } from '../../../texts.ts';
import { en } from '../../plural.ts';

const sections: Record<Section, string> = {
  statement: 'the statement',
  hint: 'the hint (section “# Подсказка” or “# Hint”)',
  solution: 'the solution (section “# Решение” or “# Solution”)',
  description: 'the description',
};

const expectations: Record<Expected, string> = {
  shorter: 'the value is too long or of another form',
  grid: 'rows and columns are needed, such as 10x2',
  'no-files': 'a task open to all can have no files: it is shown apart from its topic',
  'solution-rule': 'always, solved or after with a number from 1 to 20',
  'file-name': 'the name of a file of the topic is needed',
  subject: 'the short Latin name of a subject is needed',
  slug: 'a short Latin name is needed',
  opens: 'a day and a time are needed, such as 2026-11-26 18:00',
  video: 'the address of a video at YouTube, RuTube or VK Video is needed',
  'criterion-id': 'a criterion is named by letters and digits, such as K1',
  'criteria-sum': 'the points are not the sum of the criteria',
  'after-opens': 'it closes before it opens',
  attempts: 'a whole number from 1 to 100 is needed, or unlimited',
  'task-place': 'the names of a topic and a task are needed, such as powers/first',
  'exam-size': 'there are more than 120 tasks',
  'not-public': 'only a task with a key can be open to all',
  scale: 'a year is needed, and as many test scores from 0 to 100 as there are primary points, never falling, the last one 100',
};

const faults: Record<YamlFault, string> = {
  map: 'Lines of the form “key: value” are needed here.',
  list: 'A list is needed here: every line begins with “- ”.',
  entry: 'Lines of the form “key: value” are needed here.',
  quote: 'Put a value that begins with a special sign into quotes.',
  tab: 'Indent with spaces, not with tabs.',
  indent: 'The indent of this line differs from its neighbours.',
  colon: 'A sign is missing: a key is followed by “: ”, brackets and quotes are closed.',
  other: 'This part cannot be read.',
};

export function sourceProblem(problem: TextProblem): string {
  switch (problem.code) {
    case 'md-html':
      return `HTML is shown as text: ${problem.found}`;
    case 'md-formula':
      return `The formula “${problem.formula}” cannot be set: ${problem.reason}`;
    case 'md-heading-level-one':
      return 'Headings of a text begin with “##”. A single one belongs to the sections “# Hint” and “# Solution”.';
    case 'md-picture-not-in-files':
      return `Pictures come from the files of the topic, this one does not: ${problem.url}`;
    case 'md-picture-without-description':
      return `The picture ${problem.url} has no description: ![what it shows](${problem.url})`;
    case 'md-link-refused':
      return `A link may lead to files/name, /path, #heading, http(s) or mailto, this one does not: ${problem.url}`;
    case 'too-long':
      return `The text is longer than ${problem.limit} characters.`;
    case 'too-dense':
      return 'Too much markup: such a text would take long for every student. Split it into paragraphs or parts.';
    case 'character':
      return `The character ${problem.character} cannot be stored.`;
    case 'front-matter-missing':
      return 'The text begins with a header: lines of keys between two lines of “---”.';
    case 'front-matter-open':
      return 'The header is not closed by a second line of “---”.';
    case 'yaml':
      return problem.fault === 'other' ? `${faults.other} ${problem.reason}` : faults[problem.fault];
    case 'key-unknown':
      return `There is no key “${problem.key}”.`;
    case 'key-twice':
      return `The key “${problem.key}” stands twice.`;
    case 'key-missing':
      return `The key “${problem.key}” is missing or empty.`;
    case 'key-unfit':
      return `The key “${problem.key}” does not go with kind ${problem.kind}.`;
    case 'key-without-section':
      return `The key “${problem.key}” needs ${sections[problem.section]}.`;
    case 'value-shape':
      return `“${problem.key}”: ${{ text: 'text', list: 'a list', map: 'a list of “key: value”' }[problem.expected]} is needed.`;
    case 'value-lines':
      return `“${problem.key}”: one line is needed.`;
    case 'value-too-long':
      return `“${problem.key}”: longer than ${en(problem.limit, '# character', '# characters')}.`;
    case 'value-choice':
      return `“${problem.key}”: one of ${problem.allowed.join(', ')}.`;
    case 'value-integer':
      return `“${problem.key}”: a whole number from ${problem.min} to ${problem.max} is needed.`;
    case 'value-invalid':
      return `“${problem.key}”: ${expectations[problem.expected]}.`;
    case 'value-repeated':
      return `“${problem.key}”: “${problem.value}” stands twice.`;
    case 'answer':
      return specProblem(problem.problem);
    case 'section-missing':
      if (problem.section === 'statement') return 'The statement is missing. It follows the header.';
      return `Missing: ${sections[problem.section]}.`;
    case 'section-twice':
      return `It stands twice: ${sections[problem.section]}.`;
    case 'section-empty':
      return `It is empty: ${sections[problem.section]}.`;
    case 'file-missing':
      return `The topic has no file ${problem.name}.`;
  }
}

function specProblem(problem: SpecProblem): string {
  switch (problem.code) {
    case 'key-unreadable':
      if (problem.problem.code === 'empty') return 'The key is empty. Write the right answer.';
      return `No student could type this key: ${formatProblem(problem.problem)}.`;
    case 'key-repeated':
      return `Answers ${problem.sameAs + 1} and ${problem.index + 1} are the same for the checker.`;
    case 'key-option-unknown':
      return `The key names the option “${problem.id}”, which is not there.`;
    case 'key-option-repeated':
      return `The key names the option “${problem.id}” twice.`;
    case 'key-outside-alphabet':
      return `“${problem.symbol}” in the key is not of this alphabet.`;
    case 'key-larger-than-grid':
      return `The key takes ${problem.rows} × ${problem.cols}, more than the table.`;
    case 'key-cell-empty':
      return `A cell of the key is empty: row ${problem.row + 1}, column ${problem.col + 1}.`;
    case 'tolerance-not-a-number':
      return 'The tolerance is not a number.';
    case 'tolerance-negative':
      return 'The tolerance is negative.';
    case 'options-too-few':
      return 'There must be at least two options.';
    case 'option-id-repeated':
      return `The option “${problem.id}” stands twice.`;
    case 'option-text-empty':
      return `The option “${problem.id}” has no text.`;
    case 'option-text-repeated':
      return `The options “${problem.sameAs}” and “${problem.id}” have the same text.`;
    case 'criteria-none':
      return 'There is no criterion.';
    case 'criterion-id-repeated':
      return `The criterion “${problem.id}” stands twice.`;
    case 'criterion-title-empty':
      return `The criterion “${problem.id}” has no title.`;
  }
}

function formatProblem(problem: FormatProblem): string {
  switch (problem.code) {
    case 'empty':
      return 'it is empty';
    case 'not-a-number':
      return 'it is not a number';
    case 'length':
      return `it has ${en(problem.given, '# symbol', '# symbols')}, not ${problem.needed}`;
    case 'unknown-option':
      return 'there is no such option';
    case 'repeated-symbols':
      return `“${problem.symbol}” is repeated`;
    case 'cell-not-a-number':
      return `row ${problem.row + 1}, column ${problem.col + 1} is not a number`;
    case 'too-long':
      return 'it is too long';
    case 'wrong-shape':
      return 'it has another form';
  }
}
