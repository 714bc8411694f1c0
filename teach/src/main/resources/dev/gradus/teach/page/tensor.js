// Tensors as heatmaps, and the sum behind one element: which elements above it send how much.
const colours = x => {
  const t = Math.max(-1, Math.min(1, x)), a = Math.abs(t);
  return t < 0 ? `color-mix(in oklab, var(--negative) ${Math.round(a * 100)}%, var(--zero))` : `color-mix(in oklab, var(--positive) ${Math.round(a * 100)}%, var(--zero))`;
};

const matrixOf = shape => [shape.slice(0, -1).reduce((a, b) => a * b, 1), shape.length ? shape[shape.length - 1] : 1];

// A heatmap, diverging and centred at 0; with numbers up to 8 by 8, as a canvas when it is large.
function heatmap(i, {lit, selected, pick} = {}) {
  const [rows, columns] = matrixOf(shapeOf(i)), size = rows * columns;
  let largest = 0;
  for (let e = 0; e < size; e++) largest = Math.max(largest, Number.isFinite(number(i, e)) ? Math.abs(number(i, e)) : 0);
  const shade = e => colours(largest ? number(i, e) / largest : 0);
  if (rows > 8 || columns > 8) return canvas(i, rows, columns, largest);
  return h('table', {class: 'heat', role: 'grid'}, Array.from({length: rows}, (_, r) => h('tr', null, Array.from({length: columns}, (_, c) => {
    const e = r * columns + c;
    const cell = h(pick ? 'button' : 'span', {class: 'cell', 'data-element': pick ? e : null, 'aria-pressed': pick ? String(selected === e) : null}, fmtOf(i, e, 3));
    cell.style.background = shade(e);
    return h('td', {class: (lit && lit.has(e) ? 'lit ' : '') + (selected === e ? 'chosen' : '')}, cell);
  }))));
}

function canvas(i, rows, columns, largest) {
  const element = h('canvas', {width: Math.min(columns, 512), height: Math.min(rows, 512), class: 'heat', role: 'img', 'aria-label': say('page.heatmap', {rows, columns, largest: fmt(largest, 3)})});
  const pen = element.getContext('2d'), image = pen.createImageData(element.width, element.height);
  for (let r = 0; r < element.height; r++) {
    for (let c = 0; c < element.width; c++) {
      const x = number(i, Math.floor(r * rows / element.height) * columns + Math.floor(c * columns / element.width)) / (largest || 1), a = Math.min(1, Math.abs(x));
      const to = x < 0 ? [67, 147, 195] : [224, 130, 20];
      to.forEach((channel, j) => image.data[4 * (r * element.width + c) + j] = 247 + a * (channel - 247));
      image.data[4 * (r * element.width + c) + 3] = 255;
    }
  }
  pen.putImageData(image, 0, 0);
  return element;
}

function tensorPanel(state, n, i) {
  if (i < 0 || shapeOf(i).length === 0) return null;
  const e = state.element < sizeOf(i) ? state.element : -1;
  const map = heatmap(i, {selected: e, pick: true});
  if (i !== n.gradient || e < 0) return h('div', {class: 'scroll'}, map);
  return h('div', null, h('div', {class: 'scroll'}, map), elementSum(n, e));
}

// A term is linear in ∂L/∂v: what element j of ∂L/∂v contributes to element e is the term with all other elements set to 0.
function contributions(t, e) {
  const size = t.upstream < 0 ? 0 : sizeOf(t.upstream);
  if (size === 0 || size > 64 || machine.isBlocked(t.product, t.upstream)) return null;
  const parts = [];
  for (let j = 0; j < size; j++) {
    const one = new Float64Array(size);
    one[j] = 1;
    const factor = evaluateWith(t.product, [[t.upstream, one]])[e];
    if (factor !== 0) parts.push({j, upstream: number(t.upstream, j), factor});
  }
  return parts;
}

// The elements of v's other operands that the factors of element e are made of.
function sources(t, e) {
  const lit = new Map();
  const ones = new Float64Array(sizeOf(t.upstream)).fill(1);
  const base = evaluateWith(t.product, [[t.upstream, ones]])[e];
  for (const o of new Set(nodes[t.v].operands)) {
    const i = nodes[o].value;
    if (i < 0 || sizeOf(i) > 64 || machine.isBlocked(t.product, i)) continue;
    const found = new Set();
    for (let j = 0; j < sizeOf(i); j++) {
      const moved = Float64Array.from({length: sizeOf(i)}, (_, x) => number(i, x) + (x === j ? 0.37 : 0));
      if (evaluateWith(t.product, [[t.upstream, ones], [i, moved]])[e] !== base) found.add(j);
    }
    if (found.size) lit.set(o, found);
  }
  return lit;
}

function elementSum(n, e) {
  return h('div', {class: 'element', id: 'element'}, h('h3', null, say('page.element', {u: partialText(n.id) + placeText(n.gradient, e)})),
    n.terms.slice(0, 8).map(t => {
      const parts = contributions(t, e);
      if (!parts) return h('p', {class: 'quiet'}, say('page.element.large', {v: nodes[t.v].label, value: fmt(number(t.product, e))}));
      const lit = sources(t, e);
      const sum = parts.slice(0, 12).map(p => [mathNumberIn(p.upstream), m('mo', '·'), mathNumberIn(p.factor)]);
      return h('div', {class: 'line'}, h('div', {class: 'caption'}, say('page.element.term', {v: nodes[t.v].label, count: parts.length})),
        h('div', {class: 'scroll'}, h('div', {class: 'math'}, math(...(sum.length ? joined(sum, '+').flat() : [m('mn', '0')]), ...(parts.length > 12 ? [m('mo', '+ …')] : []), '=', mathNumber(fmt(number(t.product, e)))))),
        h('div', {class: 'maps'}, h('figure', null, h('figcaption', null, math(partial(t.v))), heatmap(t.upstream, {lit: new Set(parts.map(p => p.j))})),
          [...lit].map(([o, found]) => h('figure', null, h('figcaption', null, math(symbol(nodes[o]))), heatmap(nodes[o].value, {lit: found})))));
    }),
    h('div', {class: 'sum closed'}, math(partial(n.id), m('mtext', placeText(n.gradient, e)), '=', mathNumber(fmt(number(n.gradient, e))))));
}

const mathNumberIn = x => x < 0 ? m('mrow', m('mo', '('), mathNumber(fmt(x, 4)), m('mo', ')')) : mathNumber(fmt(x, 4));
