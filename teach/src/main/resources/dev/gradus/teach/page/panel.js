// The right side: this step in rule, symbols and numbers; a node with its value, gradient and check.
const labelled = (title, ...content) => h('div', {class: 'line'}, h('div', {class: 'caption'}, title), ...content);
const mathRow = (...parts) => h('div', {class: 'math'}, math(...parts));

function joined(items, between) {
  return items.flatMap((item, i) => i ? [m('mo', between), item] : [item]);
}

function forwardPanel(n, k) {
  if (isLeaf(n) || isTuple(n) || !n.definition || typeof n.definition === 'string') {
    return [h('p', {class: 'quiet'}, isLeaf(n) ? lesson.ops[n.op] : definitionText(n)), isTuple(n) ? null : mathRow(symbol(n), '=', mathValue(n.value, true))];
  }
  return [
    labelled(say('page.symbols'), mathRow(symbol(n), '=', equation(n.definition, atomSymbol))),
    labelled(say('page.numbers'), mathRow(symbol(n), '=', equation(n.definition, atomNumber(k)), '=', mathValue(n.value, true))),
  ];
}

// ∂L/∂v · ∂v/∂u, in symbols or with the numbers known at step k (k = -1: symbols).
function product(t, k) {
  const write = k < 0 ? atomSymbol : atomNumber(k);
  if (t.dvdu) {
    const upstream = write(-1 - t.v), local = equation(t.dvdu, write);
    const sum = m('mrow', upstream, m('mo', lesson.templates[t.dvdu[0]][3] ? timesSign(t) : '·'), lesson.templates[t.dvdu[0]][2] ? m('mrow', m('mo', '('), local, m('mo', ')')) : local);
    return isSummedBack(t) ? m('mrow', m('mo', '∑'), sum) : sum;
  }
  if (t.equation) return equation(t.equation, write);
  return m('mtext', lesson.rules[t.rule][0]);
}

const generalRule = u => mathRow(partial(u), '=', m('munder', m('mo', '∑'), m('mrow', m('mi', 'v'), m('mo', '∈'), m('mi', 'Γ'), m('mo', '('), symbol(nodes[u]), m('mo', ')'))),
  m('mfrac', m('mrow', m('mo', '∂'), symbol(nodes[L])), m('mrow', m('mo', '∂'), m('mi', 'v'))), '·',
  m('mfrac', m('mrow', m('mo', '∂'), m('mi', 'v')), m('mrow', m('mo', '∂'), symbol(nodes[u]))));

function tick(on) {
  return h('span', {class: on ? 'tick on' : 'tick', title: say(on ? 'page.known' : 'page.unknown')}, on ? '✓' : '·');
}

// As many as are shown of a long list, the current one among them.
function excerpt(all, current, most) {
  const from = Math.max(0, Math.min(all.length - most, current - (most >> 1)));
  return [from, all.slice(from, from + most), all.length - from - most];
}

// One row for each v in Γ(u).
function userRows(n, k) {
  const now = steps[k].term, sending = new Map(n.terms.map(t => [t.v + '.' + t.slot, t]));
  const [before, shown, after] = excerpt(n.users, now ? n.users.findIndex(([v, slot]) => v === now.v && slot === now.slot) : 0, 40);
  const left = count => count > 0 ? h('tr', null, h('td', {colspan: 5}, say('page.more', {count}))) : null;
  const rows = shown.map(([v, slot]) => {
    const t = sending.get(v + '.' + slot);
    const done = t && k >= t.step, current = steps[k].term === t && t;
    const name = h('button', {class: 'link', 'data-go': v}, userText(n.id, v, slot));
    if (!t) return h('tr', null, h('td', null, tick(true)), h('th', {scope: 'row'}, name), h('td', {colspan: 3, class: 'quiet'}, say('page.sends.nothing')));
    const upstream = upstreamKnown(t, k);
    return h('tr', {class: current ? 'now' : done ? 'done' : ''},
      h('td', null, tick(upstream)), h('th', {scope: 'row'}, name),
      h('td', null, t.upstream < 0 ? '—' : upstream ? shortText(t.upstream) : '·'),
      h('td', null, t.dvdu ? math(equation(t.dvdu, atomSymbol)) : ruleText(t), t.local >= 0 && shapeOf(t.local).length === 0 && t.dvdu?.length !== 1 ? ' = ' + chipText(t.local) : null),
      h('td', {class: 'strong'}, done ? shortText(t.product) : '·'));
  });
  const caption = math(m('mi', 'Γ'), '(', symbol(n), ')');
  return h('div', {class: 'scroll', tabindex: 0, role: 'group', 'aria-label': say('page.users', {u: n.label})}, h('table', {class: 'rows'}, h('thead', null, h('tr', null,
    h('td', null), h('th', {scope: 'col'}, 'v ∈ ', caption), h('th', {scope: 'col'}, '∂' + nodes[L].label + '/∂v'), h('th', {scope: 'col'}, '∂v/∂' + shorten(n.label, 8)), h('th', {scope: 'col'}, say('page.term')))),
    h('tbody', null, left(before), rows, left(after))));
}

const shortText = i => sizeOf(i) <= 4 ? fmtAll(i) : chipText(i);
// What the op makes of g = dL/dv, where there is no single local derivative.
const ruleText = t => h('span', {class: 'rule'}, 'g ↦ ' + lesson.rules[t.rule][0]);

// What the letters x, y, z of an elementwise rule stand for here.
const bindings = t => nodes[t.v].operands.slice(0, 3).map((o, slot) => ['xyz'[slot], nodes[o].label]).concat([['v', nodes[t.v].label]])
  .filter(([letter, label]) => letter !== label).map(([letter, label]) => letter + ' = ' + label);

function opRule(t) {
  const [text, mathMl] = lesson.rules[t.rule], given = bindings(t);
  return mathMl ? [mathRow(template(mathMl)), given.length ? h('div', {class: 'caption'}, say('page.rule.with', {bindings: given.join(', ')})) : null] : h('div', {class: 'rule'}, say('page.rule.op', {op: lesson.ops[nodes[t.v].op], rule: text, dLdv: partialText(t.v)}));
}

function sumPanel(n, k) {
  const now = steps[k].term, [before, shown, after] = excerpt(n.terms, now ? now.index : 0, 6), dots = count => count > 0 ? [m('mo', '…')] : [];
  const sum = write => joined([...dots(before), ...shown.map(write), ...dots(after)], '+');
  const done = n.terms.filter(t => k >= t.step), closed = gradientKnown(n, k);
  const focus = now || n.terms[0];
  return [
    labelled(say('page.rule'), generalRule(n.id), focus ? opRule(focus) : null),
    n.terms.length ? labelled(say('page.symbols'), mathRow(partial(n.id), '=', ...sum(t => marked(product(t, -1), t === now)))) : null,
    done.length ? labelled(say('page.numbers'), mathRow(...sum(t => k >= t.step ? marked(product(t, k), t === now) : unknown()))) : null,
    userRows(n, k),
    h('div', {class: closed ? 'sum closed' : 'sum', id: 'sum'},
      closed ? math(partial(n.id), '=', mathValue(n.gradient, true))
        : n.flow !== FLOWS ? say('page.none')
        : [h('span', {class: 'caption'}, say('page.sum.sofar', {done: done.length, all: n.terms.length}) + ' '), done.length ? math(mathValue(done[done.length - 1].sum, true)) : '·']),
  ];
}

function marked(element, on) {
  if (on) element.setAttribute('class', 'now');
  return element;
}

function stepPanel(state) {
  const k = state.k, step = steps[k];
  if (step.kind === PARAMETERS) return [h('h2', null, say('page.gradients')), leafTable()];
  const n = nodes[step.u];
  const title = h('h2', null, say('page.kind.' + step.kind), ' ', math(step.kind === FORWARD ? symbol(n) : partial(n.id)));
  if (step.kind === FORWARD) return [title, ...forwardPanel(n, k), tensorPanel(state, n, n.value)];
  if (step.kind === SEED) return [title, mathRow(partial(n.id), '=', mathValue(n.gradient, true))];
  return [title, ...sumPanel(n, k), tensorPanel(state, n, gradientKnown(n, k) ? n.gradient : -1)];
}

function leafTable() {
  return h('table', {class: 'rows'}, h('thead', null, h('tr', null, h('th', {scope: 'col'}, say('page.leaf')), h('th', {scope: 'col'}, say('page.value')), h('th', {scope: 'col'}, say('page.gradient')))),
    h('tbody', null, lesson.leaves.slice(0, 100).map(w => h('tr', null, h('th', {scope: 'row'}, h('button', {class: 'link', 'data-go': w}, nodes[w].label)),
      h('td', null, fmtAll(nodes[w].value)), h('td', {class: 'strong'}, nodes[w].gradient < 0 ? say('page.none') : fmtAll(nodes[w].gradient))))));
}

// A node: its value (which a reader may change where it is a leaf), its gradient, its source, and a check.
function nodePanel(state) {
  if (state.node === null) return [h('p', {class: 'quiet'}, say('page.node.choose'))];
  const n = nodes[state.node], k = state.k;
  return [
    h('h2', null, math(symbol(n)), ' ', h('small', null, lesson.ops[n.op], isTuple(n) ? '' : ' ' + machine.dtype(n.value) + (shapeOf(n.value).length ? '[' + shapeOf(n.value).join(', ') + ']' : ''))),
    n.line >= 0 ? h('p', {class: 'quiet'}, lesson.lines[n.line][0]) : null,
    lesson.fixed.includes(n.id) ? h('p', {class: 'note', id: 'played'}, say('page.played', {op: lesson.ops[n.op], ops: lesson.playedBack.join(', ')})) : null,
    isTuple(n) ? null : (n.kind === 'i' || n.kind === 'p') && sizeOf(n.value) ? editor(state, n) : forwardPanel(n, Infinity),
    isTuple(n) ? null : [
      labelled(say('page.value'), tensorPanel(state, n, n.value) || h('div', {class: 'big'}, chipText(n.value))),
      labelled(say('page.gradient'), n.flow !== FLOWS ? say('page.none') : gradientKnown(n, k) ? tensorPanel(state, n, n.gradient) || h('div', {class: 'big'}, chipText(n.gradient)) : h('div', {class: 'big pending'}, '·')),
      curvePanel(n), checkPanel(state, n)],
    h('button', {class: 'wide', 'data-action': 'focus'}, say(state.focus === n.id ? 'page.unfocus' : 'page.focus')),
  ];
}

function editor(state, n) {
  if (!isOpen(n)) return h('p', {class: 'note'}, say('page.locked', {ops: lesson.playedBack.join(', ')}));
  const e = state.element < sizeOf(n.value) ? state.element : 0;
  const input = h('input', {type: 'number', step: 'any', id: 'edit', value: number(n.value, e), 'data-node': n.id, 'data-element': e});
  const slider = h('input', {type: 'range', min: -5, max: 5, step: 0.01, value: number(n.value, e), id: 'drag', 'data-node': n.id, 'data-element': e, 'aria-label': say('page.drag', {u: n.label})});
  const where = sizeOf(n.value) > 1 ? placeText(n.value, e) : '';
  return h('div', {class: 'line'}, h('label', {for: 'edit', class: 'caption'}, say('page.change', {u: n.label + where})), input, slider);
}

// An element's place as the lecture writes it, rows and columns from 1.
const placeText = (i, e) => '[' + indexOf(e, shapeOf(i)).map(x => x + 1).join(', ') + ']';

function indexOf(e, shape) {
  const index = [];
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    index.unshift(e % shape[axis]);
    e = Math.floor(e / shape[axis]);
  }
  return index;
}

// v = f(u) as a curve with its derivative and the place where u is now; for a leaf the loss as a function of it.
function curvePanel(n) {
  const one = i => i >= 0 && shapeOf(i).length === 0 && machine.dtype(i)[0] === 'f';
  const t = isLeaf(n) ? null : n.operands.length === 1 && terms.find(t => t.v === n.id && t.local >= 0);
  if (!isLeaf(n) && !t || n.kind === 'c') return null;
  const [over, curve, slope, seed] = t ? [nodes[t.u].value, n.value, t.local, 1] : [n.value, nodes[L].value, n.gradient, one(nodes[L].gradient) ? number(nodes[L].gradient) : 0];
  if (!one(over) || !one(curve) || !one(slope) || !seed || over === curve || machine.isBlocked(curve, over) || machine.isStopped(curve, over)) return null;
  const x = number(over), reach = Math.max(6, Math.abs(x) * 1.5), points = [], more = [];
  for (let i = 0; i <= 120; i++) {
    const at = reach * (i / 60 - 1);
    points.push([at, machine.runWith(curve, [[over, 0, at]])[0]]);
    more.push([at, machine.runWith(slope, [[over, 0, at]])[0] / seed]);
  }
  const name = t ? nodes[t.u].label : n.label, f = t ? n.label : nodes[L].label;
  return labelled(say('page.curve', {f, u: name}), plot({points, more, marks: [[x, number(curve), 'here'], [x, number(slope) / seed, 'there']], title: say('page.curve', {f, u: name}), xLabel: name}),
    t && isOpen(nodes[t.u]) ? h('input', {type: 'range', min: -6, max: 6, step: 0.01, value: x, id: 'drag', 'data-node': t.u, 'data-element': 0, 'aria-label': say('page.drag', {u: name})}) : null);
}

// A step that suits the dtypes: the error of a difference is smallest near the cube root of their rounding.
const IS_COARSE = nodes.some(n => !isTuple(n) && machine.dtype(n.value) === 'f32');
const stepExponent = state => state.h ?? (IS_COARSE ? -2.5 : -5);

// The gradient beside finite differences of the loss by the node itself.
function checkPanel(state, n) {
  if (n.gradient < 0 || n.flow !== FLOWS || !sizeOf(n.value)) return null;
  const e = state.element < sizeOf(n.value) ? state.element : 0;
  const caption = labelled.bind(null, say('page.check'));
  if (machine.isBlocked(nodes[L].value, n.value)) return h('p', {class: 'note'}, say('page.check.playback', {ops: lesson.playedBack.join(', ')}));
  if (!gradientKnown(n, state.k)) return caption(h('p', {class: 'quiet'}, say('page.check.later')));
  const exact = number(n.gradient, e), scale = Math.max(1, Math.abs(number(n.value, e))), seed = Array.from(machine.value(nodes[L].gradient));
  const difference = h => machine.difference(nodes[L].value, n.value, e, h * scale, seed);
  const step = 10 ** stepExponent(state), estimate = difference(step);
  if (!Number.isFinite(exact) || !Number.isFinite(number(n.value, e)) || !Number.isFinite(estimate)) {
    return caption(h('p', {class: 'note'}, say('page.check.infinite', {dLdu: partialText(n.id), exact: fmt(exact), estimate: fmt(estimate)})));
  }
  const points = [];
  for (let x = -12; x <= 0.001; x += 0.5) points.push([10 ** x, Math.max(Math.abs(difference(10 ** x) - exact), 1e-18)]);
  return caption(
    h('table', {class: 'rows', id: 'check'}, h('tbody', null,
      h('tr', null, h('th', {scope: 'row'}, partialText(n.id)), h('td', null, fmt(exact, 12))),
      h('tr', null, h('th', {scope: 'row'}, say('page.check.difference')), h('td', {id: 'difference'}, fmt(estimate, 12))),
      h('tr', null, h('th', {scope: 'row'}, say('page.check.error')), h('td', null, fmt(Math.abs(estimate - exact), 3))))),
    h('label', {class: 'caption', for: 'h'}, 'h = ' + fmt(step, 3) + (scale > 1 ? ' · |' + n.label + '|' : '')),
    h('input', {type: 'range', id: 'h', min: -12, max: 0, step: 0.5, value: stepExponent(state)}),
    machine.isStopped(nodes[L].value, n.value) ? h('p', {class: 'quiet'}, say('page.check.stopped')) : null,
    plot({points, marks: [[step, Math.max(Math.abs(estimate - exact), 1e-18), 'here']], logX: true, logY: true, title: say('page.check.curve'), xLabel: 'h', yLabel: say('page.check.error')}));
}

// The table view: the same as the picture, for reading.
function tablePanel(state) {
  const k = state.k, members = state.focus !== null ? [...picture.boxes.keys()] : groups[state.group].members;
  const row = member => {
    if (member < 0) {
      const g = groups[-1 - member];
      return h('tr', null, h('th', {scope: 'row'}, h('button', {class: 'link', 'data-enter': g.id}, groupLabel(g))), h('td', {colspan: 3}, say('page.group.gradients', {done: g.all.filter(n => gradientKnown(nodes[n], k)).length, all: g.all.length})));
    }
    const n = nodes[member];
    return h('tr', {class: steps[k].u === member ? 'now' : ''}, h('th', {scope: 'row'}, h('button', {class: 'link', 'data-go': member}, n.label)), h('td', null, definitionText(n)),
      h('td', null, isTuple(n) ? '' : valueKnown(n, k) ? fmtAll(n.value) : say('page.unknown')),
      h('td', null, isTuple(n) ? '' : n.flow !== FLOWS ? say('page.none') : gradientKnown(n, k) ? fmtAll(n.gradient) : say('page.unknown')));
  };
  return h('table', {class: 'rows', id: 'table'}, h('caption', null, say('page.table.caption')), h('thead', null, h('tr', null,
    ...['page.node', 'page.formula', 'page.value', 'page.gradient'].map(key => h('th', {scope: 'col'}, say(key))))), h('tbody', null, members.map(row)));
}
