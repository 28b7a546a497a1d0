import { expect, test } from 'vitest';
import { uploadExtensions } from './files.ts';
import { workExtensions } from './work-limits.ts';

test('the field offers what the school takes', () => {
  expect(workExtensions).toEqual(uploadExtensions.work);
});
