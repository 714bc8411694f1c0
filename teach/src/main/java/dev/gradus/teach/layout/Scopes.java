package dev.gradus.teach.layout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The name scope of every node: `encoder/layer1` for one called `encoder/layer1/W`. A node without a name belongs to the scope
/// of its users where one of its operands is in that too, else to that of all its operands. Constants without a name do not
/// count as operands, and belong to their users. Scope 0 is that of the whole graph; a scope has a higher number than the one
/// around it.
final class Scopes {
  private static final int NONE = -1;
  private static final int ROOT = 0;

  private final Wiring wiring;
  private final List<String> names = new ArrayList<>(List.of(""));
  private final List<Integer> parents = new ArrayList<>(List.of(NONE));
  private final List<Integer> depths = new ArrayList<>(List.of(0));
  private final Map<Integer, Map<String, Integer>> children = new HashMap<>();
  private final int[] scope;

  Scopes(Wiring wiring) {
    this.wiring = wiring;
    this.scope = new int[wiring.size()];
    boolean[] named = new boolean[wiring.size()];
    for (int node = 0; node < scope.length; node++) {
      String name = wiring.node(node).name();
      named[node] = name != null;
      scope[node] = name == null ? NONE : find(name);
    }
    if (names.size() > 1) {
      placeNameless(named);
    } else {
      Arrays.fill(scope, ROOT);
    }
  }

  private int find(String name) {
    int at = ROOT;
    int from = 0;
    for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', from)) {
      String part = name.substring(from, slash);
      from = slash + 1;
      if (!part.isEmpty()) {
        at = child(at, part);
      }
    }
    return at;
  }

  private int child(int parent, String name) {
    return children.computeIfAbsent(parent, _ -> new HashMap<>()).computeIfAbsent(name, _ -> {
      names.add(name);
      parents.add(parent);
      depths.add(depths.get(parent) + 1);
      return names.size() - 1;
    });
  }

  private void placeNameless(boolean[] named) {
    int[] usedIn = new int[scope.length];
    for (int node = scope.length - 1; node >= 0; node--) {
      usedIn[node] = named[node] ? scope[node] : around(node, usedIn);
    }
    for (int node = 0; node < scope.length; node++) {
      if (!named[node] && !wiring.isLeaf(node)) {
        scope[node] = hasOperandIn(node, usedIn[node]) ? usedIn[node] : aroundOperands(node, named);
      }
    }
    for (int node = 0; node < scope.length; node++) {
      if (!named[node] && wiring.isLeaf(node)) {
        scope[node] = Math.max(ROOT, around(node, scope));
      }
    }
  }

  /// The innermost scope around those of all users of a node.
  private int around(int node, int[] of) {
    int scope = NONE;
    for (int i = 0; i < wiring.users(node); i++) {
      scope = join(scope, of[wiring.user(node, i)]);
    }
    return scope;
  }

  private int aroundOperands(int node, boolean[] named) {
    int joined = NONE;
    for (int slot = 0; slot < wiring.operands(node); slot++) {
      int operand = wiring.operand(node, slot);
      if (named[operand] || !wiring.isLeaf(operand)) {
        joined = join(joined, scope[operand]);
      }
    }
    return Math.max(ROOT, joined);
  }

  private boolean hasOperandIn(int node, int outer) {
    if (outer <= ROOT) {
      return false;
    }
    for (int slot = 0; slot < wiring.operands(node); slot++) {
      int inner = scope[wiring.operand(node, slot)];
      if (inner != NONE && join(inner, outer) == outer) {
        return true;
      }
    }
    return false;
  }

  /// The innermost scope around both.
  private int join(int one, int other) {
    if (one == NONE || other == NONE) {
      return Math.max(one, other);
    }
    while (one != other) {
      if (depths.get(one) >= depths.get(other)) {
        one = parents.get(one);
      } else {
        other = parents.get(other);
      }
    }
    return one;
  }

  int count() {
    return names.size();
  }

  /// The scope around a scope, or -1.
  int parent(int inner) {
    return parents.get(inner);
  }

  int of(int node) {
    return scope[node];
  }

  /// What a scope is called inside another one.
  String name(int inner, int outer) {
    List<String> path = new ArrayList<>();
    for (int at = inner; at != outer; at = parents.get(at)) {
      path.addFirst(names.get(at));
    }
    return String.join("/", path);
  }
}
