// Computes the instructions of Instructions.json(), and again what follows from a leaf that was changed.
//
// All values are doubles in one array. Where one cannot be known, as an integer that a double does not hold, the instruction is
// lost: it is NaN, and so is what follows from it, comparisons included.
function engine(program, kernels) {
  "use strict";
  const { ops, kinds, code } = program;
  const dtypes = program.types.map(type => type[0]);
  const dims = program.types.map(type => type[1]);
  const product = list => list.reduce((a, b) => a * b, 1);
  const sizes = dims.map(product);
  const floating = dtype => dtype === "f64" || dtype === "f32";

  // The instructions: kind, where the value begins, and which operands: those of i from first[i] on.
  const kindOf = [], start = [0], first = [0], operands = [];
  for (let at = 0, i = 0; at < code.length; i++) {
    const kind = kinds[code[at++]];
    kindOf.push(code[at - 1]);
    start.push(start[i] + sizes[kind[1]]);
    for (let k = 2; k < kind.length; k++) operands.push(i - code[at++]);
    first.push(operands.length);
  }
  const count = kindOf.length;
  const type = i => kinds[kindOf[i]][1];
  const word = i => ops[kinds[kindOf[i]][0]][0];
  const recorded = decode(program.recorded);
  const v = recorded.slice();
  const begin = Int32Array.from([...operands, 0, 0, 0], i => start[i]);
  const locked = new Set(program.locked), stops = program.stops;
  const steps = kinds.map(prepare);
  const dirty = new Uint8Array(count), needed = new Uint8Array(count), lost = new Uint8Array(count);
  let failed = false;

  function fail() {
    failed = true;
    return NaN;
  }

  function decode(text) {
    const chars = atob(text), bytes = new Uint8Array(chars.length);
    for (let i = 0; i < bytes.length; i++) bytes[i] = chars.charCodeAt(i);
    return new Float64Array(bytes.buffer);
  }

  function safe(x) {
    return Math.abs(x) <= Number.MAX_SAFE_INTEGER ? x + 0 : fail();
  }

  /** The conversion of a number, or null where it stays as it is. */
  function conversion(from, to) {
    if (to === "f64" || from === to && !floating(to)) return null;
    if (to === "f32") return Math.fround;
    const whole = { i64: safe, i32: x => x | 0, bool: x => x != 0 ? 1 : 0 }[to];
    if (!floating(from) || to === "bool") return whole;
    const least = to === "i32" ? -(2 ** 31) : -(2 ** 63), most = to === "i32" ? 2 ** 31 - 1 : 2 ** 63;
    return x => whole(Math.max(least, Math.min(most, Math.trunc(x) || 0)));
  }

  /** The sum of two numbers in a dtype: whether it is rounded, wraps, or is *or*. */
  function sum(dtype) {
    return {
      f64: (x, y) => x + y,
      f32: (x, y) => Math.fround(x + y),
      i64: (x, y) => safe(x + y),
      i32: (x, y) => x + y | 0,
      bool: Math.max,
    }[dtype];
  }

  /** A formula over BigInts. */
  function exact(kernel, dtype, arity) {
    const narrow = {
      i64: x => safe(Number(BigInt.asIntN(64, x))), i32: x => Number(BigInt.asIntN(32, x)), bool: x => x === 0n ? 0 : 1,
    }[dtype];
    return (...x) => {
      try {
        return narrow(kernel(...x.slice(0, arity).map(BigInt)));
      } catch (error) {
        if (error instanceof RangeError) return fail();
        throw error;
      }
    };
  }

  function convert(change, to, size) {
    if (change) for (let i = to; i < to + size; i++) v[i] = change(v[i]);
  }

  /** The places start + index · strides for all indices in row-major order, worked out when first wanted. */
  function places(dims, strides, start) {
    let known = null;
    return () => {
      if (known) return known;
      known = new Int32Array(product(dims));
      const index = new Int32Array(dims.length);
      for (let i = 0, place = start; i < known.length; i++) {
        known[i] = place;
        for (let axis = dims.length - 1; axis >= 0; axis--) {
          place += strides[axis];
          if (++index[axis] < dims[axis]) break;
          place -= dims[axis] * strides[axis];
          index[axis] = 0;
        }
      }
      return known;
    };
  }

  /** Where the elements of a result stand in an operand that is broadcast; null for one after another. */
  function broadcast(from, to) {
    if (from.join() === to.join()) return () => null;
    const strides = to.map(() => 0);
    for (let axis = from.length - 1, lead = to.length - from.length, stride = 1; axis >= 0; stride *= from[axis--]) {
      strides[lead + axis] = from[axis] === 1 ? 0 : stride;
    }
    return places(to, strides, 0);
  }

  // The ops: a step gets the places of the result and three operands, and its instruction.

  function prepare([op, result, ...x]) {
    const [word, ...set] = ops[op], dtype = dtypes[result], size = sizes[result];
    switch (word) {
      case "leaf": case "constant": case "played": return null;
      case "map": return map(kernels[set[0]], set[1], result, x);
      case "copy": {
        const change = conversion(dtypes[x[0]], dtype);
        return (to, a) => { v.copyWithin(to, a, a + size); convert(change, to, size); };
      }
      case "read": {
        const from = places(dims[result], set[1], set[0]);
        return (to, a) => { const p = from(); for (let i = 0; i < size; i++) v[to + i] = v[a + p[i]]; };
      }
      case "spread": {
        const into = places(dims[x[0]], set[1], set[0]);
        return (to, a) => { v.fill(0, to, to + size); add(dtype, to, into(), a); };
      }
      case "reduce": return reduce(set[0], places(dims[x[0]], set[1], 0), dtype, size);
      case "contract": return contract(result, ...set);
      case "concat": return concat(set[0], result, x);
      case "take": {
        const find = named(set[0], dims[x[0]], sizes[x[1]]);
        return (to, a, b) => { const p = find(b); for (let i = 0; i < size; i++) v[to + i] = v[a + p[i]]; };
      }
      case "add_at": {
        const find = named(set[0], dims[x[0]], sizes[x[1]]);
        return (to, a, b, c) => { const p = find(b); v.copyWithin(to, a, a + size); if (!failed) add(dtype, to, p, c); };
      }
    }
    throw new Error("no op " + word);
  }

  function map(kernel, isExact, result, x) {
    const size = sizes[result], change = isExact ? null : conversion("f64", dtypes[result]);
    const f = isExact ? exact(kernel, dtypes[result], x.length) : kernel;
    // Kernels take no notice of operands that they do not have.
    if (size === 1 && x.length < 4) {
      return change ? (to, a, b, c) => { v[to] = change(f(v[a], v[b], v[c])); } : (to, a, b, c) => { v[to] = f(v[a], v[b], v[c]); };
    }
    const at = x.map(k => sizes[k] === 1 ? () => null : broadcast(dims[k], dims[result]));
    const by = [...x.map(k => sizes[k] === 1 ? 0 : 1), 0, 0, 0], [s, t, u] = by;
    return (to, a, b, c, i) => {
      const tables = at.map(table => table()), [p, q, r] = tables;
      for (let e = 0; e < size; e++) {
        v[to + e] = x.length < 4
          ? f(v[a + (p ? p[e] : e * s)], v[b + (q ? q[e] : e * t)], v[c + (r ? r[e] : e * u)])
          : f(...tables.map((table, k) => v[begin[first[i] + k] + (table ? table[e] : e * by[k])]));
      }
      convert(change, to, size);
    };
  }

  /** Adds the elements from `a` on at the places of a result. */
  function add(dtype, to, places, a) {
    const join = sum(dtype);
    for (let i = 0; i < places.length; i++) v[to + places[i]] = join(v[to + places[i]], v[a + i]);
  }

  function reduce(how, into, dtype, size) {
    const whole = !floating(dtype), change = conversion("f64", dtype);
    const [fold, empty] = {
      sum: [whole ? sum(dtype) : (x, y) => x + y, 0],
      product: [whole ? (x, y) => safe(x * y) : (x, y) => x * y, 1],
      max: [Math.max, -Infinity],
      min: [Math.min, Infinity],
    }[how];
    return (to, a) => {
      const p = into();
      v.fill(empty, to, to + size);
      for (let i = 0; i < p.length; i++) v[to + p[i]] = fold(v[to + p[i]], v[a + i]);
      if (!whole) convert(change, to, size);
    };
  }

  /** Where the last axis of the result belongs to the right operand alone, a row of it at a time. */
  function contract(result, inner, left, right, leftInner, rightInner) {
    const outer = dims[result].slice(), last = outer.length - 1, dtype = dtypes[result], size = sizes[result];
    const isRow = last >= 0 && left[last] === 0, row = isRow ? outer[last] : 1, step = isRow ? right[last] : 0;
    if (isRow) outer[last] = 1;
    const tables = [places(outer, left, 0), places(outer, right, 0), places(inner, leftInner, 0), places(inner, rightInner, 0)];
    const change = conversion("f64", dtype);
    const plus = {
      i64: (s, x, y) => safe(s + safe(x * y)),
      i32: (s, x, y) => s + Math.imul(x, y) | 0,
    }[dtype];
    return (to, a, b) => {
      const [ls, rs, li, ri] = tables.map(table => table());
      v.fill(0, to, to + size);
      for (let r = 0; r < ls.length; r++) {
        for (let k = 0, at = to + r * row; k < li.length; k++) {
          const x = v[a + ls[r] + li[k]];
          let y = b + rs[r] + ri[k];
          if (plus) for (let i = 0; i < row; i++, y += step) v[at + i] = plus(v[at + i], x, v[y]);
          else for (let i = 0; i < row; i++, y += step) v[at + i] += x * v[y];
        }
      }
      if (!plus) convert(change, to, size);
    };
  }

  function concat(axis, result, x) {
    const outer = product(dims[result].slice(0, axis)), width = product(dims[result].slice(axis));
    const blocks = x.map(k => product(dims[k].slice(axis)));
    return (to, a, b, c, i) => {
      for (let k = 0, at = to; k < blocks.length; at += blocks[k++]) {
        const from = begin[first[i] + k];
        for (let o = 0; o < outer; o++) v.copyWithin(at + o * width, from + o * blocks[k], from + (o + 1) * blocks[k]);
      }
    };
  }

  /** The places along an axis that `indices` integers from `b` on name. */
  function named(axis, from, indices) {
    const outer = product(from.slice(0, axis)), length = from[axis], inner = product(from.slice(axis + 1));
    return b => {
      const all = new Int32Array(outer * indices * inner);
      for (let o = 0, at = 0; o < outer; o++) {
        for (let k = 0; k < indices; k++) {
          const index = v[b + k];
          if (index < -length || index >= length) fail();
          const row = (o * length + (index < 0 ? index + length : index)) * inner;
          for (let i = 0; i < inner; i++) all[at++] = row + i;
        }
      }
      return all;
    };
  }

  /** Computes instruction i; what is played back cannot be. */
  function step(i) {
    const p = first[i], run = steps[kindOf[i]];
    failed = !run || follows(i, lost);
    if (!failed) run(start[i], begin[p], begin[p + 1], begin[p + 2], i);
    if (failed) v.fill(NaN, start[i], start[i + 1]);
    lost[i] = failed ? 1 : 0;
  }

  function run() {
    for (let i = 0; i < count; i++) if (steps[kindOf[i]]) step(i);
  }

  /** Whether an operand of instruction i has a mark. */
  function follows(i, marks) {
    for (let p = first[i]; p < first[i + 1]; p++) if (marks[operands[p]]) return true;
    return false;
  }

  /** Changes an element of a leaf, computes what follows, and lists the instructions that have new values. */
  function set(i, element, value) {
    return setAll([[i, element, value]]);
  }

  /** The same for several elements [leaf, element, value]. */
  function setAll(changes) {
    dirty.fill(0);
    failed = false;
    for (const [i, element, value] of changes) {
      if (word(i) !== "leaf" || locked.has(i)) throw new RangeError("instruction " + i + " is no leaf that may be changed");
      if (!(element in v.subarray(start[i], start[i + 1]))) throw new RangeError("no element " + element);
      const change = conversion("f64", dtypes[type(i)]);
      v[start[i] + element] = change ? change(value) : value;
      lost[i] = failed ? 1 : 0;
      dirty[i] = 1;
    }
    const changed = [];
    for (let j = 0; j < count; j++) {
      if (dirty[j]) changed.push(j);
      else if (follows(j, dirty)) {
        dirty[j] = 1;
        step(j);
        changed.push(j);
      }
    }
    return changed;
  }

  /** All leaves as recorded, and everything computed from them. */
  function reset() {
    v.set(recorded);
    lost.fill(0);
    run();
  }

  /** Marks what instruction `target` is computed from, down to `from`. */
  function need(target, from) {
    needed.fill(0);
    dirty.fill(0);
    needed[target] = 1;
    for (let i = target; i > from; i--) {
      if (needed[i]) for (let p = first[i]; p < first[i + 1]; p++) needed[operands[p]] = 1;
    }
  }

  /** Whether an instruction on a way from `from` to `target` is one for which a condition holds. */
  function leadsThrough(target, from, condition) {
    need(target, from);
    dirty[from] = 1;
    for (let i = from + 1; i <= target; i++) {
      if (!needed[i] || !follows(i, dirty)) continue;
      if (condition(i)) return true;
      dirty[i] = 1;
    }
    return false;
  }

  /** Whether what follows from instruction `from` up to `target` cannot be computed: something between is played back. */
  const isBlocked = (target, from) => leadsThrough(target, from, i => !steps[kindOf[i]]);

  /** Whether something between stops gradients. */
  const isStopped = (target, from) => leadsThrough(target, from, i => stops.includes(i));

  /** The value of `target` under overrides [instruction, element, value], which leave no trace. */
  function runWith(target, overrides) {
    const own = new Set(overrides.map(o => o[0])), from = Math.min(target, ...own);
    const saved = v.slice(start[from], start[target + 1]), known = lost.slice();
    need(target, from);
    for (let i = from; i <= target; i++) {
      if (!needed[i]) continue;
      if (follows(i, dirty)) {
        dirty[i] = 1;
        step(i);
      }
      if (own.has(i)) {
        dirty[i] = 1;
        for (const [at, element, value] of overrides) if (at === i) v[start[i] + element] = value;
      }
    }
    const result = v.slice(start[target], start[target + 1]);
    v.set(saved, start[from]);
    lost.set(known);
    return result;
  }

  /**
   * The central difference of `target`, its elements weighted and added up, by an element of another instruction, in steps of h.
   * What stops gradients is held still.
   */
  function difference(target, i, element, h, weights = [1]) {
    const x = v[start[i] + element], up = x + h, down = x - h, held = [];
    for (const s of stops) {
      for (let e = 0; s > i && s <= target && e < start[s + 1] - start[s]; e++) held.push([s, e, v[start[s] + e]]);
    }
    const above = runWith(target, [[i, element, up], ...held]), below = runWith(target, [[i, element, down], ...held]);
    return weights.reduce((sum, w, e) => sum + w * (above[e] - below[e]), 0) / (up - down);
  }

  function largest(i) {
    return recorded.subarray(start[i], start[i + 1]).reduce((most, x) => isFinite(x) ? Math.max(most, Math.abs(x)) : most, 0);
  }

  function near(i, java, page, size) {
    const [relative, absolute] = dtypes[type(i)] === "f32" ? [1e-4, 1e-6] : [1e-9, 1e-12];
    const most = Math.max(Math.abs(java), Math.abs(page));
    return java === page || java !== java && page !== page || most < Infinity && Math.abs(java - page) <= relative * most + absolute * size;
  }

  /** The value of instruction i from Java's operands, and the size of the numbers that cancel in it. */
  function alone(i) {
    const own = [i, ...operands.slice(first[i], first[i + 1])];
    const saved = own.map(j => v.slice(start[j], start[j + 1])), known = lost[i];
    own.forEach(j => v.set(recorded.subarray(start[j], start[j + 1]), start[j]));
    step(i);
    const value = v.slice(start[i], start[i + 1]);
    own.forEach((j, k) => v.set(saved[k], start[j]));
    lost[i] = known;
    const parts = own.slice(1).map(largest);
    return [value, Math.max(largest(i), product(parts), ...parts)];
  }

  /**
   * Where the page's values differ from Java's. An instruction that gives Java's value from Java's operands is right, whatever
   * became of rounding on the way to it.
   */
  function compare() {
    const all = [];
    for (let i = 0; i < count; i++) {
      const size = largest(i);
      let again = null;
      for (let k = start[i], element = 0; k < start[i + 1]; k++, element++) {
        const java = recorded[k], page = v[k];
        if (near(i, java, page, size)) continue;
        again ??= steps[kindOf[i]] ? alone(i) : [v.subarray(start[i]), size];
        if (!near(i, java, again[0][element], again[1])) all.push({ instruction: i, element, java, page });
      }
    }
    return all;
  }

  return {
    count, run, set, setAll, reset, runWith, isBlocked, isStopped, difference, compare,
    number: (i, element = 0) => v[start[i] + element],
    value: i => v.subarray(start[i], start[i + 1]),
    recorded: i => recorded.subarray(start[i], start[i + 1]),
    shape: i => dims[type(i)],
    dtype: i => dtypes[type(i)],
    isLocked: i => locked.has(i),
  };
}
