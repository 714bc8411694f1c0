// Small helpers for elements, mathematics and plots. User text is only ever set as text.
const SVG = 'http://www.w3.org/2000/svg';
const $ = id => document.getElementById(id);

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  for (const child of children) {
    if (child !== null && child !== undefined && child !== false) element.append(child);
  }
  return element;
}
const h = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children.flat(9));
const s = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children.flat(9));

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function show(element, ...children) {
  element.replaceChildren(...children.flat(9).filter(child => child !== null && child !== undefined && child !== false));
}

// Mathematics as MathML. Templates and symbols come from Java, where names were escaped.
const MATHML = 'http://www.w3.org/1998/Math/MathML';
const m = (tag, ...children) => fill(document.createElementNS(MATHML, tag), null, children.flat(9));
const parsed = new Map();

function template(text) {
  if (!parsed.has(text)) {
    const holder = document.createElement('template');
    holder.innerHTML = '<math><mrow>' + text + '</mrow></math>';
    parsed.set(text, holder.content.firstChild.firstChild);
  }
  return parsed.get(text).cloneNode(true);
}

function math(...parts) {
  const whole = fill(m('math', ...parts.map(p => typeof p === 'string' ? m('mo', p) : p)), {displaystyle: 'true'}, []);
  // Some fonts have only wide parentheses among those that stretch: others stay as they are.
  for (const sign of whole.querySelectorAll('mo')) {
    if ('()'.includes(sign.textContent) && !sign.parentNode.querySelector('mfrac,mtable')) sign.setAttribute('stretchy', 'false');
  }
  return whole;
}
const symbol = n => template(n.symbol);
const partial = u => m('mfrac', m('mrow', m('mo', '∂'), symbol(nodes[L])), m('mrow', m('mo', '∂'), symbol(nodes[u])));

function mathNumber(text) {
  const negative = text[0] === '-';
  const body = negative ? text.slice(1) : text;
  const [mantissa, exponent] = body.includes('e') ? body.split('e') : [body];
  const plain = exponent === undefined
    ? m('mn', mantissa)
    : m('mrow', m('mn', mantissa), m('mo', '·'), m('msup', m('mn', '10'), mathNumber(exponent)));
  return negative ? m('mrow', m('mo', '−'), plain) : plain;
}

// The number of an instruction: a scalar, a small matrix, or its size.
function mathValue(i, bare) {
  const shape = shapeOf(i);
  if (shape.length === 0) {
    const text = fmtOf(i, 0);
    return bare || text[0] !== '-' && !text.includes('e') ? mathNumber(text) : m('mrow', m('mo', '('), mathNumber(text), m('mo', ')'));
  }
  const rows = shape.length === 1 ? 1 : shape[0], columns = shape[shape.length - 1];
  if (shape.length > 2 || rows > 4 || columns > 4) return m('mtext', '[' + shape.join('×') + ']');
  const table = Array.from({length: rows}, (_, r) => m('mtr', Array.from({length: columns}, (_, c) => m('mtd', mathNumber(fmtOf(i, r * columns + c, 3))))));
  return fill(m('mtable', table), {class: 'matrix'}, []);
}

const unknown = () => m('mi', '?');
const atomSymbol = a => a < 0 ? partial(-1 - a) : symbol(nodes[a]);
const atomNumber = k => a => a < 0
  ? (gradientKnown(nodes[-1 - a], k) ? mathValue(nodes[-1 - a].gradient) : unknown())
  : (valueKnown(nodes[a], k) ? mathValue(nodes[a].value) : unknown());

function equation([index, ...atoms], write) {
  const filled = template(lesson.templates[index][0]);
  for (const place of filled.querySelectorAll('[data-a]')) {
    place.replaceWith(write(atoms[+place.getAttribute('data-a')]));
  }
  return filled;
}

// A plot of points [x, y] in a box, and of a second curve if there is one; both axes may be logarithmic. Marks are [x, y, class].
function plot({points, more = [], marks = [], width = 320, height = 170, logX, logY, title, xLabel, yLabel}) {
  const tx = x => logX ? Math.log10(x) : x, ty = y => logY ? Math.log10(y) : y;
  const scaled = all => all.map(([x, y, kind]) => [tx(x), ty(y), kind]).filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y));
  const curves = [scaled(points), scaled(more)], dots = scaled(marks), all = [...curves[0], ...curves[1], ...dots];
  const range = i => {
    const low = Math.min(...all.map(p => p[i])), high = Math.max(...all.map(p => p[i]));
    return all.length === 0 ? [0, 1] : low === high ? [low - 1, high + 1] : [low, high];
  };
  const [x0, x1] = range(0), [y0, y1] = range(1);
  const px = x => 58 + (x - x0) / (x1 - x0) * (width - 70), py = y => height - 28 - (y - y0) / (y1 - y0) * (height - 44);
  const tick = (v, log) => log ? '1e' + Math.round(v) : fmt(v, 3);
  return s('svg', {viewBox: `0 0 ${width} ${height}`, class: 'plot', role: 'img', 'aria-label': title},
    s('path', {class: 'axis', d: `M58 12V${height - 28}H${width - 12}`}),
    s('text', {x: 54, y: py(y1) + 4, class: 'tick end'}, tick(y1, logY)), s('text', {x: 54, y: py(y0) + 4, class: 'tick end'}, tick(y0, logY)),
    s('text', {x: px(x0), y: height - 14, class: 'tick'}, tick(x0, logX)), s('text', {x: px(x1), y: height - 14, class: 'tick end'}, tick(x1, logX)),
    s('text', {x: (58 + width) / 2, y: height - 2, class: 'tick middle'}, xLabel || ''), s('text', {x: 62, y: 10, class: 'tick'}, yLabel || ''),
    curves.map((curve, c) => s('path', {class: c ? 'curve more' : 'curve', d: curve.map(([x, y], i) => (i ? 'L' : 'M') + px(x).toFixed(1) + ' ' + py(y).toFixed(1)).join('')})),
    dots.map(([x, y, kind]) => s('circle', {class: kind, cx: px(x), cy: py(y), r: 4.5})));
}
