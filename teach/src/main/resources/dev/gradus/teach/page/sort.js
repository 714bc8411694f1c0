// Why sort? What goes wrong when gradients are pushed before they are complete, and when they are kept and added to.
const arrayOf = i => machine.value(i).slice();
const sentBy = (t, upstream) => t.upstream < 0 ? null : evaluateWith(t.product, [[t.upstream, upstream]]);

function added(sum, more) {
  return sum === undefined ? more.slice() : sum.map((x, e) => x + more[e]);
}

// Every node pushes once, as soon as it is reached: nearest to L first (breadth first), not sorted.
function pushUnsorted() {
  const got = new Map([[L, arrayOf(nodes[L].gradient)]]), reached = new Set([L]), line = [L], pushedWith = new Map();
  while (line.length) {
    const v = line.shift();
    pushedWith.set(v, got.get(v));
    for (const u of new Set(nodes[v].operands)) {
      for (const t of nodes[u].terms.filter(t => t.v === v)) {
        const sent = sentBy(t, got.get(v));
        if (sent) got.set(u, added(got.get(u), sent));
      }
      if (got.has(u) && !reached.has(u)) {
        reached.add(u);
        line.push(u);
      }
    }
  }
  return {got, pushedWith};
}

// A second call where gradients are kept on the nodes and added to: on all nodes, or on the leaves alone.
function secondCall(everywhere) {
  const kept = new Map();
  for (const n of nodes) if (n.gradient >= 0 && n.flow === FLOWS && (everywhere || isLeaf(n))) kept.set(n.id, arrayOf(n.gradient));
  const now = new Map([[L, arrayOf(nodes[L].gradient)]]);
  for (const u of [...order].reverse()) {
    if (u === L || nodes[u].gradient < 0) continue;
    let sum = kept.get(u);
    for (const t of nodes[u].terms) {
      const upstream = now.get(t.v), sent = upstream && sentBy(t, upstream);
      if (sent) sum = added(sum, sent);
    }
    if (sum) now.set(u, sum);
  }
  return now;
}

const short = (i, array) => array === undefined ? '—' : shapeOf(i).length === 0 ? fmt(array[0]) : array.length <= 4 ? '[' + Array.from(array, x => fmt(x, 3)).join(', ') + ']' : '∑ = ' + fmt(array.reduce((a, b) => a + b, 0), 4);
const same = (a, b) => a && a.every((x, e) => x === b[e] || Math.abs(x - b[e]) <= 1e-9 * (1 + Math.abs(b[e])) || Number.isNaN(x) && Number.isNaN(b[e]));

function comparison(columns, rows) {
  return h('div', {class: 'scroll', tabindex: 0, role: 'group', 'aria-label': columns.join(', ')}, h('table', {class: 'rows'}, h('thead', null, h('tr', null, columns.map(c => h('th', {scope: 'col'}, c)))), h('tbody', null, rows)));
}

function sortPanel() {
  if (N > 600) return [h('h2', null, say('page.tab.sort')), h('p', null, say('sort.large'))];
  if (nodes.some(isTuple)) return [h('h2', null, say('page.tab.sort')), h('p', null, say('sort.tuple'))];
  if (lesson.playedBack.length && terms.some(t => t.upstream >= 0 && machine.isBlocked(t.product, t.upstream))) return [h('h2', null, say('page.tab.sort')), h('p', null, say('sort.playback', {ops: lesson.playedBack.join(', ')}))];
  const {got, pushedWith} = pushUnsorted();
  const all = nodes.filter(n => n.gradient >= 0 && n.flow === FLOWS), right = new Map(all.map(n => [n.id, arrayOf(n.gradient)]));
  const early = all.filter(n => !isLeaf(n) && pushedWith.has(n.id) && !same(pushedWith.get(n.id), right.get(n.id)));
  const off = all.filter(n => !same(got.get(n.id), right.get(n.id)));
  const interior = secondCall(true), leaves = secondCall(false);
  const cell = (n, array) => h('td', {class: same(array, right.get(n.id)) ? '' : 'off'}, short(n.gradient, array));
  const name = n => h('th', {scope: 'row'}, h('button', {class: 'link', 'data-go': n.id}, n.label));
  const shown = [...all].reverse();
  return [h('h2', null, say('page.tab.sort')), h('p', null, say('sort.push')),
    early.length === 0 ? h('p', {class: 'note', id: 'unsorted'}, say('sort.push.harmless')) : h('p', {class: 'note', id: 'unsorted'}, say('sort.push.wrong', {u: early[early.length - 1].label, count: off.length})),
    comparison([say('page.node'), say('sort.sorted'), say('sort.unsorted')], (off.length ? [...off].reverse() : shown).slice(0, 30).map(n => h('tr', null, name(n), h('td', null, short(n.gradient, right.get(n.id))), cell(n, got.get(n.id))))),
    h('h3', null, say('sort.twice')), h('p', null, say('sort.twice.more')),
    comparison([say('page.node'), say('sort.once'), say('sort.twice.leaves'), say('sort.twice.all')], shown.slice(0, 40).map(n => h('tr', null, name(n), h('td', null, short(n.gradient, right.get(n.id))), isLeaf(n) ? cell(n, leaves.get(n.id)) : h('td', {class: 'quiet'}, '—'), cell(n, interior.get(n.id)))))];
}
