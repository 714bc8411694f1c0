// The lesson's data: nodes, terms and steps as Java wrote them, and what is known at step k.
const FORWARD = 0, SEED = 1, OPEN = 2, TERM = 3, CLOSE = 4, PARAMETERS = 5;
const FLOWS = 0;
const NEVER = Infinity;

const lesson = JSON.parse(document.getElementById('lesson').textContent);
const machine = engine(lesson.program, kernels);
const N = lesson.nodes.length;
const L = lesson.result;

// Nodes come as arrays: label, symbol, op, kind, value, gradient, flow, operands, definition, line.
const nodes = lesson.nodes.map(([label, symbol, op, kind, value, gradient, flow, operands, definition, line], id) => ({
  id, label, symbol, op, kind, value, gradient, flow, operands, definition, line,
  users: [], terms: [], valueStep: NEVER, gradientStep: NEVER, openStep: NEVER,
}));
for (const v of nodes) {
  v.operands.forEach((u, slot) => nodes[u].users.push([v.id, slot]));
}
// Terms: u, v, slot, upstream, local, product, sum, rule, local's equation, the product's equation, mistakes.
const terms = lesson.terms.map(([u, v, slot, upstream, local, product, sum, rule, dvdu, equation, mistakes], id) => ({
  id, u, v, slot, upstream, local, product, sum, rule, dvdu, equation, mistakes, step: NEVER,
}));
for (const t of terms) {
  t.index = nodes[t.u].terms.length;
  nodes[t.u].terms.push(t);
}
const steps = [];
for (let i = 0; i < lesson.steps.length; i += 2) {
  const kind = lesson.steps[i], x = lesson.steps[i + 1], k = steps.length;
  const term = kind === TERM ? terms[x] : null;
  const u = term ? term.u : kind === PARAMETERS ? L : x;
  steps.push({kind, u, term});
  if (kind === FORWARD) nodes[u].valueStep = k;
  if (kind === OPEN) nodes[u].openStep = k;
  if (kind === TERM) term.step = k;
  if (kind === SEED || kind === CLOSE && nodes[u].flow === FLOWS) nodes[u].gradientStep = k;
}
const LAST = steps.length - 1;
const fanOuts = steps.flatMap((s, k) => s.kind === OPEN && nodes[s.u].terms.length > 1 ? [k] : []);
const order = steps.filter(s => s.kind === FORWARD).map(s => s.u);

const isLeaf = n => n.operands.length === 0;
const isTuple = n => n.value < 0;
const valueKnown = (n, k) => k >= n.valueStep;
const gradientKnown = (n, k) => k >= n.gradientStep;
const upstreamKnown = (t, k) => isTuple(nodes[t.v]) || gradientKnown(nodes[t.v], k);
// Whether a term is summed over the axes along which u was repeated to meet the other operands of v.
const isSummedBack = t => t.local >= 0 && t.upstream >= 0 && String(shapeOf(t.upstream)) !== String(shapeOf(t.product));
const isRepeated = (u, v) => nodes[v].operands.filter(o => o === u).length > 1;

// Numbers. A node's value and its gradient are the results of instructions of the machine.
const shapeOf = i => machine.shape(i);
const sizeOf = i => shapeOf(i).reduce((a, b) => a * b, 1);
const number = (i, e = 0) => machine.number(i, e);
// A value where other instructions have other values: with is a list [instruction, array].
const evaluateWith = (target, overrides) => machine.runWith(target, overrides.flatMap(([i, array]) => Array.from(array, (x, e) => [i, e, x])));
// Whether a reader may change a node.
const isOpen = n => (n.kind === 'i' || n.kind === 'p') && !state.locked.has(n.id);

function fmt(x, digits = 6) {
  if (x === 0) return '0';
  if (!Number.isFinite(x)) return String(x);
  const [mantissa, exponent] = x.toExponential(digits - 1).split('e');
  if (+exponent >= -5 && +exponent < Math.max(7, digits)) return String(+x.toPrecision(digits));
  return +mantissa + 'e' + +exponent;
}

function fmtOf(i, e, digits) {
  const type = machine.dtype(i), x = number(i, e);
  return type === 'bool' ? String(x !== 0) : type[0] === 'i' ? String(x) : fmt(x, digits);
}

// A value on one line: all elements of a small one, dtype and shape of others.
function fmtAll(i) {
  const shape = shapeOf(i);
  if (shape.length === 0) return fmtOf(i, 0);
  const size = sizeOf(i);
  if (shape.length > 2 || size > 12) return machine.dtype(i) + '[' + shape.join(', ') + ']';
  const row = (from, count) => '[' + Array.from({length: count}, (_, c) => fmtOf(i, from + c, 4)).join(', ') + ']';
  return shape.length === 1
    ? row(0, size)
    : '[' + Array.from({length: shape[0]}, (_, r) => row(r * shape[1], shape[1])).join(', ') + ']';
}

// Sentences: the templates are Java's, so that the terminal, the page and a screen reader say the same.
const words = lesson.words;

function say(key, places = {}) {
  if (!(key in words)) throw new Error('no sentence ' + key);
  return words[key].replace(/\{(\w+)}/g, (all, name) => name in places ? places[name] : all);
}

function list(all) {
  if (all.length === 1) return all[0];
  const long = all.length > 6;
  const first = (long ? all.slice(0, 4) : all.slice(0, -1)).join(', ') + (long ? ', …' : '');
  return say('several', {first, last: all[all.length - 1]});
}

const partialText = (u, L = lesson.result) => '∂' + nodes[L].label + '/∂' + nodes[u].label;
const withSlot = (text, u, v, slot) => isRepeated(u, v) ? say('slot', {v: text, slot: slot + 1}) : text;
const userText = (u, v, slot) => withSlot(nodes[v].label, u, v, slot);

// The sign between the factors of a term: arrays are multiplied element by element.
const timesSign = t => shapeOf(t.upstream).length && shapeOf(t.local).length ? '⊙' : '·';

// Whether a zero of dL/dv met a local derivative that is not finite.
function isMasked(t) {
  const g = machine.value(t.upstream), d = machine.value(t.local), size = Math.max(g.length, d.length);
  for (let e = 0; g.length && d.length && e < size; e++) if (g[e % g.length] === 0 && !Number.isFinite(d[e % d.length])) return true;
  return false;
}

// An equation is [template, atoms]; an atom is a node's id for its value, or -1 - id for its gradient.
const atomText = a => a < 0 ? partialText(-1 - a) : nodes[a].label;
const equationText = ([template, ...atoms]) => lesson.templates[template][1].replace(/\{(\d+)}/g, (all, i) => i < atoms.length ? atomText(atoms[i]) : all);
const definitionText = n => n.definition ? (typeof n.definition === 'string' ? n.definition : equationText(n.definition)) : n.label;

function sentence(k) {
  const {kind, u, term} = steps[k];
  const n = nodes[u];
  if (kind === PARAMETERS) {
    const gradients = lesson.leaves.filter(w => nodes[w].gradient >= 0).map(w => partialText(w) + ' = ' + fmtAll(nodes[w].gradient));
    return gradients.length ? say('step.parameters', {gradients: list(gradients)}) : say('step.parameters.none');
  }
  const places = {u: n.label, L: nodes[L].label, dLdu: partialText(u)};
  if (n.gradient >= 0) places.gradient = fmtAll(n.gradient);
  switch (kind) {
    case FORWARD: {
      places.formula = definitionText(n);
      if (isTuple(n)) return say('step.forward.tuple', places);
      places.value = fmtAll(n.value);
      return say({i: 'step.forward.input', p: 'step.forward.parameter', c: 'step.forward.constant'}[n.kind] || 'step.forward.op', places);
    }
    case SEED:
      return say('step.seed', places);
    case OPEN: {
      if (!n.terms.length) return say('step.open.none', places);
      places.users = list(n.terms.map(t => userText(u, t.v, t.slot)));
      places.dLdv = partialText(n.terms[0].v);
      return say(n.terms.length > 1 ? 'step.open' : isTuple(nodes[n.terms[0].v]) ? 'step.open.tuple' : 'step.open.single', places);
    }
    case TERM: {
      const single = n.terms.length === 1 ? '.single' : '';
      Object.assign(places, {
        v: userText(u, term.v, term.slot), dLdv: partialText(term.v), dvdu: '∂' + nodes[term.v].label + '/∂' + n.label,
        rule: lesson.rules[term.rule][0], product: fmtAll(term.product), sum: fmtAll(term.sum),
      });
      if (term.local < 0 || term.upstream < 0) return say('step.term.rule' + single, places);
      places.upstream = fmtAll(term.upstream);
      places.local = fmtAll(term.local);
      if (places.local[0] === '-') places.local = '(' + places.local + ')';
      places.times = timesSign(term);
      const told = say('step.term' + (isSummedBack(term) ? '.broadcast' : '') + single, places);
      return isMasked(term) ? told + ' ' + say('step.term.masked', places) : told;
    }
    default:
      return say(n.flow === FLOWS ? (n.terms.length === 1 ? 'step.close.single' : 'step.close')
        : ['', 'step.close.unreachable', 'step.close.stopped', 'step.close.discrete'][n.flow], places);
  }
}
