import type {HeldConnection} from '../measure/result.ts';
import type {Prediction} from '../engine/drill.ts';
import type {Text} from './text.ts';

/** Words of the parts of the report that tell of tests and benchmarks. */
export const measurementMessages = {
	drills: {
		title: {en: 'Tests', es: 'Pruebas'},
		about: {
			en: 'Each test does harm to the cluster on purpose, while a probe asks for the page at a steady rhythm, on a new connection each time, whatever became of the requests before. So it shows what clients would have seen.',
			es: 'Cada prueba daña el clúster a propósito mientras una sonda pide la página a un ritmo constante, con una conexión nueva cada vez, pase lo que pase con las peticiones anteriores. Así se ve lo que habrían visto los clientes.',
		},
		howToRead: {
			en: 'In the pictures time goes from left to right. The numbered lines are the phases of the test, what was done; a dashed line is where all that was expected of the phase held. The upper rows show which director had the floating address, then when each server answered; rows with ✖ are requests that were lost, with × where the test passed: it allows that many. Shaded is the time without any answer. Below is how long answers took.',
			es: 'En las imágenes el tiempo va de izquierda a derecha. Las rayas numeradas son las fases de la prueba, lo que se hizo; una raya discontinua es donde se cumplió todo lo esperado de la fase. Las filas de arriba muestran qué director tenía la dirección flotante, después cuándo contestó cada servidor; las filas con ✖ son peticiones perdidas, con × si la prueba se superó: admite esa pérdida. Sombreado, el tiempo sin ninguna respuesta. Debajo, cuánto tardaron las respuestas.',
		},
		/** @param chapter the section and, after a comma, the test */
		thesis(chapter: string): Text {
			const [section, test] = chapter.split(', ');
			return {en: `thesis ${section}${test ? `, test ${test}` : ''}`, es: `TFG ${section}${test ? `, prueba ${test}` : ''}`};
		},
		ours: {en: 'not in the thesis', es: 'no está en el TFG'},
		run: (index: number, count: number): Text => ({en: `run ${index} of ${count}`, es: `vez ${index} de ${count}`}),
		notRestored: {en: 'The cluster was not brought back to how it had been.', es: 'El clúster no volvió a como estaba.'},
		voidProbe: (lateness: string): Text => ({en: `The probe itself was late (${lateness} at the 95th percentile), so its figures say nothing of the cluster: the host had too much to do.`, es: `La propia sonda se retrasó (${lateness} en el percentil 95), así que sus cifras no dicen nada del clúster: el anfitrión estaba demasiado ocupado.`}),
		facts: {
			began: {en: 'Began', es: 'Comienzo'},
			duration: {en: 'Took', es: 'Duración'},
			requests: {en: 'Requests', es: 'Peticiones'},
			requestsEvery: (count: string, interval: string, limit: string): Text => ({en: `${count}, one every ${interval}, each ${limit} at most`, es: `${count}, una cada ${interval}, cada una ${limit} como máximo`}),
			outcomes: {en: 'What became of them', es: 'Qué fue de ellas'},
			lateness: {en: 'Lateness of the probe (95th percentile)', es: 'Retraso de la sonda (percentil 95)'},
		},
		timeline: {en: 'Requests over time', es: 'Peticiones en el tiempo'},
		timelineAbout: (servers: string, marks: string, gap: string): Text => ({
			en: `One row for each director (when the floating address was its), each server (when it answered) and each way of losing a request. ${servers} ${marks} ${gap}`,
			es: `Una fila por director (cuándo tuvo la dirección flotante), por servidor (cuándo contestó) y por cada forma de perder una petición. ${servers} ${marks} ${gap}`,
		}),
		answeredBy: (list: string): Text => list ? {en: `Answers: ${list}.`, es: `Respuestas: ${list}.`} : {en: 'Nobody answered.', es: 'Nadie contestó.'},
		markAt: (list: string): Text => ({en: `The numbered lines are the phases: ${list}.`, es: `Las rayas numeradas son las fases: ${list}.`}),
		gapAt: (list: string): Text => list ? {en: `Shaded: without an answer for ${list}.`, es: `Sombreado: sin respuesta durante ${list}.`} : {en: 'No gap.', es: 'Sin interrupción.'},
		gap: (duration: string): Text => ({en: `gap ${duration}`, es: `corte ${duration}`}),
		lane: {director: {en: 'VIP on', es: 'VIP en'}, lost: {en: 'lost', es: 'perdida'}},
		latency: {en: 'latency, ms', es: 'latencia, ms'},
		seconds: {en: 'seconds since the probe began', es: 'segundos desde que empezó la sonda'},
		phases: {en: 'Phases', es: 'Fases'},
		columns: {
			phase: {en: 'Phase', es: 'Fase'},
			test: {en: 'Test', es: 'Prueba'},
			at: {en: 'At', es: 'En'},
			settled: {en: 'All well after', es: 'Todo bien tras'},
			sent: {en: 'Sent', es: 'Enviadas'},
			lost: {en: 'Lost', es: 'Perdidas'},
			measured: {en: 'Measured', es: 'Medido'},
			predicted: {en: 'Predicted, at most', es: 'Previsto, como mucho'},
			latency: {en: 'Longest latency', es: 'Mayor latencia'},
			verdict: {en: 'Verdict', es: 'Veredicto'},
			reason: {en: 'Why', es: 'Por qué'},
		},
		never: {en: 'not in its time', es: 'no a tiempo'},
		measured: (of: Prediction['of'], time: string, lost: string): Text => ({
			outage: {en: `${time} of outage`, es: `${time} de interrupción`},
			affected: {en: `some lost for ${time}`, es: `algunas perdidas durante ${time}`},
			none: {en: `${lost} lost`, es: `${lost} ${lost === '1' ? 'perdida' : 'perdidas'}`},
		})[of],
		predicted: (of: Prediction['of'], time: string): Text => ({
			outage: {en: `${time} of outage`, es: `${time} de interrupción`},
			affected: {en: `some lost for ${time}`, es: `algunas perdidas durante ${time}`},
			none: {en: 'none lost', es: 'ninguna perdida'},
		})[of],
		notOver: {en: 'and not over', es: 'y sin acabar'},
		parts: {en: 'How the predictions add up', es: 'Cómo se suman las previsiones'},
		times: (count: number): Text => count === 1 ? {en: '1 run', es: '1 vez'} : {en: `${count} runs`, es: `${count} veces`},
		part: {en: 'Part', es: 'Parte'},
		time: {en: 'Time', es: 'Tiempo'},
		sum: {en: 'Worst case', es: 'Peor caso'},
		who: {en: 'Who answered', es: 'Quién contestó'},
		held: {en: 'Connections that were kept open', es: 'Conexiones que se mantuvieron abiertas'},
		heldRow: (kind: HeldConnection['kind'], survived: boolean, gap: string, {reason, isAllowed}: {readonly reason?: string; readonly isAllowed: boolean}): Text => {
			const [en, es] = kind === 'download' ? ['the slow download', 'la descarga lenta'] : ['the kept-alive connection', 'la conexión mantenida (keep-alive)'];
			return survived
				? {en: `${en} survived; its longest silence was ${gap}`, es: `${es} sobrevivió; su mayor silencio fue de ${gap}`}
				: {
					en: `${en} did not survive${isAllowed ? ', which the test allows' : ''}${reason ? `: ${reason}` : ''} (longest silence ${gap})`,
					es: `${es} no sobrevivió${isAllowed ? ', lo que la prueba admite' : ''}${reason ? `: ${reason}` : ''} (mayor silencio, ${gap})`,
				};
		},
		phase: (index: number, title: string): Text => ({en: `Phase ${index}, ${title}`, es: `Fase ${index}, ${title}`}),
		repeated: {en: 'Over all runs', es: 'En todas las veces'},
		runs: {en: 'Runs', es: 'Veces'},
		median: {en: 'Median', es: 'Mediana'},
		p95: {en: '95th percentile', es: 'Percentil 95'},
		worst: {en: 'Worst', es: 'Peor'},
	},
	conditions: {
		servers: {en: 'Web servers', es: 'Servidores web'},
		pages: {en: 'Pages', es: 'Páginas'},
		content: {'test-page': {en: 'the test page', es: 'la página de prueba'}, 'own': {en: 'the user\'s own', es: 'las del usuario'}},
		array: {en: 'Array', es: 'RAID'},
		inForce: {en: 'Settings then', es: 'Ajustes entonces'},
		settings: (servers: string, token: string, monitor: string, interval: string, timeout: string): Text => ({
			en: `${servers}; token ${token}, resources every ${monitor}, web servers every ${interval}, ${timeout} each at most`,
			es: `${servers}; token ${token}, recursos cada ${monitor}, servidores web cada ${interval}, ${timeout} cada uno como máximo`,
		}),
		change: (name: string, then: string, now: string): Text => ({en: `${name}: ${then}, now ${now}`, es: `${name}: ${then}, ahora ${now}`}),
		changed: (changes: readonly string[]): Text => ({
			en: `The cluster has changed since this was measured. ${changes.join('. ')}.`,
			es: `El clúster ha cambiado desde esta medición. ${changes.join('. ')}.`,
		}),
		someChanged: (names: string): Text => ({
			en: `The cluster has changed since these were measured: ${names}. Each says below what was in force then.`,
			es: `El clúster ha cambiado desde que se midieron: ${names}. Cada uno dice más abajo qué estaba en vigor entonces.`,
		}),
		unknown: {
			en: 'An earlier version of the program measured this and did not keep the settings in force then: they may not be those of the cluster now.',
			es: 'Esto lo midió una versión anterior del programa, que no guardaba los ajustes en vigor: pueden no ser los que tiene ahora el clúster.',
		},
	},
	load: {
		title: {en: 'Benchmarks', es: 'Rendimiento'},
		none: {en: 'No benchmark has been run: `cluster-wizard bench`.', es: 'No se ha medido el rendimiento: `cluster-wizard bench`.'},
		about: {en: 'The thesis\'s two benchmarks against 1, 2 … N servers in rotation, each several times, and against one server without a director.', es: 'Las dos pruebas de rendimiento del TFG contra 1, 2 … N servidores en rotación, cada una varias veces, y contra un servidor sin director.'},
		shared: (vcpus: number, cpus: number): Text => ({
			en: `All machines and the load generator share this one host: ${vcpus} virtual processors on ${cpus} real ones. When those are all busy, one more server adds nothing but more switching between them, so the scaling below says little about servers that are computers of their own.`,
			es: `Todas las máquinas y el generador de carga comparten este anfitrión: ${vcpus} procesadores virtuales sobre ${cpus} reales. Cuando estos están todos ocupados, otro servidor no añade más que cambios de uno a otro, así que lo que sigue dice poco de servidores que sean ordenadores propios.`,
		}),
		busy: (share: string): Text => ({en: `The host's processors were ${share} busy at the heaviest load: it was the host that was measured.`, es: `Los procesadores del anfitrión estaban ocupados al ${share} con la mayor carga: lo que se midió fue el anfitrión.`}),
		command: (command: string, isScaled: boolean): Text => isScaled
			? {en: `Run as \`${command}\`: not as much as in the thesis, so compare ratios.`, es: `Ejecutado como \`${command}\`: no tanto como en el TFG, así que compare proporciones.`}
			: {en: `Run as \`${command}\`, as in the thesis.`, es: `Ejecutado como \`${command}\`, como en el TFG.`},
		abChart: {en: 'ab: time for all requests (the thesis\'s image 29)', es: 'ab: tiempo para todas las peticiones (imagen 29 del TFG)'},
		siegeChart: {en: 'siege: requests served in its time (the thesis\'s image 32)', es: 'siege: peticiones servidas en su tiempo (imagen 32 del TFG)'},
		chartAbout: {en: 'Left the thesis\'s figures, right ours, each with its own scale. Bars are medians; the thin line goes from the lowest to the highest run.', es: 'A la izquierda las cifras del TFG, a la derecha las nuestras, cada una con su escala. Las barras son medianas; la línea fina va de la menor a la mayor.'},
		speedup: {en: 'How many times as fast as one server', es: 'Cuántas veces más rápido que un servidor'},
		speedupAbout: {en: 'Median rate divided by that of one server. The dotted line is what it would be if each server added as much as the first.', es: 'Ritmo mediano dividido por el de un servidor. La línea de puntos es lo que sería si cada servidor añadiera tanto como el primero.'},
		ideal: {en: 'ideal', es: 'ideal'},
		thesis: {en: 'thesis', es: 'TFG'},
		here: {en: 'here', es: 'aquí'},
		perSecond: {en: 'requests/s', es: 'peticiones/s'},
		seconds: {en: 'seconds', es: 'segundos'},
		requests: {en: 'requests', es: 'peticiones'},
		servers: (count: number): Text => count === 0 ? {en: 'direct', es: 'directo'} : count === 1 ? {en: '1 server', es: '1 servidor'} : {en: `${count} servers`, es: `${count} servidores`},
		active: {en: 'active servers', es: 'servidores activos'},
		table: (tool: string): Text => ({en: `Results of ${tool}`, es: `Resultados de ${tool}`}),
		columns: {
			servers: {en: 'Servers', es: 'Servidores'},
			where: {en: 'Measured', es: 'Medido'},
			runs: {en: 'Runs', es: 'Veces'},
			requests: {en: 'Requests', es: 'Peticiones'},
			time: {en: 'Time', es: 'Tiempo'},
			rate: {en: 'Requests/s', es: 'Peticiones/s'},
			reach: {en: 'Lowest to highest', es: 'De menor a mayor'},
			failed: {en: 'Failed', es: 'Fallidas'},
			median: {en: 'Latency, median', es: 'Latencia, mediana'},
			longest: {en: 'Longest', es: 'Mayor'},
		},
		ratio: (tool: string, ratio: string): Text => ({
			en: `${tool}: through the director, one server gave ${ratio} of what it gives when it is asked directly. The rest is the price of the director.`,
			es: `${tool}: a través del director, un servidor dio el ${ratio} de lo que da si se le pregunta directamente. El resto es el precio del director.`,
		}),
		cpu: (tool: string): Text => ({en: `Processors used during ${tool}`, es: `Procesadores usados durante ${tool}`}),
		cpuAbout: {en: 'How many processors each machine, and the host with all of them, used (median): 1 is one processor kept busy all the time.', es: 'Cuántos procesadores usó cada máquina, y el anfitrión con todas (mediana): 1 es un procesador ocupado todo el tiempo.'},
		machine: {en: 'Machine', es: 'Máquina'},
		host: {en: 'host', es: 'anfitrión'},
		thesisSays: {
			en: 'The thesis concludes from two points that each server makes the cluster noticeably faster. Its own figures disagree (ab +14 %, siege +89 %): the load generator and the director can be the limit as well, which is why their processors stand here beside the rates.',
			es: 'El TFG concluye de dos puntos que cada servidor hace el clúster notablemente más rápido. Sus propias cifras no coinciden (ab +14 %, siege +89 %): el límite pueden ser también el generador de carga y el director, y por eso sus procesadores figuran aquí junto a los ritmos.',
		},
	},
} as const;
