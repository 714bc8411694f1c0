package dev.gradus.teach.replay;

import static dev.gradus.scalar.Expression.variable;

import dev.gradus.graph.Apply;
import dev.gradus.graph.Broadcasting;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Node;
import dev.gradus.graph.Typing;
import dev.gradus.scalar.Arithmetic;
import dev.gradus.scalar.Expression;
import dev.gradus.scalar.Expressions;
import java.util.ArrayList;
import java.util.List;

/// The mistakes that learners make with a local derivative, as nodes, so that a wrong number can be told from another.
public final class Mistakes {
  private Mistakes() {}

  /// A wrong local derivative.
  ///
  /// @param key what was done wrong: `swapped` (the derivative by the other operand), `output` (taken at the value of v in place of
  ///     its operand), `input` (the identity in terms of v's value, such as σ′ = v (1 - v), taken at its operand), `exp` (an
  ///     exponential with the wrong exponent) or `no.local` (left out)
  /// @param local a node of it, in the shape of v
  public record Wrong(String key, Node local) {}

  /// What can be done wrong with ∂v/∂u; nothing where v is not elementwise.
  public static List<Wrong> locals(Share share) {
    List<Wrong> all = new ArrayList<>();
    if (share.term().local() == null || !(share.term().use().user() instanceof Apply v) || !(v.op() instanceof Elementwise map)) {
      return all;
    }
    int slot = share.term().use().slot();
    Expression right = map.localFormula(slot);
    if (v.operands().size() == 2) {
      add(all, "swapped", v, map, map.localFormula(1 - slot), v.operands());
    }
    if (v.operands().size() == 1) {
      add(all, "output", v, map, right, List.of(v));
      Expression identity = identity(map);
      if (identity != null) {
        add(all, "input", v, map, identity, v.operands());
      }
      if (map.formula().inlined().parts().stream().anyMatch(part -> part instanceof Expression.Call call && call.function() == Arithmetic.EXP)) {
        Expression x = variable(0);
        add(all, "exp", v, map, right.times(Expressions.exp(x.times(2))), v.operands());
        add(all, "exp", v, map, right.times(Expressions.exp(x.times(-2))), v.operands());
        add(all, "exp", v, map, x.times(map.formula().substitute(List.of(x.minus(1)))), v.operands());
      }
    }
    if (!right.isConstant(1)) {
      all.add(new Wrong("no.local", Constant.filled(v.type(), 1)));
    }
    return all;
  }

  private static dev.gradus.scalar.@org.jspecify.annotations.Nullable Expression identity(Elementwise map) {
    return map.formula() instanceof Expression.Call call && call.arguments().size() == 1 && call.arguments().getFirst() instanceof Expression.Variable
        ? call.function().identity()
        : null;
  }

  private static void add(List<Wrong> all, String key, Apply v, Elementwise map, Expression formula, List<Node> operands) {
    Node local = Apply.of(new Elementwise("wrong_" + map.name(), formula, new Typing.Giving(v.dtype())), operands);
    all.add(new Wrong(key, Broadcasting.broadcastTo(local, v.shape())));
  }
}
