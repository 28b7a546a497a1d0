import type { FormatProblem } from '../../../answers/shapes.ts';
import type { SpecProblem } from '../../../answers/spec.ts';
import type { Expected, Section, YamlFault } from '../../../source-problems.ts';
import type { TextProblem } from '../../../texts.ts';
import { ru } from '../../plural.ts';

const sections: Record<Section, string> = {
  statement: 'условие',
  hint: 'подсказка (раздел «# Подсказка»)',
  solution: 'решение (раздел «# Решение»)',
  description: 'описание',
};

const expectations: Record<Expected, string> = {
  shorter: 'значение слишком длинное или другого вида',
  grid: 'нужны строки и столбцы, например 10x2',
  'no-files': 'у открытого всем задания не может быть файлов: оно показывается отдельно от темы',
  'solution-rule': 'нужно always, solved или after с числом от 1 до 20',
  'file-name': 'нужно имя файла темы',
  subject: 'нужно короткое имя предмета латиницей',
  slug: 'нужно короткое имя латиницей',
  opens: 'нужны день и время, например 2026-11-26 18:00',
  video: 'нужен адрес видео на YouTube, RuTube или VK Видео',
  'criterion-id': 'обозначение критерия – буквы и цифры, например K1',
  'criteria-sum': 'баллы не равны сумме баллов по критериям',
  'after-opens': 'закрытие раньше открытия',
  attempts: 'нужно целое число от 1 до 100 или unlimited',
  'task-place': 'нужны имена темы и задания через дробь, например stepeni/pervoe',
  'exam-size': 'заданий больше 120',
  'not-public': 'открытым всем может быть только задание с ключом',
  scale: 'нужен год и столько тестовых баллов от 0 до 100, сколько первичных, без убывания, последний – 100',
};

const faults: Record<YamlFault, string> = {
  map: 'Здесь нужны строки вида «ключ: значение».',
  list: 'Здесь нужен список: каждая строка начинается с «- ».',
  entry: 'Здесь нужны строки вида «ключ: значение».',
  quote: 'Значение, которое начинается с особого знака, возьмите в кавычки.',
  tab: 'Отступы делаются пробелами, не табуляцией.',
  indent: 'Отступ строки не совпадает с соседними.',
  colon: 'Не хватает знака: после ключа ставится «: », скобки и кавычки закрываются.',
  other: 'Эта часть не читается.',
};

/** One sentence for each thing that the author of a text has to mend. */
export function sourceProblem(problem: TextProblem): string {
  switch (problem.code) {
    case 'md-html':
      return `HTML показывается как текст: ${problem.found}`;
    case 'md-formula':
      return `Формула «${problem.formula}» не набирается: ${problem.reason}`;
    case 'md-heading-level-one':
      return 'Заголовки текста начинаются с «##». Одна решётка – только у разделов «# Подсказка» и «# Решение».';
    case 'md-picture-not-in-files':
      return `Картинки берутся из файлов темы, эта – нет: ${problem.url}`;
    case 'md-picture-without-description':
      return `У картинки ${problem.url} нет описания: ![что на ней](${problem.url})`;
    case 'md-link-refused':
      return `Ссылка ведёт не туда: ${problem.url}. Можно files/имя, /путь, #заголовок, http(s) и mailto.`;
    case 'too-long':
      return `Текст длиннее ${problem.limit} знаков.`;
    case 'too-dense':
      return 'Слишком много разметки: такой текст долго собирался бы у каждого ученика. Разделите его на абзацы или на части.';
    case 'character':
      return `Знак ${problem.character} сохранить нельзя.`;
    case 'front-matter-missing':
      return 'Текст начинается с шапки: строки с ключами между двумя строками «---».';
    case 'front-matter-open':
      return 'Шапка не закрыта второй строкой «---».';
    case 'yaml':
      return problem.fault === 'other' ? `${faults.other} ${problem.reason}` : faults[problem.fault];
    case 'key-unknown':
      return `Ключа «${problem.key}» нет.`;
    case 'key-twice':
      return `Ключ «${problem.key}» стоит дважды.`;
    case 'key-missing':
      return `Ключ «${problem.key}» не указан или пустой.`;
    case 'key-unfit':
      return `Ключ «${problem.key}» не подходит к типу ${problem.kind}.`;
    case 'key-without-section':
      return `Ключу «${problem.key}» нужен раздел: ${sections[problem.section]}.`;
    case 'value-shape':
      return `«${problem.key}»: нужен ${{ text: 'текст', list: 'список', map: 'список «ключ: значение»' }[problem.expected]}.`;
    case 'value-lines':
      return `«${problem.key}»: нужна одна строка.`;
    case 'value-too-long':
      return `«${problem.key}»: длиннее ${ru(problem.limit, '# знака', '# знаков', '# знаков')}.`;
    case 'value-choice':
      return `«${problem.key}»: подходит ${problem.allowed.join(', ')}.`;
    case 'value-integer':
      return `«${problem.key}»: нужно целое число от ${problem.min} до ${problem.max}.`;
    case 'value-invalid':
      return `«${problem.key}»: ${expectations[problem.expected]}.`;
    case 'value-repeated':
      return `«${problem.key}»: «${problem.value}» стоит дважды.`;
    case 'answer':
      return specProblem(problem.problem);
    case 'section-missing':
      if (problem.section === 'statement') return 'Нет условия. Оно стоит сразу после шапки.';
      return `Нет раздела: ${sections[problem.section]}.`;
    case 'section-twice':
      return `Раздел стоит дважды: ${sections[problem.section]}.`;
    case 'section-empty':
      return `Раздел пустой: ${sections[problem.section]}.`;
    case 'file-missing':
      return `В теме нет файла ${problem.name}.`;
  }
}

function specProblem(problem: SpecProblem): string {
  switch (problem.code) {
    case 'key-unreadable':
      if (problem.problem.code === 'empty') return 'Ключ пустой. Впишите верный ответ.';
      return `Такой ключ не введёт ни один ученик: ${formatProblem(problem.problem)}.`;
    case 'key-repeated':
      return `Ответы ${problem.sameAs + 1} и ${problem.index + 1} для проверки – одно и то же.`;
    case 'key-option-unknown':
      return `Ключ называет вариант «${problem.id}», а его нет.`;
    case 'key-option-repeated':
      return `Ключ называет вариант «${problem.id}» дважды.`;
    case 'key-outside-alphabet':
      return `Знак «${problem.symbol}» в ключе не из этого алфавита.`;
    case 'key-larger-than-grid':
      return `Ключ занимает ${problem.rows} × ${problem.cols}, больше таблицы.`;
    case 'key-cell-empty':
      return `В ключе пуста ячейка: строка ${problem.row + 1}, столбец ${problem.col + 1}.`;
    case 'tolerance-not-a-number':
      return 'Погрешность – не число.';
    case 'tolerance-negative':
      return 'Погрешность отрицательная.';
    case 'options-too-few':
      return 'Вариантов должно быть хотя бы два.';
    case 'option-id-repeated':
      return `Вариант «${problem.id}» стоит дважды.`;
    case 'option-text-empty':
      return `У варианта «${problem.id}» нет текста.`;
    case 'option-text-repeated':
      return `У вариантов «${problem.sameAs}» и «${problem.id}» одинаковый текст.`;
    case 'criteria-none':
      return 'Нет ни одного критерия.';
    case 'criterion-id-repeated':
      return `Критерий «${problem.id}» стоит дважды.`;
    case 'criterion-title-empty':
      return `У критерия «${problem.id}» нет названия.`;
  }
}

function formatProblem(problem: FormatProblem): string {
  switch (problem.code) {
    case 'empty':
      return 'он пустой';
    case 'not-a-number':
      return 'это не число';
    case 'length':
      return `в нём ${ru(problem.given, '# знак', '# знака', '# знаков')}, а нужно ${problem.needed}`;
    case 'unknown-option':
      return 'такого варианта нет';
    case 'repeated-symbols':
      return `знак «${problem.symbol}» повторяется`;
    case 'cell-not-a-number':
      return `строка ${problem.row + 1}, столбец ${problem.col + 1} – не число`;
    case 'too-long':
      return 'он слишком длинный';
    case 'wrong-shape':
      return 'он другого вида';
  }
}
