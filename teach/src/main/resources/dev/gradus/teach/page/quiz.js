// Predict, then reveal. The question is what the next step will show; answers that come from known mistakes are told as such.
const quiz = {k: -1, phase: '', picked: new Set(), said: null, right: 0, asked: 0, missed: false};

// What is asked at step k, before step k + 1 is shown.
function question(k) {
  if (k >= LAST) return null;
  const at = steps[k], next = steps[k + 1], phase = quiz.k === k ? quiz.phase : '';
  if (at.kind === OPEN && nodes[at.u].users.length && phase === '') return {kind: 'gamma', u: at.u};
  switch (next.kind) {
    case FORWARD: return isLeaf(nodes[next.u]) || isTuple(nodes[next.u]) ? null : {kind: 'value', u: next.u, instruction: nodes[next.u].value};
    case SEED: return {kind: 'seed', u: next.u, instruction: nodes[next.u].gradient};
    case OPEN: return {kind: 'next', u: next.u};
    case TERM:
      return next.term.local >= 0 && phase !== 'local' && phase !== 'term'
        ? {kind: 'local', u: next.u, term: next.term, instruction: next.term.local}
        : {kind: 'term', u: next.u, term: next.term, instruction: next.term.product};
    case CLOSE: return nodes[next.u].terms.length > 1 ? {kind: 'sum', u: next.u, instruction: nodes[next.u].gradient} : null;
    default: return null;
  }
}

// The element that is asked for: the largest.
function asked(instruction) {
  const size = sizeOf(instruction);
  let largest = 0;
  for (let e = 1; e < size; e++) if (Math.abs(number(instruction, e)) > Math.abs(number(instruction, largest))) largest = e;
  return largest;
}

// The step at or after k, or before it where that is the way, at which something is asked.
function asking(k, way) {
  for (let at = k; at >= 0 && at < LAST; at += way) if (question(at) !== null) return at;
  return way > 0 ? LAST : asking(0, 1);
}

function quizPanel(state) {
  if (quiz.k !== state.k) Object.assign(quiz, {k: state.k, phase: '', picked: new Set(), missed: false});
  const q = question(state.k);
  const score = h('p', {class: 'quiet'}, say('quiz.score', {right: quiz.right, asked: quiz.asked}));
  const said = h('div', {id: 'feedback', role: 'status', class: quiz.said ? quiz.said[0] : ''}, quiz.said ? quiz.said[1] : '');
  if (!q) return [h('h2', null, say('page.tab.quiz')), h('p', null, say('quiz.end')), said, score, questionsPanel()];
  const n = nodes[q.u], places = {u: n.label, L: nodes[L].label, dLdu: partialText(q.u)};
  if (q.term) Object.assign(places, {v: userText(q.u, q.term.v, q.term.slot), dvdu: withSlot('∂' + nodes[q.term.v].label + '/∂' + n.label, q.u, q.term.v, q.term.slot), dLdv: partialText(q.term.v)});
  if (q.instruction >= 0 && sizeOf(q.instruction) > 1) places.element = ' ' + placeText(q.instruction, asked(q.instruction));
  else places.element = '';
  const how = q.kind === 'next' ? null
    : q.kind === 'gamma' ? h('p', null, say('quiz.picked', {nodes: [...quiz.picked].map(v => nodes[v].label).join(', ') || '—'}), ' ', h('button', {type: 'button', 'data-answer': 'gamma'}, say('quiz.check')))
    : h('p', null, h('label', {class: 'caption', for: 'answer'}, say('quiz.number')), h('input', {id: 'answer', type: 'text', inputmode: 'decimal', autocomplete: 'off', onkeydown: event => event.key === 'Enter' && answer('number')}),
      h('button', {type: 'button', 'data-answer': 'number'}, say('quiz.check')));
  const given = q.kind === 'local' ? mathRow(symbol(nodes[q.term.v]), '=', nodes[q.term.v].definition && typeof nodes[q.term.v].definition !== 'string' ? equation(nodes[q.term.v].definition, atomNumber(state.k)) : m('mtext', definitionText(nodes[q.term.v])))
    : q.kind === 'term' ? mathRow(partial(q.term.v), '=', q.term.upstream < 0 ? m('mtext', '—') : mathValue(q.term.upstream, true))
    : q.kind === 'sum' ? mathRow(...joined(n.terms.map(t => mathValue(t.product)), ','))
    : q.kind === 'value' && n.definition && typeof n.definition !== 'string' ? mathRow(symbol(n), '=', equation(n.definition, atomSymbol)) : null;
  return [h('h2', null, say('page.tab.quiz')), h('p', {class: 'question', id: 'question', 'data-kind': q.kind}, say('quiz.' + q.kind, places)), given, how,
    h('p', null, h('button', {type: 'button', 'data-answer': 'reveal'}, say('quiz.reveal'))), said, score, questionsPanel()];
}

function tell(kind, text) {
  quiz.said = [kind, text];
}

function passed() {
  quiz.asked++;
  if (!quiz.missed) quiz.right++;
  quiz.missed = false;
}

// Shows the answer's step, or the next phase of the same one.
function proceed(q) {
  const isPhase = q.kind === 'gamma' || q.kind === 'local';
  if (isPhase) quiz.phase = q.kind;
  go(isPhase ? state.k : state.k + 1);
}

function wrong(text) {
  quiz.missed = true;
  tell('no', text);
  update();
}

// A node was clicked: whether the question asks for one.
function quizPick(id) {
  const q = question(state.k);
  if (!q || q.kind !== 'next' && q.kind !== 'gamma') return false;
  if (q.kind === 'gamma') {
    if (!quiz.picked.delete(id)) quiz.picked.add(id);
    update();
    return true;
  }
  const n = nodes[id];
  if (gradientKnown(n, state.k) || n.openStep <= state.k) wrong(say('quiz.next.done', {u: n.label}));
  else {
    const missing = n.terms.filter(t => !upstreamKnown(t, state.k)).map(t => partialText(t.v));
    if (isTuple(n)) wrong(say('quiz.next.tuple', {u: n.label}));
    else if (missing.length) wrong(say('quiz.next.early', {u: n.label, missing: list(missing)}));
    else {
      passed();
      tell('yes', id === q.u ? say('quiz.right') : say('quiz.next.also', {u: n.label, next: nodes[q.u].label}));
      proceed(q);
    }
  }
  return true;
}

// A number as people write it: with a comma or a point, as a fraction, with the minus that this page shows.
function parse(text) {
  const given = text.trim().replaceAll('−', '-').replaceAll('∞', 'Infinity');
  if (/^nan$/i.test(given)) return NaN;
  if (given === 'true' || given === 'false') return Number(given === 'true');
  if (/^[+-]?(inf|infinity)$/i.test(given)) return given[0] === '-' ? -Infinity : Infinity;
  if (/^[+-]?\d+\/\d+$/.test(given)) return given.split('/').reduce((a, b) => a / b);
  return /^[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?$/i.test(given) ? Number(given.replace(',', '.')) : null;
}
const close = (given, x) => Object.is(given, x) || Number.isFinite(x) && Math.abs(given - x) <= 0.006 * Math.abs(x) + 1e-12;

// Element e of a term with these factors, which have the shape of v or one element: the sum of what was broadcast to v.
function termOf(t, upstream, local, e) {
  const from = shapeOf(nodes[t.v].value), to = shapeOf(t.product), at = (x, j) => x.length === 1 ? x[0] : x[j];
  let sum = 0;
  for (let j = 0; j < sizeOf(nodes[t.v].value); j++) {
    const index = indexOf(j, from).slice(from.length - to.length);
    if (to.reduce((place, size, axis) => place * size + (size === 1 ? 0 : index[axis]), 0) === e) sum += at(upstream, j) * at(local, j);
  }
  return sum;
}

// The mistake that a wrong number comes from, or null.
function mistake(q, e, given) {
  const t = q.term, n = nodes[q.u];
  if (q.kind === 'local') {
    const slots = n.terms.filter(other => other.v === t.v && other.local >= 0);
    if (slots.length > 1 && close(given, slots.reduce((sum, other) => sum + number(other.local, e), 0))) return 'mistake.both.slots';
    for (const [key, local] of t.mistakes || []) if (close(given, number(local, e))) return 'mistake.' + key;
  }
  if (q.kind === 'term') {
    const slots = n.terms.filter(other => other.v === t.v);
    if (slots.length > 1 && close(given, slots.reduce((sum, other) => sum + number(other.product, e), 0))) return 'mistake.both.slots';
    if (t.local >= 0 && t.upstream >= 0) {
      const upstream = machine.value(t.upstream), is = (x, y) => close(given, termOf(t, x, y, e));
      for (const [key, local] of t.mistakes || []) if (is(upstream, machine.value(local))) return 'mistake.' + key;
      if (is(upstream, [1])) return 'mistake.no.local';
      if (is([1], machine.value(t.local))) return 'mistake.no.upstream';
    } else if (t.upstream >= 0 && !machine.isBlocked(t.product, t.upstream)) {
      if (close(given, evaluateWith(t.product, [[t.upstream, new Float64Array(sizeOf(t.upstream)).fill(1)]])[e])) return 'mistake.no.upstream';
    }
  }
  if (q.kind === 'sum') {
    const terms = n.terms.map(t => number(t.product, e));
    if (close(given, terms[terms.length - 1])) return 'mistake.last.only';
    if (terms.some(x => close(given, x))) return 'mistake.one.path';
    if (terms.length > 2 && terms.some(x => close(given, number(q.instruction, e) - x))) return 'mistake.path.missing';
    if (close(given, terms.reduce((a, b) => a * b))) return 'mistake.product.of.paths';
  }
  const shape = shapeOf(q.instruction);
  if (shape.length === 2 && shape[0] === shape[1] && close(given, number(q.instruction, e % shape[1] * shape[1] + Math.floor(e / shape[1])))) return 'mistake.transposed';
  return close(-given, number(q.instruction, e)) ? 'mistake.sign' : null;
}

function answer(how) {
  const q = question(state.k);
  if (!q) return;
  if (how === 'reveal') {
    quiz.missed = true;
    passed();
    tell('', q.kind === 'gamma' ? say('quiz.gamma.is', {u: nodes[q.u].label, users: list([...new Set(nodes[q.u].users.map(([v]) => nodes[v].label))])})
      : q.kind === 'next' ? say('quiz.next.is', {u: nodes[q.u].label}) : say('quiz.number.is', {value: fmtOf(q.instruction, asked(q.instruction))}));
    proceed(q);
  } else if (how === 'gamma') {
    const users = new Set(nodes[q.u].users.map(([v]) => v));
    const extra = [...quiz.picked].filter(v => !users.has(v)), missing = [...users].filter(v => !quiz.picked.has(v));
    if (extra.length) wrong(say(extra.some(v => nodes[q.u].operands.includes(v)) ? 'quiz.gamma.operands' : 'quiz.gamma.extra', {u: nodes[q.u].label, v: nodes[extra[0]].label}));
    else if (missing.length) wrong(say(quiz.picked.size ? 'quiz.gamma.missing' : 'quiz.gamma.none', {u: nodes[q.u].label, count: missing.length}));
    else {
      passed();
      tell('yes', say('quiz.right'));
      proceed(q);
    }
  } else if (how === 'number') {
    const text = $('answer').value, given = parse(text), e = asked(q.instruction);
    if (given === null) { tell('no', say('quiz.number.bad', {text})); update(); return; }
    if (close(given, number(q.instruction, e))) {
      passed();
      tell('yes', say('quiz.right'));
      proceed(q);
    } else {
      const known = mistake(q, e, given);
      wrong(known ? say('quiz.wrong') + ' ' + say(known, {u: nodes[q.u].label, v: q.term ? userText(q.u, q.term.v, q.term.slot) : '', dLdv: q.term ? partialText(q.term.v) : ''}) : say('quiz.wrong'));
    }
  }
}
