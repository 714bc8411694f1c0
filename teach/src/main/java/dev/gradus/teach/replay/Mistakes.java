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
import org.jspecify.annotations.Nullable;

/// The mistakes that learners make with the chain rule, as nodes, so that a wrong number can be told from another: with a local
/// derivative, with a term, and with the sum over Γ(u). The sentence of a mistake is `mistake.` and its key.
public final class Mistakes {
  private Mistakes() {}

  /// A wrong local derivative, term or gradient.
  ///
  /// @param key what was done wrong
  /// @param node a node of it
  /// @param share the term in which it was done; null where it was done with their sum
  public record Wrong(String key, Node node, @Nullable Share share) {}

  /// What can be done wrong with ∂v/∂u, in the shape of v; nothing where v is not elementwise.
  ///
  /// `swapped` is the derivative by the other operand, `output` is taken at the value of v in place of its operand, `input` is the
  /// identity in terms of v's value, such as σ′ = v (1 - v), taken at its operand, `exp` has an exponential with the wrong exponent,
  /// `factor` lacks one of the factors of the derivative, `square` is its square root, `no.local` leaves it out.
  public static List<Wrong> locals(Share share) {
    List<Wrong> all = new ArrayList<>();
    if (share.term().local() == null || !(share.term().use().user() instanceof Apply v) || !(v.op() instanceof Elementwise map)) {
      return all;
    }
    int slot = share.term().use().slot();
    Expression right = map.localFormula(slot);
    if (v.operands().size() == 2) {
      add(all, "swapped", share, map.localFormula(1 - slot), v.operands());
    }
    if (v.operands().size() == 1) {
      add(all, "output", share, right, List.of(v));
      Expression identity = Narration.identity(map);
      if (identity != null) {
        add(all, "input", share, identity, v.operands());
        factors(all, share, identity, List.of(v));
      }
      if (map.formula().inlined().parts().stream().anyMatch(part -> part instanceof Expression.Call call && call.function() == Arithmetic.EXP)) {
        Expression x = variable(0);
        add(all, "exp", share, right.times(Expressions.exp(x.times(2))), v.operands());
        add(all, "exp", share, right.times(Expressions.exp(x.times(-2))), v.operands());
        add(all, "exp", share, x.times(map.formula().substitute(List.of(x.minus(1)))), v.operands());
      }
      if (map.formula() instanceof Expression.Call call && call.arguments().size() == 1 && call.function() != Arithmetic.NEGATE) {
        add(all, "square", share, Expressions.sqrt(Expressions.abs(right)), v.operands());
      }
      factors(all, share, right, v.operands());
    }
    if (!right.isConstant(1)) {
      all.add(new Wrong("no.local", Constant.filled(v.type(), 1), share));
    }
    return all;
  }

  /// What can be done wrong with ∂L/∂v · ∂v/∂u: what can be with ∂v/∂u, and moreover `no.upstream` leaves out ∂L/∂v, `no.mean`
  /// forgets to divide by the number of elements, `transposed` is the transpose, `factors` multiplies matrices in another order or
  /// without transposing them, `axis` goes over the wrong axis, `not.summed` is not summed over what was broadcast, `sign` has the
  /// wrong sign.
  ///
  /// @param share a term of an [Excerpt]
  public static List<Wrong> terms(Share share) {
    return WrongTerms.of(share);
  }

  /// What can be done wrong with ∂L/∂u: what can be with its terms, and moreover `last.only` and `first.only` keep one term of
  /// several, as `one.path` does for those between; `path.missing` lacks one, and `product.of.paths` multiplies them.
  ///
  /// @param shares the terms, each of an [Excerpt]
  public static List<Wrong> gradients(List<Share> shares) {
    return WrongSums.of(shares);
  }

  /// The factors of a product, each alone.
  private static void factors(List<Wrong> all, Share share, Expression product, List<Node> operands) {
    if (product instanceof Expression.Call call && call.function() == Arithmetic.MULTIPLY) {
      call.arguments().forEach(factor -> add(all, "factor", share, factor, operands));
    }
  }

  private static void add(List<Wrong> all, String key, Share share, Expression formula, List<? extends Node> operands) {
    Apply v = (Apply) share.term().use().user();
    Node local = Apply.of(new Elementwise("wrong_" + v.op().name(), formula, new Typing.Giving(v.dtype())), operands);
    all.add(new Wrong(key, Broadcasting.broadcastTo(local, v.shape()), share));
  }
}
