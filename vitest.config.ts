import {defineConfig} from 'vitest/config';

export default defineConfig({
	test: {
		projects: [
			// Runs anywhere, with Node alone.
			{test: {name: 'unit', globalSetup: 'test/nothing-at-the-root.ts', include: ['test/**/*.test.{ts,tsx}'], exclude: ['test/system/**', 'test/e2e/**', 'test/hosts/**'], testTimeout: 60_000, maxWorkers: '100%'}},
			// Checks results with Debian's own tools; most need root. A missing tool is a failure.
			{test: {name: 'system', include: ['test/system/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 120_000, fileParallelism: false}},
			// Whole hosts with systemd, in namespaces; two at a time, because they wait more than they compute. Need root.
			{test: {name: 'hosts', include: ['test/hosts/**/*.test.ts'], testTimeout: 600_000, hookTimeout: 900_000, maxWorkers: 2, maxConcurrency: 2}},
			// Builds real virtual machines.
			{test: {name: 'e2e', include: ['test/e2e/**/*.test.ts'], testTimeout: 3_600_000, hookTimeout: 3_600_000, fileParallelism: false, bail: 1}},
		],
	},
});
