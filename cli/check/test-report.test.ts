import { expect, it } from 'vitest';
import { countTests, describeFailures, type TestReport } from './test-report.ts';

function aReport(over: Partial<TestReport> = {}): TestReport {
  return { success: true, numPassedTests: 7, numFailedTests: 0, numPendingTests: 0, testResults: [], ...over };
}

it.each([
  ['all is well', aReport(), 0],
  ['tests fail', aReport({ success: false, numFailedTests: 2 }), 2],
  ['a file cannot be loaded', aReport({ success: false, testResults: [{ name: 'a.test.ts', status: 'failed', assertionResults: [] }] }), 1],
  ['an error belongs to no test', aReport({ success: false }), 1],
])('%s', (_, report, failed) => {
  expect(countTests(report)).toEqual({ passed: 7, failed, skipped: 0 });
});

it('names every failure, also of a file that could not be loaded', () => {
  const failures = describeFailures(
    aReport({
      success: false,
      testResults: [
        { name: 'a.test.ts', status: 'failed', message: 'no such module', assertionResults: [] },
        {
          name: 'b.test.ts',
          status: 'failed',
          assertionResults: [
            { fullName: 'adds', status: 'passed' },
            { fullName: 'divides', status: 'failed', failureMessages: ['expected 1 to be 2\n  at b.test.ts:3'] },
          ],
        },
        { name: 'c.test.ts', status: 'passed', assertionResults: [{ fullName: 'waits', status: 'passed' }] },
      ],
    }),
  );
  expect(failures).toEqual(['a.test.ts\n    no such module', 'b.test.ts > divides\n    expected 1 to be 2\n      at b.test.ts:3']);
});
