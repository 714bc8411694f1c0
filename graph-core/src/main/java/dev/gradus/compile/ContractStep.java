package dev.gradus.compile;

import com.google.common.primitives.Ints;
import dev.gradus.compile.kernel.Kernels;
import dev.gradus.compile.matrix.Layout;
import dev.gradus.compile.matrix.MatrixProducts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs a contraction as matrix products.
final class ContractStep implements Step {
  private final Contraction plan;
  private final Value result;
  private final Value first;
  private final Value second;
  private final @Nullable Value sum;
  private final MatrixProducts products;

  /// @param sum what the product is added to, or null
  ContractStep(Value result, Affine left, Affine right, @Nullable Value sum, Settings settings) {
    this.plan = Contraction.of(result, left, right);
    this.result = result;
    this.first = plan.isExchanged() ? right.base() : left.base();
    this.second = plan.isExchanged() ? left.base() : right.base();
    this.sum = sum;
    this.products = new MatrixProducts(settings.threads(), settings.vectors() && Kernels.hasVectors(), settings.natives());
  }

  @Override
  public List<Value> reads() {
    return sum == null ? List.of(first, second) : List.of(first, second, sum);
  }

  @Override
  public List<Value> writes() {
    return List.of(result);
  }

  @Override
  public @Nullable Value overwritten() {
    return sum == first || sum == second ? null : sum;
  }

  @Override
  public Action bind(Arrays arrays) {
    Object c = arrays.of(result);
    Object before = sum == null ? null : arrays.of(sum);
    Runnable multiply =
        products.of(
            plan.layout(),
            Ints.toArray(plan.firstAt()),
            Ints.toArray(plan.secondAt()),
            Ints.toArray(plan.resultAt()),
            result.scale,
            arrays.of(first),
            arrays.of(second),
            before == null ? 0 : 1,
            c);
    if (before == null || before == c) {
      return multiply::run;
    }
    int size = result.size();
    return () -> {
      System.arraycopy(before, 0, c, 0, size);
      multiply.run();
    };
  }

  @Override
  public long operations() {
    return plan.operations();
  }

  @Override
  public String describe() {
    Layout layout = plan.layout();
    return "matrix product " + layout.m() + "×" + layout.k() + " · " + layout.k() + "×" + layout.n()
        + (sum == null ? "" : ", times " + result.scale + ", added")
        + (plan.products() > 1 ? ", " + plan.products() + " times" : "");
  }
}
