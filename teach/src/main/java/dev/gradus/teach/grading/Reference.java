package dev.gradus.teach.grading;

import dev.gradus.graph.Apply;
import dev.gradus.graph.Composite;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Node;
import dev.gradus.graph.Op;
import dev.gradus.graph.Opaque;
import dev.gradus.graph.Primitive;
import dev.gradus.graph.TensorType;
import dev.gradus.run.Interpreter;
import dev.gradus.teach.replay.Mistakes;
import dev.gradus.teach.replay.Share;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an op's values say about its derivative, whatever its own rule says: a formula is differentiated without the derivatives that
/// it states, a composite without its pullback, and a kernel by differences.
final class Reference {
  private static final double STEP = 1e-4;

  private Reference() {}

  static Op of(Op op) {
    return switch (op) {
      case Elementwise map -> new Elementwise(map.name(), map.formula().inlined(), map.typing());
      case Primitive primitive -> primitive;
      case Composite composite -> new Expanded(composite);
      case Opaque opaque -> new Differences(opaque);
    };
  }

  /// A composite that leaves its gradient to its expansion.
  private record Expanded(Composite op) implements Composite {
    @Override
    public String name() {
      return op.name();
    }

    @Override
    public List<Node> expand(List<Node> x) {
      return op.expand(x);
    }
  }

  /// A kernel whose gradient is read off its values.
  private record Differences(Opaque op) implements Opaque {
    @Override
    public String name() {
      return op.name();
    }

    @Override
    public List<TensorType> types(List<TensorType> x) {
      return op.types(x);
    }

    @Override
    public List<Tensor> evaluate(List<Tensor> x) {
      return op.evaluate(x);
    }

    @Override
    public List<@Nullable Node> pullback(Apply out, List<@Nullable Node> g) {
      List<Tensor> x = values(out.operands());
      List<@Nullable Node> all = new ArrayList<>();
      for (int slot = 0; slot < x.size(); slot++) {
        all.add(x.get(slot).dtype().isFloating() ? Constant.of(slope(x, slot, g)) : null);
      }
      return all;
    }

    private Tensor slope(List<Tensor> x, int slot, List<@Nullable Node> g) {
      double[] at = x.get(slot).toDoubles();
      double[] slopes = new double[at.length];
      for (int i = 0; i < at.length; i++) {
        double h = STEP * Math.max(1, Math.abs(at[i]));
        slopes[i] = (8 * (moved(x, slot, i, h, g) - moved(x, slot, i, -h, g)) - moved(x, slot, i, 2 * h, g) + moved(x, slot, i, -2 * h, g)) / (12 * h);
      }
      return Tensor.of(x.get(slot).shape(), slopes).cast(x.get(slot).dtype());
    }

    /// ⟨g, results⟩ with one element moved.
    private double moved(List<Tensor> x, int slot, int element, double by, List<@Nullable Node> g) {
      double[] at = x.get(slot).toDoubles();
      at[element] += by;
      List<Tensor> other = new ArrayList<>(x);
      other.set(slot, Tensor.of(x.get(slot).shape(), at).cast(x.get(slot).dtype()));
      List<Tensor> results = op.evaluate(other);
      double sum = 0;
      for (int i = 0; i < results.size(); i++) {
        Node upstream = g.get(i);
        double[] weights = upstream == null ? new double[results.get(i).size()] : values(List.of(upstream)).getFirst().toDoubles();
        double[] result = results.get(i).toDoubles();
        for (int j = 0; j < weights.length; j++) {
          sum += weights[j] * result[j];
        }
      }
      return sum;
    }
  }

  private static List<Tensor> values(List<Node> nodes) {
    return nodes.stream().map(node -> Interpreter.run(node).of(node)).toList();
  }

  /// Mistakes with a kernel of one operand that goes element by element, of which there is no formula: nothing of the local
  /// derivative is known but its numbers.
  static List<Mistakes.Wrong> pointwise(Share share) {
    Node upstream = share.term().upstream();
    if (share.term().local() != null || upstream == null || !upstream.shape().equals(share.u().shape())) {
      return List.of();
    }
    double[] g = values(List.of(upstream)).getFirst().toDoubles();
    double[] term = values(List.of(share.term().product())).getFirst().toDoubles();
    double[] local = new double[g.length];
    double[] roots = new double[g.length];
    for (int i = 0; i < g.length; i++) {
      local[i] = term[i] / g[i];
      roots[i] = g[i] * Math.sqrt(Math.abs(local[i]));
    }
    return List.of(wrong("no.upstream", share, local), wrong("square", share, roots));
  }

  private static Mistakes.Wrong wrong(String key, Share share, double[] numbers) {
    return new Mistakes.Wrong(key, Constant.of(Tensor.of(share.u().shape(), numbers).cast(share.u().dtype())), share);
  }
}
