import {createHash} from 'node:crypto';
import {lockOf} from '../../source/engine/round-trip.ts';
import {render} from '../../source/shell/command.ts';
import type {Plan, Unit} from '../../source/engine/plan.ts';
import {Secret} from '../../source/shell/secret.ts';
import type {Execution, Exit, Target} from '../../source/engine/target.ts';
import type {Task} from '../../source/engine/task.ts';

/** A machine's memory of a task: how it was applied last, and when. */
interface Applied {
	readonly how: string;
	readonly at: number;
}

/**
 * Machines on which each task remembers how it was applied last, and files when they were written. The engine sends its
 * scripts as to real ones; the world finds the tasks in them, and answers with the engine's own marks.
 */
export class SimulatedWorld {
	readonly #applied = new Map<string, Applied>();
	/** By place and path. */
	readonly #written = new Map<string, number>();
	readonly #cluster: string;
	#plan: Plan = [];
	#clock = 0;

	constructor(cluster: string) {
		this.#cluster = cluster;
	}

	/** The steps that are asked for from now on. */
	use(plan: Plan): void {
		this.#plan = plan;
	}

	target(place: string): Target {
		return {name: place, close() {}, exec: async (text, execution = {}) => this.#exec(place, text, execution)};
	}

	/** Tasks that can be harmed: those that hold, and are not assertions. */
	tasks(): Array<{unit: Unit; task: Task}> {
		return this.#plan.flatMap(unit =>
			unit.tasks.filter(task => task.apply && this.#holds(unit, task)).map(task => ({unit, task})),
		);
	}

	/** As by hand: what the task made is something else now. */
	undo(unit: Unit, task: Task): void {
		this.#applied.delete(keyOf(unit, task));
		this.#write(unit, task);
	}

	/** A file is written with the content that it has. */
	touch(unit: Unit, task: Task): void {
		this.#write(unit, task);
	}

	/** Everything of a node goes with its machine. */
	remove(node: string): void {
		for (const map of [this.#applied, this.#written]) {
			for (const key of [...map.keys()].filter(
				key => key.startsWith(`${node} `) || key.startsWith(`host machines:${node} `),
			)) {
				map.delete(key);
			}
		}
	}

	isReachable(place: string): boolean {
		const providers = this.#plan.flatMap(unit =>
			unit.tasks.filter(({provides}) => provides?.includes(place)).map(task => ({unit, task})),
		);
		return providers.every(({unit, task}) => unit.place !== place && this.#holds(unit, task));
	}

	#exec(place: string, text: string, {input, file, onLine = () => {}}: Execution): Exit {
		if (!this.isReachable(place)) {
			return {code: 'unreachable', reason: `${place}: no route to host`};
		}

		const unit = this.#plan.find(({id}) => text.includes(`/${lockOf(this.#cluster, id)}.lock`))!;
		const script =
			file === undefined
				? String(input)
				: text.slice(text.indexOf("sh -c '") + 7, text.lastIndexOf("'")).replaceAll(`'\\''`, "'");
		const mark = /^mark_=([\da-f]{16})$/m.exec(script)![1]!;
		const say = (line: string) => onLine(line, 'stdout');
		let from = 0;
		for (const part of script.split(/^check_\(\) \(\n/m).slice(1)) {
			const tried = from;
			from = unit.tasks.findIndex((task, at) => at >= tried && part.startsWith(`${checkOf(task)}\n)\n`));
			const rest = part.slice(checkOf(unit.tasks[from]!).length + 3);
			const index = Number(/^look_ (\d+)$/m.exec(rest)![1]);
			const task = unit.tasks[from]!;
			from++;
			const look = () => {
				const holds = this.#holds(unit, task);
				say(holds ? '' : 'it differs');
				say(`${mark} found ${index} ${holds ? 0 : 1}`);
				return holds;
			};

			const isFulfilled = rest.includes('\nif [ "$code_" = 1 ]; then');
			const isApplied = !isFulfilled && rest.includes(`tell_ start ${index} `);
			let holds = isApplied ? false : look();
			if (!holds && (isFulfilled || isApplied)) {
				for (const part of task.apply!.keys()) {
					say(`${mark} start ${index} ${part}`);
				}

				this.#apply(unit, task);
				say(`${mark} applied ${index}`);
				holds = look();
			}

			if (!holds && rest.includes('[ "$code_" = 0 ] || exit 0')) {
				break;
			}
		}

		return {code: 0};
	}

	#holds(unit: Unit, task: Task): boolean {
		if (!task.apply) {
			return true;
		}

		const applied = this.#applied.get(keyOf(unit, task));
		const {reads = [], uses = []} = task;
		const suppliers =
			uses.length === 0
				? []
				: this.#plan.flatMap(unit =>
						unit.tasks
							.filter(({restarts = '', supplies = []}) => [restarts, ...supplies].some(name => uses.includes(name)))
							.map(task => ({unit, task})),
					);
		return (
			suppliers.every(({unit, task}) => this.#holds(unit, task)) &&
			applied?.how === how(task) &&
			[...this.#written].every(
				([file, at]) =>
					at < applied.at ||
					!reads.some(path => file === `${unit.place} ${path}` || file.startsWith(`${unit.place} ${path}/`)),
			)
		);
	}

	#apply(unit: Unit, task: Task): void {
		this.#write(unit, task);
		this.#applied.set(keyOf(unit, task), {how: how(task), at: ++this.#clock});
	}

	#write({place}: Unit, {writes = []}: Task): void {
		for (const path of writes) {
			this.#written.set(`${place} ${path}`, ++this.#clock);
		}
	}
}

function keyOf({id, place}: Unit, {title}: Task): string {
	return `${place} ${id} ${title.en}`;
}

const checks = new WeakMap<Task, string>();

function checkOf(task: Task): string {
	const text = checks.get(task) ?? render(task.check, 'execute');
	checks.set(task, text);
	return text;
}

const known = new WeakMap<Task, string>();

/** Everything that a task does and wants. */
function how(task: Task): string {
	let digest = known.get(task);
	if (digest === undefined) {
		const parts = [task.check, ...(task.apply ?? [])].map(command => [
			command === task.check ? checkOf(task) : render(command, 'execute'),
			command.input instanceof Secret ? command.input.reveal() : command.input,
			command.file,
		]);
		digest = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
		known.set(task, digest);
	}

	return digest;
}
