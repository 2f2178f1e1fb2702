import {inFigures, nouns} from './quantity.ts';
import type {Text} from './text.ts';

/** Words of `bench`. */
export const benchMessages = {
	notANumber: (option: string, value: string, from: number, to: number): Text => ({
		en: `${option} ${value}: a whole number from ${from} to ${to} is wanted. Nothing was touched.`,
		es: `${option} ${value}: se espera un número entero de ${from} a ${to}. No se ha tocado nada.`,
	}),
	unknownTool: (value: string): Text => ({
		en: `--tool ${value}: ab or siege is wanted. Nothing was touched.`,
		es: `--tool ${value}: se espera ab o siege. No se ha tocado nada.`,
	}),
	attempted: (tool: string): Text => ({en: `Send the load with ${tool}`, es: `Enviar la carga con ${tool}`}),
	allFailed: (count: number): Text => ({en: `None of ${count} requests was answered.`, es: `No se respondió ninguna de ${count} peticiones.`}),
	hung: (tool: string): Text => ({
		en: `${tool} did not end when its time was over (a fault of its own that comes now and then): ended, not counted, and sent again.`,
		es: `${tool} no terminó al acabar su tiempo (un fallo suyo que aparece de vez en cuando): se ha parado, no cuenta y se envía de nuevo.`,
	}),
	advice: {
		en: 'If the command was not found, `cluster-wizard up --only packages` installs it. Otherwise `cluster-wizard status` shows what does not serve.',
		es: 'Si no se encuentra la orden, `cluster-wizard up --only packages` la instala. Si no, `cluster-wizard status` muestra lo que no sirve.',
	},
	willLoad: (minutes: number): Text => ({
		en: `The benchmarks take web servers out of rotation and send as many requests as the rest can answer, for at least ${minutes} min. Meanwhile the cluster's clients wait longer for their pages, and some requests may fail. All servers are put back afterwards.`,
		es: `Las cargas sacan servidores web de la rotación y envían tantas peticiones como puedan responder los demás, durante al menos ${minutes} min. Entretanto los clientes del clúster esperan más por sus páginas y alguna petición puede fallar. Al final se devuelven todos los servidores.`,
	}),
	prepare: {en: 'The cluster is well and can be measured', es: 'El clúster está bien y se puede medir'},
	scaled: (requests: number, seconds: number): Text => ({
		en: `The machines are emulated, without hardware virtualization: ${requests} requests with ab and ${seconds} s with siege instead of the thesis's 100000 and 20 s. Compare ratios, not rates.`,
		es: `Las máquinas están emuladas, sin virtualización por hardware: ${requests} peticiones con ab y ${seconds} s con siege en lugar de las 100000 y los 20 s del TFG. Compare proporciones, no tasas.`,
	}),
	servers: (count: number): Text => count === 0 ? {en: 'direct', es: 'directo'} : {en: String(count), es: String(count)},
	sample: (tool: string, servers: number, repetition: number, of: number, rate: number, failed: number): Text => ({
		en: `${tool}, ${servers === 0 ? 'one server directly' : `${servers} server${servers === 1 ? '' : 's'}`}, ${repetition} of ${of}: ${rate.toFixed(1)} requests/s${failed > 0 ? `, ${failed} failed` : ''}`,
		es: `${tool}, ${servers === 0 ? 'un servidor directamente' : `${servers} servidor${servers === 1 ? '' : 'es'}`}, ${repetition} de ${of}: ${rate.toFixed(1)} peticiones/s${failed > 0 ? `, ${failed} fallidas` : ''}`,
	}),
	rates: (tool: string): Text => ({en: `Requests a second with ${tool}`, es: `Peticiones por segundo con ${tool}`}),
	cpu: (processors: number): Text => ({
		en: `Processors: part of one that each used, median (100 % is one; the host has ${processors})`,
		es: `Procesadores: parte de uno que usó cada máquina, mediana (100 % es uno; el anfitrión tiene ${processors})`,
	}),
	columns: {
		tool: {en: 'Tool', es: 'Herramienta'},
		servers: {en: 'Servers', es: 'Servidores'},
		rate: {en: 'Median (range)', es: 'Mediana (rango)'},
		toDirect: {en: '÷ direct', es: '÷ directo'},
		toOne: {en: '÷ 1', es: '÷ 1'},
		p95: {en: 'p95 (ms)', es: 'p95 (ms)'},
		longest: {en: 'Longest (ms)', es: 'Máx. (ms)'},
		failed: {en: 'Failed', es: 'Fallidas'},
		thesis: {en: 'Thesis', es: 'Memoria'},
		thesisToOne: {en: '÷ its 1', es: '÷ su 1'},
		host: {en: 'host', es: 'anfitrión'},
	} satisfies Record<string, Text>,
	directly: (server: string, network: string): Text => ({
		en: `"direct": the same load from the host to ${server}'s own address, by a port of the host on ${network} that is there only for it; no director is on the way. Its ratio to one server in rotation is what going through a director costs.`,
		es: `«directo»: la misma carga desde el anfitrión a la dirección propia de ${server}, por un puerto del anfitrión en ${network} que solo existe para ello; no hay ningún director en el camino. Su relación con un servidor en la rotación es lo que cuesta pasar por un director.`,
	}),
	saturated: (percent: number): Text => ({
		en: `The host's processors were up to ${percent} % busy. The load generator, the directors and all servers share them, so that a server more gets its time from the others: how the rate grows with their number says little here.`,
		es: `Los procesadores del anfitrión estuvieron ocupados hasta al ${percent} %. El generador de carga, los directores y todos los servidores los comparten, así que un servidor más quita tiempo a los demás: cómo crece la tasa con su número dice poco aquí.`,
	}),
	failures: (count: number): Text => ({en: `${inFigures(count, nouns.request).en} failed: the rates count ${count === 1 ? 'it' : 'them'} as well.`, es: `${inFigures(count, nouns.request).es} ${count === 1 ? 'ha' : 'han'} fallado: las tasas también ${count === 1 ? 'la' : 'las'} cuentan.`}),
	kept: (file: string): Text => ({en: `All of it is in ${file}`, es: `Todo está en ${file}`}),
	notRestored: (command: string): Text => ({
		en: `Not all servers could be put back into rotation. Once the cluster answers again, ${command} does it.`,
		es: `No se han podido devolver todos los servidores a la rotación. Cuando el clúster vuelva a responder, ${command} lo hace.`,
	}),
};
