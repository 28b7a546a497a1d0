import { expect, test } from 'vitest';
import { uploadExtensions } from './upload-rules.ts';
import { workExtensions } from './work-limits.ts';

test.each(['work', 'exam'] as const)('the field offers what the school takes: %s', (purpose) => {
  expect(workExtensions).toEqual(uploadExtensions[purpose]);
});
