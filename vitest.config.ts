import {defineConfig} from 'vitest/config';

export default defineConfig({
	test: {
		projects: [
			// Everywhere, with Node alone.
			{test: {name: 'unit', include: ['test/**/*.test.{ts,tsx}'], exclude: ['test/system/**', 'test/e2e/**'], testTimeout: 20_000}},
			// Debian's own tools as judges; most need root. A missing tool is a failure.
			{test: {name: 'system', include: ['test/system/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 120_000, fileParallelism: false}},
			// Real machines.
			{test: {name: 'e2e', include: ['test/e2e/**/*.test.ts'], testTimeout: 3_600_000, hookTimeout: 3_600_000, fileParallelism: false, bail: 1}},
		],
	},
});
