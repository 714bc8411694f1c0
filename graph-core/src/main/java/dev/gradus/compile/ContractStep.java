package dev.gradus.compile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs a contraction as matrix products.
final class ContractStep implements Step {
  private final Contraction plan;
  private final Value result;
  private final Affine first;
  private final Affine second;
  private final Settings settings;
  private final int[] firstAt;
  private final int[] secondAt;
  private final int[] resultAt;
  private final boolean[] adds;
  private final @Nullable Value sum;

  /// @param sum what the product is added to, or null
  ContractStep(Contraction plan, Value result, Affine left, Affine right, @Nullable Value sum, Settings settings) {
    this.sum = sum;
    this.plan = plan;
    this.result = result;
    this.first = plan.exchanged() ? right : left;
    this.second = plan.exchanged() ? left : right;
    this.settings = settings;
    int count = 1;
    for (Contraction.Axis axis : plan.batch()) {
      count *= axis.size();
    }
    this.firstAt = new int[count];
    this.secondAt = new int[count];
    this.resultAt = new int[count];
    this.adds = new boolean[count];
    for (int i = 0; i < count; i++) {
      int rest = i;
      int a = first.offset();
      int b = second.offset();
      for (Contraction.Axis axis : plan.batch().reversed()) {
        int index = rest % axis.size();
        rest /= axis.size();
        a += index * (plan.exchanged() ? axis.right() : axis.left());
        b += index * (plan.exchanged() ? axis.left() : axis.right());
        resultAt[i] += index * axis.out();
        adds[i] |= axis.isSummed() && index > 0;
      }
      firstAt[i] = a;
      secondAt[i] = b;
    }
  }

  @Override
  public List<Value> reads() {
    return sum == null ? List.of(first.base(), second.base()) : List.of(first.base(), second.base(), sum);
  }

  @Override
  public List<Value> writes() {
    return List.of(result);
  }

  @Override
  public Action bind(Arrays arrays) {
    Object a = arrays.of(first.base());
    Object b = arrays.of(second.base());
    Object c = arrays.of(result);
    Object before = sum == null ? null : arrays.of(sum);
    return () -> {
      if (before != null && before != c) {
        System.arraycopy(before, 0, c, 0, result.size());
      }
      for (int i = 0; i < firstAt.length; i++) {
        double beta = before != null || adds[i] ? 1 : 0;
        Products.multiply(plan, result.scale, a, firstAt[i], b, secondAt[i], beta, c, resultAt[i], settings);
      }
    };
  }

  /// What may share its array with the result.
  @Override
  public @Nullable Value overwritten() {
    return sum;
  }

  @Override
  public long operations() {
    return plan.operations();
  }

  @Override
  public String describe() {
    return "matrix product " + plan.m() + "×" + plan.k() + " · " + plan.k() + "×" + plan.n()
        + (sum == null ? "" : ", times " + result.scale + ", added")
        + (firstAt.length > 1 ? ", " + firstAt.length + " times" : "");
  }
}
