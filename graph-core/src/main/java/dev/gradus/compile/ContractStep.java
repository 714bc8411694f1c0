package dev.gradus.compile;

import java.util.List;

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

  ContractStep(Contraction plan, Value result, Affine left, Affine right, Settings settings) {
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
    return List.of(first.base(), second.base());
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
    return () -> {
      for (int i = 0; i < firstAt.length; i++) {
        Products.multiply(plan, a, firstAt[i], b, secondAt[i], adds[i] ? 1 : 0, c, resultAt[i], settings);
      }
    };
  }

  @Override
  public long operations() {
    return plan.operations();
  }

  @Override
  public String describe() {
    return "matrix product " + plan.m() + "×" + plan.k() + " · " + plan.k() + "×" + plan.n()
        + (firstAt.length > 1 ? ", " + firstAt.length + " times" : "");
  }
}
