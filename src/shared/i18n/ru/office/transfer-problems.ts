import type { ArchiveRefusal, CourseProblem, ImportRefusal, QuestionColumn, QuestionsRefusal, RowProblem } from '../../../transfer.ts';
import { ru } from '../../plural.ts';
import { sourceProblem } from './source-problems.ts';

const megabytes = (bytes: number) => `${Math.round(bytes / 1_000_000)} МБ`;
/** From a folder a course of any size is read. */
const fromFolder = 'Такой курс загружает администратор: распакует архив на сервере и выполнит «npm run course -- import <папка>».';

/** «2 задания и 1 экзамен» */
const lost = (tasks: number, exams: number) =>
  [
    ...(tasks > 0 ? [ru(tasks, '# задание', '# задания', '# заданий')] : []),
    ...(exams > 0 ? [ru(exams, '# экзамен', '# экзамена', '# экзаменов')] : []),
  ].join(' и ');

export const columns: Record<QuestionColumn, string> = {
  title: 'Название',
  kind: 'Тип',
  key: 'Ответ',
  points: 'Баллы',
  number: 'Номер в экзамене',
  statement: 'Условие',
  options: 'Варианты',
  tolerance: 'Погрешность',
  hint: 'Подсказка',
  solution: 'Решение',
  source: 'Источник',
  more: 'Дополнительно',
};

/** What Moodle calls them in Russian, with the word that stands in the file. */
const questionKinds = new Map([
  ['description', '«Описание» (текст без вопроса)'],
  ['cloze', '«Вложенные ответы» (cloze)'],
  ['calculated', '«Вычисляемый» (calculated)'],
  ['calculatedsimple', '«Простой вычисляемый» (calculatedsimple)'],
  ['calculatedmulti', '«Множественный вычисляемый» (calculatedmulti)'],
  ['ddwtos', '«Перетаскивание в текст» (ddwtos)'],
  ['ddimageortext', '«Перетаскивание на изображение» (ddimageortext)'],
  ['ddmarker', '«Перетаскивание маркеров» (ddmarker)'],
  ['gapselect', '«Выбор пропущенных слов» (gapselect)'],
  ['ordering', '«Упорядочение» (ordering)'],
]);

export function archiveRefusal(refusal: ArchiveRefusal | ImportRefusal): string {
  switch (refusal.code) {
    case 'archive-broken':
      return 'Архив не читается: это не zip или он повреждён. Сделайте его заново.';
    case 'archive-encrypted':
      return `Архив защищён паролем (${refusal.name}). Сделайте его без пароля.`;
    case 'archive-name':
      return `В архиве недопустимое имя файла: ${refusal.name}`;
    case 'archive-name-twice':
      return `В архиве два файла с одним именем: ${refusal.name}`;
    case 'archive-link':
      return `В архиве ссылка вместо файла: ${refusal.name}`;
    case 'archive-entries':
      return `В архиве больше ${ru(refusal.limit, '# файла', '# файлов', '# файлов')}. ${fromFolder}`;
    case 'archive-large':
      return refusal.name === null
        ? `Файлы курса без видео вместе больше ${megabytes(refusal.limit)}. ${fromFolder}`
        : `Файл больше ${megabytes(refusal.limit)}: ${refusal.name}`;
    case 'archive-bomb':
      return `Файл сжат так сильно, что мы его не распаковываем: ${refusal.name}`;
    case 'archive-no-course':
      return 'В архиве нет папки курса, в которой лежит course.md. Упакуйте саму папку, а не её содержимое.';
    case 'archive-several':
      return `В архиве несколько папок: ${refusal.names.join(', ')}. Нужна одна – папка курса.`;
    case 'subject-unknown':
      return `В школе нет предмета «${refusal.subject}», и subjects.yaml в архиве его не описывает.`;
    case 'school-not-empty':
      return 'В школе уже есть курсы.';
    case 'answers-would-be-lost':
      return `В архиве нет того, что ученики уже решали: ${lost(refusal.tasks.length, refusal.exams.length)}. Поставьте отметку, если это нужно удалить.`;
    case 'other-course':
      return `В архиве другой курс: ${refusal.slug}. Новый курс загружается на странице «Курсы».`;
  }
}

export function courseProblem(problem: CourseProblem): string {
  switch (problem.code) {
    case 'task-unknown':
      return `В курсе нет задания ${problem.task}.`;
    case 'subject-unknown':
      return `В subjects.yaml нет предмета «${problem.subject}».`;
    case 'not-a-folder':
      return 'Здесь должна быть папка.';
    case 'entry-unknown':
      return 'Такой файл или папка в курс не входит.';
    case 'entry-special':
      return 'Ссылки и особые файлы не загружаются.';
    case 'entry-missing':
      return `Нет файла ${problem.name}.`;
    case 'slug':
      return 'Имя должно быть вида 01-stepeni: номер, дефис, строчные латинские буквы, цифры и одиночные дефисы.';
    case 'slug-twice':
      return `Имя «${problem.slug}» встречается дважды.`;
    case 'too-many':
      return `Больше ${ru(problem.limit, '# файла', '# файлов', '# файлов')} в папке.`;
    case 'too-large':
      return `Больше ${megabytes(problem.limit)}.`;
    case 'not-utf8':
      return 'Текст не в кодировке UTF-8. Сохраните файл в UTF-8.';
    case 'file-name':
      return 'В имени файла только латинские буквы, цифры, точка, дефис и подчёркивание, не больше 100 знаков.';
    case 'file-type':
      return 'Файлы этого типа не загружаются.';
    case 'file-content':
      return 'Содержимое не соответствует типу файла или повреждено.';
    case 'file-active':
      return 'В картинке SVG не должно быть сценариев и ссылок на другие места.';
    case 'file-unused':
      return 'Ни один текст темы не упоминает этот файл. Уберите его или назовите в topic.md с «listed: no».';
    case 'not-read':
      return 'Файл не читается.';
    default:
      return sourceProblem(problem);
  }
}

export function rowProblem(problem: RowProblem): string {
  switch (problem.code) {
    case 'cell-formula':
      return 'Здесь формула. Вставьте её значение.';
    case 'cell-date':
      return 'Excel превратил ответ в дату. Сделайте ячейку текстовой и введите снова.';
    case 'cell-error':
      return `Здесь ошибка Excel: ${problem.shown}`;
    case 'cell-boolean':
      return 'Здесь значение ИСТИНА или ЛОЖЬ. Введите текст.';
    case 'cell-percent':
      return 'Здесь проценты: Excel хранит другое число, чем показывает. Сделайте ячейку текстовой.';
    case 'cell-merged':
      return 'Ячейка объединена с соседней. Разъедините их.';
    case 'kind-unknown':
      return `Нет такого типа: «${problem.found}». Выберите из списка в шаблоне.`;
    case 'question-kind':
      return `Вопросы типа ${questionKinds.get(problem.kind.toLowerCase()) ?? problem.kind} не переносятся.`;
    case 'question-syntax':
      return `Строка ${problem.line}: здесь нарушен формат GIFT.`;
    case 'question-too-long':
      return `Текст длиннее ${ru(problem.limit, '# знака', '# знаков', '# знаков')}.`;
    case 'question-no-answer':
      return 'Не отмечен правильный ответ.';
    case 'question-several-answers':
      return 'Правильных ответов несколько, а здесь возможен один.';
    case 'question-wildcard':
      return 'Ответ со звёздочкой подходит к чему угодно. Перечислите ответы.';
    case 'question-pairs':
      return 'Сопоставление переносится, если слева от 2 пунктов, а справа от 2 до 9.';
    case 'question-picture':
      return `Картинки нет в файле или она повреждена: ${problem.name}`;
    case 'question-unreadable':
      return 'В тексте видео, форма, таблица в варианте ответа или другая разметка, которая не переносится.';
    case 'file-missing':
      return `В теме нет файла ${problem.name}. Сначала загрузите его.`;
    default:
      return sourceProblem(problem);
  }
}

export function questionsRefusal(refusal: QuestionsRefusal): string {
  switch (refusal.code) {
    case 'questions-format':
      return 'Подходят таблица xlsx, файл GIFT (.gift или .txt) и Moodle XML.';
    case 'questions-large':
      return `Файл больше ${megabytes(refusal.limit)}. Разделите его.`;
    case 'questions-many':
      return `В файле больше ${ru(refusal.limit, '# задания', '# заданий', '# заданий')}. Разделите его.`;
    case 'questions-none':
      return 'В файле нет ни одного задания.';
    case 'questions-encoding':
      return 'Текст не в кодировке UTF-8. Сохраните файл в UTF-8.';
    case 'questions-costly':
      return 'Файл слишком сложен: за минуту он не прочитался. Разделите его или сохраните заново.';
    case 'table-broken':
      return 'Таблица не читается: это не xlsx, она защищена паролем или повреждена.';
    case 'table-head':
      return `Не нашли столбцы: ${refusal.missing.map((column) => columns[column]).join(', ')}. Их названия стоят в первой строке.`;
    case 'table-column-unknown':
      return `Незнакомые столбцы: ${refusal.names.join(', ')}. Удалите их или назовите, как в шаблоне.`;
    case 'table-column-twice':
      return `Столбец «${refusal.name}» встречается дважды.`;
    case 'xml-broken':
      return refusal.line === null ? 'XML не читается.' : `XML нарушен в строке ${refusal.line}.`;
    case 'xml-doctype':
      return 'XML с объявлением DOCTYPE не читается. Выгрузите вопросы из Moodle заново.';
    case 'xml-no-quiz':
      return 'Это не выгрузка вопросов Moodle: в ней нет элемента quiz.';
  }
}
