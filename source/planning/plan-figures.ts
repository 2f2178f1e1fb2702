import type {Cluster, Node} from '../cluster/cluster.ts';
import {chapterSeconds, estimateRun, type Expected, type Forecast} from '../engine/estimate.ts';
import type {Plan} from '../engine/plan.ts';
import type {OwnedResource, Resource} from '../engine/resource.ts';
import {cacheContents} from '../images/cache-contents.ts';
import type {Language} from '../languages/text.ts';
import {addedDisk, imagesDownload} from '../tasks/host-resources.ts';

/** A chapter with something to do. */
export interface PlanChapter {
	readonly step: string;
	/** Chapter of the thesis. */
	readonly chapter: string;
	readonly title: string;
	readonly seconds: number;
}

/** Expected cost of a run. The question before a build, `plan` and the wizard's screens all show these figures. */
export interface PlanFigures {
	/** Duration in seconds; absent if there is nothing to do. */
	readonly seconds?: number;
	/**
	 * Additional disk space on this computer in MiB. `first`: right after the build; `full`: once the new disks are full.
	 * Absent if no VM is created.
	 */
	readonly disk?: {readonly first: number; readonly full: number};
	/** Download for the images in MiB, without packages that this computer lacks. Absent if no image is created. */
	readonly download?: number;
	readonly chapters: readonly PlanChapter[];
}

/** The parts of a session that the figures depend on. */
export interface FiguresContext {
	readonly cluster: Cluster;
	readonly plan: Plan;
	readonly language: Language;
	readonly journal: {owned(): readonly OwnedResource[]};
}

/** @param forecast units and the work expected of each */
export function figuresOf({cluster, plan, language, journal}: FiguresContext, forecast: Forecast): PlanFigures {
	const isExpected = new Set(forecast.units.filter(({id}) => forecast.expected.get(id) !== 'check').map(({id}) => id));
	const working = plan.filter(({id}) => isExpected.has(id));
	const made = working.flatMap(({tasks}) => tasks.flatMap(({creates = []}) => creates));
	const nodes = newNodes(cluster, journal.owned(), made);
	const areImagesMade = made.some(({kind}) => kind === 'image');
	const fetched = new Set(
		cacheContents(cluster.paths.cache).resources.flatMap(({kind, name}) => (kind === 'archive' ? name : [])),
	);
	const isFetching = made.some(({kind, name}) => kind === 'archive' && !fetched.has(name));
	const seconds = chapterSeconds(forecast);
	return {
		...(working.length > 0 && {seconds: Math.round(estimateRun(forecast))}),
		...(nodes.length > 0 && {disk: addedDisk(cluster, nodes, areImagesMade)}),
		...(isFetching && {download: imagesDownload}),
		chapters: [...new Set(working.map(({step}) => step))].map(({id, chapter, title}) => ({
			step: id,
			chapter,
			title: title[language],
			seconds: Math.round(seconds.get(id) ?? 0),
		})),
	};
}

/** Nodes whose VMs are among the resources to be created and are not in the journal. */
export function newNodes({nodes}: Cluster, owned: readonly OwnedResource[], made: readonly Resource[]): Node[] {
	const machines = (resources: readonly Resource[]) =>
		new Set(resources.flatMap(({kind, name}) => (kind === 'machine' ? name : [])));
	const [known, wanted] = [machines(owned), machines(made)];
	return nodes.filter(({vm}) => wanted.has(vm) && !known.has(vm));
}

/** Expected work after a dry run: `working` units, and units that could not be checked yet and have never succeeded. */
export function expectedWorkAfterDryRun(
	statuses: ReadonlyMap<string, string>,
	working: ReadonlySet<string>,
	{plan, isDone}: {plan: Plan; isDone: (unit: string) => boolean},
): Map<string, Expected> {
	return new Map(
		plan.map(({id}) => [
			id,
			isDone(id)
				? working.has(id)
					? 'change'
					: 'check'
				: working.has(id) || statuses.get(id) !== 'ok'
					? 'work'
					: 'check',
		]),
	);
}
