/** A limit on the sum of the items' sizes, as `sizeOf` gives them. */
export interface Room<Item> {
	readonly most: number;
	readonly sizeOf: (item: Item) => number;
}

/** The newest items of a stream. Items keep their number, so that a view stays where it is while more arrive. */
export class RingBuffer<Item> {
	readonly #items: Array<Item | undefined> = [];
	readonly #capacity: number;
	readonly #room: Room<Item>;
	#start = 0;
	#end = 0;
	#size = 0;

	/** @param room a second limit, for items of very different sizes; the newest item is kept whatever its size */
	constructor(capacity: number, room: Room<Item> = {most: Infinity, sizeOf: () => 0}) {
		this.#capacity = capacity;
		this.#room = room;
	}

	/** The number of the oldest item that is kept. */
	get start(): number {
		return this.#start;
	}

	/** The number that the next item will get: how many items there have been. */
	get end(): number {
		return this.#end;
	}

	push(item: Item): void {
		if (this.#end - this.#start === this.#capacity) {
			this.#drop();
		}

		this.#items[this.#end % this.#capacity] = item;
		this.#size += this.#room.sizeOf(item);
		this.#end++;
		while (this.#size > this.#room.most && this.#end - this.#start > 1) {
			this.#drop();
		}
	}

	/** The item with this number; undefined if it has been dropped or not been added yet. */
	at(number: number): Item | undefined {
		return number < this.start || number >= this.#end ? undefined : this.#items[number % this.#capacity];
	}

	slice(from: number, to: number): Item[] {
		const items: Item[] = [];
		for (let number = Math.max(from, this.start); number < Math.min(to, this.#end); number++) {
			items.push(this.at(number)!);
		}

		return items;
	}

	#drop(): void {
		const index = this.#start % this.#capacity;
		this.#size -= this.#room.sizeOf(this.#items[index]!);
		this.#items[index] = undefined;
		this.#start++;
	}
}
