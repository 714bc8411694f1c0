package dev.gradus.compile;

import dev.gradus.compile.matrix.MatrixProducts;
import dev.gradus.compile.parallel.Workers;
import dev.gradus.graph.Reduce;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs a contraction as matrix products. Products that are summed are shared out in groups, each with a sum of its own; the
/// sums are added in order.
final class ContractStep implements Step {
  /// Multiplications that are worth another group.
  private static final long GROUP = 1L << 19;

  private static final int MOST_GROUPS = 8;

  private final Contraction plan;
  private final Value result;
  private final Affine first;
  private final Affine second;
  private final @Nullable Value sum;
  private final Settings settings;
  private final MatrixProducts products;

  /// Where each product finds its operands and puts its result.
  private final int[] firstAt;
  private final int[] secondAt;
  private final int[] resultAt;
  private final boolean sums;
  private final boolean isEven;

  /// @param sum what the product is added to, or null
  ContractStep(Contraction plan, Value result, Affine left, Affine right, @Nullable Value sum, Settings settings) {
    this.plan = plan;
    this.result = result;
    this.first = plan.exchanged() ? right : left;
    this.second = plan.exchanged() ? left : right;
    this.sum = sum;
    this.settings = settings;
    this.products = new MatrixProducts(settings.threads(), settings.natives());
    int count = plan.products();
    this.firstAt = new int[count];
    this.secondAt = new int[count];
    this.resultAt = new int[count];
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
      }
      firstAt[i] = a;
      secondAt[i] = b;
    }
    this.sums = plan.batch().stream().anyMatch(Contraction.Axis::isSummed);
    this.isEven = isEven(firstAt) && isEven(secondAt) && isEven(resultAt);
  }

  private static boolean isEven(int[] places) {
    for (int i = 2; i < places.length; i++) {
      if (places[i] - places[i - 1] != places[1] - places[0]) {
        return false;
      }
    }
    return places.length < 2 || places[1] >= places[0];
  }

  private static int stride(int[] places) {
    return places.length < 2 ? 0 : places[1] - places[0];
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
  public @Nullable Value overwritten() {
    return sum == first.base() || sum == second.base() ? null : sum;
  }

  @Override
  public Action bind(Arrays arrays) {
    Object a = arrays.of(first.base());
    Object b = arrays.of(second.base());
    Object c = arrays.of(result);
    Object before = sum == null ? null : arrays.of(sum);
    Action multiply = sums ? summing(a, b, c) : () -> multiply(0, firstAt.length, a, b, before == null ? 0 : 1, c);
    if (before == null || before == c) {
      return multiply;
    }
    int size = result.size();
    return () -> {
      System.arraycopy(before, 0, c, 0, size);
      multiply.run();
    };
  }

  /// Products that go to the same places: groups of them have arrays of their own, all but the first.
  private Action summing(Object a, Object b, Object c) {
    int count = firstAt.length;
    int size = result.size();
    Action clear = sum == null ? Storage.filling(c, size, 0) : () -> {};
    long work = plan.operations() / 2;
    int groups = Math.clamp(work / (GROUP + 4L * size), 1, Math.min(MOST_GROUPS, count));
    if (groups == 1) {
      return () -> {
        clear.run();
        add(0, count, a, b, c);
      };
    }
    Object[] own = new Object[groups];
    List<Action> joins = new ArrayList<>();
    own[0] = c;
    for (int group = 1; group < groups; group++) {
      own[group] = Storage.allocate(result.type.dtype(), size);
      joins.add(Storage.joining(c, own[group], size, Reduce.Kind.SUM));
    }
    return () -> {
      clear.run();
      Workers.shared().run(groups, group -> {
        if (group > 0) {
          Storage.filling(own[group], size, 0).run();
        }
        add(group * count / groups, (group + 1) * count / groups, a, b, own[group]);
      }, settings.threads());
      for (Action join : joins) {
        join.run();
      }
    };
  }

  private void add(int from, int to, Object a, Object b, Object c) {
    for (int i = from; i < to; i++) {
      multiply(1, a, firstAt[i], 0, b, secondAt[i], 0, 1, c, resultAt[i], 0);
    }
  }

  private void multiply(int from, int to, Object a, Object b, double beta, Object c) {
    if (isEven) {
      multiply(
          to - from, a, firstAt[from], stride(firstAt), b, secondAt[from], stride(secondAt), beta, c, resultAt[from], stride(resultAt));
    } else {
      for (int i = from; i < to; i++) {
        multiply(1, a, firstAt[i], 0, b, secondAt[i], 0, beta, c, resultAt[i], 0);
      }
    }
  }

  private void multiply(
      int count, Object a, int aAt, int aStride, Object b, int bAt, int bStride, double beta, Object c, int cAt, int cStride) {
    if (c instanceof float[] floats) {
      products.multiply(
          count, plan.transposedA(), plan.transposedB(), plan.m(), plan.n(), plan.k(),
          (float) result.scale, (float[]) a, aAt, plan.lda(), aStride, (float[]) b, bAt, plan.ldb(), bStride,
          (float) beta, floats, cAt, plan.ldc(), cStride);
    } else {
      products.multiply(
          count, plan.transposedA(), plan.transposedB(), plan.m(), plan.n(), plan.k(),
          result.scale, (double[]) a, aAt, plan.lda(), aStride, (double[]) b, bAt, plan.ldb(), bStride,
          beta, (double[]) c, cAt, plan.ldc(), cStride);
    }
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
