import * as z from 'zod';
import {storedShape} from '../cluster/setting.ts';
import {measuredSettings} from '../cluster/settings.ts';
import type {Measurements} from './result.ts';
import {fillMissingLanguages} from '../languages/text.ts';

const text = z.looseObject({en: z.string()}).transform(kept => fillMissingLanguages(kept));
const time = z.number();
const counts = z.record(z.string(), z.number());
const verdict = z.enum(['passed', 'failed', 'void', 'interrupted']);

const request = z.object({
	at: time,
	late: time,
	latency: time,
	outcome: z.enum(['answered', 'sorry', 'wrong-content', 'refused', 'reset', 'timeout', 'unreachable']),
	server: z.string().optional(),
	status: z.int().optional(),
	director: z.string().optional(),
});

const probe = z.object({
	began: z.iso.datetime(),
	interval: time,
	limit: time,
	requests: z.array(request),
	isVoid: z.boolean(),
	lateness: time,
});

const effect = z.object({
	sent: z.number(),
	lost: z.number(),
	outage: z.object({from: time, to: time.optional(), duration: time, lost: z.number()}).optional(),
	affected: time,
	longestLatency: time,
	servers: counts,
	directors: counts,
});

const held = z.object({
	kind: z.enum(['keep-alive', 'download']),
	survived: z.boolean(),
	longestGap: time,
	reason: z.string().optional(),
});

const prediction = z.object({
	of: z.enum(['none', 'outage', 'affected']),
	seconds: z.number(),
	parts: z.array(z.object({title: text, seconds: z.number()})),
});

const phase = z.object({
	title: text,
	injected: time,
	settled: time.optional(),
	effect: effect.optional(),
	held: z.array(held).optional(),
	prediction: prediction.optional(),
	verdict,
	reason: z.string().optional(),
});

const on = z.object({
	version: z.string(),
	acceleration: z.enum(['kvm', 'tcg']),
	pace: z.number(),
	place: z.enum(['bridge', 'nat', 'sandbox']),
	guest: z.object({distribution: z.enum(['debian', 'ubuntu']), release: z.string()}),
	servers: z.number(),
	content: z.enum(['test-page', 'own']),
	raid: z.object({level: z.number(), disks: z.number(), size: z.number()}),
	settings: z.object(storedShape(measuredSettings)),
});

const drill = z.object({
	id: z.string(),
	chapter: z.string(),
	title: text,
	explanation: text,
	began: z.iso.datetime(),
	duration: z.number(),
	phases: z.array(phase),
	probe: probe.optional(),
	verdict,
	reason: z.string().optional(),
	restored: z.boolean(),
	on: on.optional(),
});

const sample = z.object({
	tool: z.enum(['ab', 'siege']),
	requests: z.number(),
	failed: z.number(),
	duration: z.number(),
	rate: z.number(),
	latency: z.object({mean: z.number(), median: z.number().optional(), p95: z.number().optional(), longest: z.number()}),
	cpu: counts,
});

const series = z.object({
	tool: z.enum(['ab', 'siege']),
	servers: z.number(),
	command: z.string(),
	processors: z.number().optional(),
	on: on.optional(),
	samples: z.array(sample),
});

/** The file `reports/measurements.json`. */
export const measurementsSchema: z.ZodType<Measurements> = z.object({
	version: z.string(),
	at: z.iso.datetime(),
	drills: z.array(drill),
	load: z.array(series),
});
