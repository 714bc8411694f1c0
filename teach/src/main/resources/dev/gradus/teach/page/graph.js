// The picture of one group of the graph: boxes for nodes and for the groups inside, forward links solid, backward ones dashed.
// Boxes are made when the view changes; a step only changes classes and texts.
const BOX = lesson.box;
const groups = lesson.groups.map((g, id) => ({id, ...g}));
const groupOf = new Array(N);
for (const g of groups) {
  for (const member of g.members) {
    if (member >= 0) groupOf[member] = g.id;
    else groups[-1 - member].parent = g.id;
  }
}
// All nodes below a group.
for (const g of [...groups].reverse()) {
  g.all = g.members.flatMap(member => member >= 0 ? [member] : groups[-1 - member].all);
}

const picture = {view: null, boxes: new Map(), links: [], memberOf: [], element: null, zoom: 0};

function groupLabel(g) {
  return say('group.' + g.kind, {name: g.label, count: g.all.length, op: g.op, number: g.number, pieces: g.pieces});
}

function pathOf(g) {
  const path = [];
  for (let at = g; at; at = at.parent === undefined ? null : groups[at.parent]) path.unshift(at);
  return path;
}

// The member of group g that shows node n: the node, a group that holds it, or null.
function memberFor(g, n) {
  let at = groupOf[n];
  if (at === g.id) return n;
  while (at !== undefined && groups[at].parent !== g.id) at = groups[at].parent;
  return at === undefined ? null : -1 - at;
}

const shorten = (text, most) => text.length > most ? text.slice(0, most - 1) + '…' : text;

// Name and op share a line: about 10 and 6.4 wide per letter.
function headOf(n) {
  const room = BOX.width - 26, op = shorten(lesson.ops[n.op], Math.max(6, Math.floor((room - 10 * Math.min(n.label.length, 8)) / 6.4)));
  return [shorten(n.label, Math.max(4, Math.floor((room - 6.4 * op.length) / 10))), op];
}

// Nodes that this one uses, or is used by, and that are not in the picture.
function stub(n, ids, y, key) {
  const outside = [...new Set(ids)].filter(id => state.focus === null && memberFor(groups[state.group], id) === null);
  return outside.length ? s('text', {x: BOX.width / 2, y, class: 'stub middle'}, say(key, {nodes: shorten(outside.map(id => nodes[id].label).join(', '), 20)})) : null;
}

const roleOf = n => ({i: 'input', p: 'parameter', c: 'constant'}[n.kind] || 'op');

function nodeBox(n) {
  const [name, op] = headOf(n);
  const parts = {
    element: null, value: s('text', {y: 40, class: 'number end'}), gradient: s('text', {y: 60, class: 'number end'}),
    valueTag: s('text', {x: 12, y: 40, class: 'tag'}, say('page.value.short')), gradientTag: s('text', {x: 12, y: 60, class: 'tag'}, '∂'),
  };
  parts.element = s('g', {class: 'node ' + roleOf(n), 'data-node': n.id, tabindex: -1, role: 'button'},
    s('rect', {class: 'body', width: BOX.width, height: BOX.height, rx: isLeaf(n) ? 14 : 5}),
    s('text', {x: 10, y: 18, class: 'name'}, name),
    s('text', {x: BOX.width - 10, y: 18, class: 'op end'}, op),
    stub(n, n.operands, BOX.height + 12, 'page.stub.operands'), stub(n, n.users.map(([v]) => v), -5, 'page.stub.users'),
    isTuple(n) ? null : [
      s('rect', {class: 'chip value', x: 6, y: 26, width: BOX.width - 12, height: 19, rx: 4}), parts.valueTag, parts.value,
      s('rect', {class: 'chip gradient', x: 6, y: 47, width: BOX.width - 12, height: 18, rx: 4}), parts.gradientTag, parts.gradient],
    s('title', null, n.label));
  return parts;
}

function groupBox(g) {
  const parts = {element: null, count: s('text', {x: BOX.width / 2, y: 40, class: 'number middle'}), gradient: s('text', {x: BOX.width / 2, y: 58, class: 'number middle'})};
  parts.element = s('g', {class: 'group', 'data-group': g.id, tabindex: -1, role: 'button'},
    s('rect', {class: 'body under', x: 5, y: -5, width: BOX.width, height: BOX.height, rx: 5}),
    s('rect', {class: 'body', width: BOX.width, height: BOX.height, rx: 5}),
    s('text', {x: BOX.width / 2, y: 20, class: 'name middle'}, shorten(groupLabel(g), 21)), parts.count, parts.gradient,
    s('title', null, groupLabel(g)));
  return parts;
}

// A curve through the points of a route that leaves and meets the boxes straight.
function curve(points, horizontal) {
  let d = `M${points[0][0]} ${points[0][1]}`;
  for (let i = 1; i < points.length; i++) {
    const [x0, y0] = points[i - 1], [x1, y1] = points[i];
    d += horizontal ? `C${(x0 + x1) / 2} ${y0} ${(x0 + x1) / 2} ${y1} ${x1} ${y1}` : `C${x0} ${(y0 + y1) / 2} ${x1} ${(y0 + y1) / 2} ${x1} ${y1}`;
  }
  return d;
}

const shifted = (points, by, horizontal) => points.map(([x, y]) => horizontal ? [x, y + by] : [x + by, y]);

// What is drawn: a group's members at the places that Java found, or a node with its neighbours.
function arrangement(state) {
  if (state.focus !== null) return neighbourhood(nodes[state.focus]);
  const g = groups[state.group], layout = g.layouts[state.horizontal ? 1 : 0];
  return {
    ...layout, horizontal: state.horizontal, members: g.members,
    places: g.members.map((_, i) => [layout.places[2 * i], layout.places[2 * i + 1]]),
    links: layout.links.map(([from, to, ...route]) => ({
      from: g.members[from], to: g.members[to], points: Array.from({length: route.length / 2}, (_, i) => [route[2 * i], route[2 * i + 1]]),
    })),
  };
}

// u in the middle, Γ(u) above, its operands below.
function neighbourhood(u) {
  const most = 12, gap = 24, up = 70;
  const users = [...new Set(u.users.map(([v]) => v))].slice(0, most), operands = [...new Set(u.operands)].slice(0, most);
  const rows = [users, [u.id], operands];
  const width = Math.max(...rows.map(row => row.length * (BOX.width + gap))) + gap;
  const members = [], places = [];
  rows.forEach((row, r) => row.forEach((id, i) => {
    members.push(id);
    places.push([(width - row.length * (BOX.width + gap) + gap) / 2 + i * (BOX.width + gap), 14 + r * (BOX.height + up)]);
  }));
  const place = id => places[members.indexOf(id)];
  const link = (from, to) => {
    const [x0, y0] = place(from), [x1, y1] = place(to);
    return {from, to, points: [[x0 + BOX.width / 2, y0], [x1 + BOX.width / 2, y1 + BOX.height]]};
  };
  return {
    width, height: 28 + 3 * BOX.height + 2 * up, horizontal: false, members, places,
    links: [...users.map(v => link(u.id, v)), ...operands.filter(o => !users.includes(o)).map(o => link(o, u.id))],
  };
}

function drawGraph(state) {
  const view = JSON.stringify([state.group, state.focus, state.horizontal]);
  if (picture.view === view) return;
  picture.view = view;
  picture.boxes.clear();
  const arranged = arrangement(state), insides = new Map(arranged.members.map(member => [member, member >= 0 ? [member] : groups[-1 - member].all]));
  picture.memberOf = [];
  for (const [member, inside] of insides) for (const n of inside) picture.memberOf[n] = member;
  const linkLayer = s('g', null), boxLayer = s('g', null);
  picture.links = arranged.links.map(({from, to, points}) => {
    const forward = s('path', {class: 'forward', d: curve(shifted(points, -4, arranged.horizontal), arranged.horizontal), 'marker-end': 'url(#to-user)'});
    const backward = s('path', {class: 'backward', d: curve(shifted(points, 5, arranged.horizontal).reverse(), arranged.horizontal), 'marker-end': 'url(#to-operand)'});
    linkLayer.append(forward, backward);
    const inside = insides.get(from), sent = inside.flatMap(n => nodes[n].terms.filter(t => picture.memberOf[t.v] === to).map(t => t.step));
    return {from, to, forward, backward, knownAt: inside.reduce((last, n) => Math.max(last, nodes[n].valueStep), 0), sentAt: sent.reduce((first, step) => Math.min(first, step), NEVER)};
  });
  arranged.members.forEach((member, i) => {
    const parts = member >= 0 ? nodeBox(nodes[member]) : groupBox(groups[-1 - member]);
    parts.element.setAttribute('transform', `translate(${arranged.places[i][0]} ${arranged.places[i][1]})`);
    picture.boxes.set(member, parts);
    boxLayer.append(parts.element);
  });
  const marker = (id) => s('marker', {id, viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: 'auto'}, s('path', {d: 'M0 0L8 4L0 8z'}));
  picture.isNew = true;
  picture.top = arranged.members[arranged.places.reduce((best, place, i, all) => place[1] < all[best][1] ? i : best, 0)];
  picture.size = [arranged.width, arranged.height];
  picture.element = s('svg', {viewBox: `-8 -10 ${arranged.width + 16} ${arranged.height + 20}`, role: 'group', 'aria-label': say('page.graph')},
    s('defs', null, marker('to-user'), marker('to-operand')), linkLayer, boxLayer);
  show($('picture'), picture.element);
  scaleGraph();
}

// Small graphs fill the room in large type; large ones keep a readable size and scroll.
function scaleGraph() {
  const room = $('picture').getBoundingClientRect(), [width, height] = picture.size;
  const fit = Math.min((room.width - 8) / (width + 16), (room.height - 8) / (height + 20), 1.7);
  const scale = Math.max(fit, 0.62) * 1.25 ** picture.zoom;
  picture.fits = scale <= fit;
  picture.element.setAttribute('width', Math.round((width + 16) * scale));
  picture.element.setAttribute('height', Math.round((height + 20) * scale));
}

function gradientText(n, k) {
  if (n.flow !== FLOWS) return k > n.openStep ? say('page.none') : '·';
  if (gradientKnown(n, k)) return chipText(n.gradient);
  if (k < n.openStep) return '·';
  return 'Σ ' + say('page.progress', {done: n.terms.filter(t => k >= t.step).length, all: n.terms.length});
}

const chipText = i => {
  const shape = shapeOf(i);
  return shape.length === 0 ? fmtOf(i, 0) : sizeOf(i) === 1 ? '[' + fmtOf(i, 0) + ']' : shape.length === 1 ? say('picture.vector', {count: shape[0]}) : shape.join('×');
};

// Writes into a chip, with a small tensor in the colours of its heatmap; its tag gives way to a long text. i < 0: nothing to draw.
function fillChip(parts, key, text, i) {
  const left = BOX.width - 10 - mini(parts, key, i);
  parts[key].setAttribute('x', left);
  setText(parts[key], text);
  parts[key + 'Tag'].setAttribute('visibility', left - 7.3 * text.length < 16 + 5.5 * parts[key + 'Tag'].textContent.length ? 'hidden' : 'visible');
}

// Draws a small tensor and returns the room it takes.
function mini(parts, key, i) {
  const shape = i < 0 ? [] : shapeOf(i), [rows, columns] = matrixOf(shape);
  if (shape.length === 0 || rows > 8 || columns > 16 || rows * columns > 64 || picture.boxes.size > 60) {
    parts[key + 'Map']?.remove();
    parts[key + 'Map'] = null;
    return 0;
  }
  let largest = 0;
  for (let e = 0; e < rows * columns; e++) if (Number.isFinite(number(i, e))) largest = Math.max(largest, Math.abs(number(i, e)));
  const height = 15 / rows, width = Math.min(9, (shape.length === 1 ? 40 : 62) / columns), top = key === 'value' ? 28 : 48.5;
  if (!parts[key + 'Map']) {
    parts[key + 'Map'] = s('g', {class: 'mini'}, Array.from({length: rows * columns}, (_, e) =>
      s('rect', {x: BOX.width - 10 - width * (columns - e % columns), y: top + height * Math.floor(e / columns), width, height})));
    parts.element.append(parts[key + 'Map']);
  }
  [...parts[key + 'Map'].children].forEach((cell, e) => { cell.style.fill = colours(largest ? number(i, e) / largest : 0); });
  return 6 + width * columns;
}

// The classes of an element, always in the same order.
function setClasses(element, base, flags) {
  const all = [base, ...Object.keys(flags).filter(name => flags[name])].join(' ');
  if (element.getAttribute('class') !== all) element.setAttribute('class', all);
}

// The chips of a node, and its label for those who cannot see them.
function tellNumbers(n, parts, known, closed, gradient) {
  if (!isTuple(n)) {
    fillChip(parts, 'value', known ? chipText(n.value) : '·', known ? n.value : -1);
    fillChip(parts, 'gradient', gradient, closed ? n.gradient : -1);
  }
  parts.element.setAttribute('aria-label', [n.label, lesson.ops[n.op], known ? say('page.value.is', {value: isTuple(n) ? '' : fmtAll(n.value)}) : say('page.value.unknown'),
    closed ? say('page.gradient.is', {gradient: fmtAll(n.gradient)}) : n.flow !== FLOWS ? say('page.gradient.none') : say('page.gradient.unknown')].join(', '));
}

function updateGraph(state) {
  const k = state.k, step = steps[k], at = picture.memberOf[step.u];
  const backward = step.kind >= OPEN && step.kind <= CLOSE;
  const users = new Set(backward ? nodes[step.u].users.map(([v]) => picture.memberOf[v]) : []);
  const sender = step.kind === TERM ? picture.memberOf[step.term.v] : undefined;
  for (const [member, parts] of picture.boxes) {
    const current = step.kind !== PARAMETERS && member === at;
    const flags = {current, user: !current && users.has(member), active: member === sender, selected: member === state.node};
    if (member >= 0) {
      const n = nodes[member], known = valueKnown(n, k), closed = gradientKnown(n, k), gradient = isTuple(n) ? '' : gradientText(n, k);
      Object.assign(flags, {valued: known, closed, summing: k >= n.openStep && !closed && n.flow === FLOWS, locked: state.locked.has(member)});
      setClasses(parts.element, 'node ' + roleOf(n), flags);
      const now = [known, closed, gradient, state.version].join();
      if (parts.now !== now) {
        parts.now = now;
        tellNumbers(n, parts, known, closed, gradient);
      }
    } else {
      const inside = groups[-1 - member].all;
      setClasses(parts.element, 'group', flags);
      const values = inside.filter(n => valueKnown(nodes[n], k)).length, gradients = inside.filter(n => gradientKnown(nodes[n], k)).length;
      setText(parts.count, say('page.group.values', {done: values, all: inside.length}));
      setText(parts.gradient, say('page.group.gradients', {done: gradients, all: inside.filter(n => nodes[n].flow === FLOWS && !isTuple(nodes[n])).length}));
      const label = groupLabel(groups[-1 - member]) + ', ' + parts.count.textContent + ', ' + parts.gradient.textContent;
      if (parts.element.getAttribute('aria-label') !== label) parts.element.setAttribute('aria-label', label);
    }
  }
  for (const {from, to, forward, backward, knownAt, sentAt} of picture.links) {
    setClasses(forward, 'forward', {known: k >= knownAt, lit: step.kind === FORWARD && to === at});
    setClasses(backward, 'backward', {sent: k >= sentAt, lit: step.kind === TERM && from === at && to === sender});
  }
}

const topBox = () => picture.boxes.get(picture.top).element;

// Scrolls the picture, and only the picture, so that a box can be seen.
function intoView(box) {
  const room = $('picture'), a = box.getBoundingClientRect(), b = room.getBoundingClientRect();
  if (a.left < b.left || a.right > b.right) room.scrollLeft += a.left + a.width / 2 - b.left - b.width / 2;
  if (a.top < b.top || a.bottom > b.bottom) room.scrollTop += a.top + a.height / 2 - b.top - b.height / 2;
}
