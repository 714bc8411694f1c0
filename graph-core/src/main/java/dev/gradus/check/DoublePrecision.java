package dev.gradus.check;

import dev.gradus.graph.Apply;
import dev.gradus.graph.Cast;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Graph;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.graph.Op;
import dev.gradus.graph.Parameter;
import dev.gradus.graph.Typing;
import dev.gradus.tensor.DType;
import dev.gradus.tensor.Tensor;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// The same graph in f64, in which everything that was fed is a parameter that starts at that value. An op that insists
/// on f32 results is left to it, and its results are cast.
final class DoublePrecision extends Rewrite {
  private final Map<? extends Node, Tensor> feeds;
  private final IdentityHashMap<Node, Node> originals = new IdentityHashMap<>();

  private DoublePrecision(Map<? extends Node, Tensor> feeds) {
    this.feeds = feeds;
  }

  static DoublePrecision of(Node result, Map<? extends Node, Tensor> feeds) {
    DoublePrecision rewrite = new DoublePrecision(feeds);
    Graph graph = Graph.of(List.of(result), Map.<Node, Tensor>copyOf(feeds).keySet());
    rewrite.walk(graph, graph.nodes().stream().filter(feeds::containsKey).toList());
    return rewrite;
  }

  static Tensor precise(Tensor tensor) {
    return tensor.dtype() == DType.F32 ? tensor.cast(DType.F64) : tensor;
  }

  @Override
  Node leaf(Node node) {
    Tensor fed = feeds.get(node);
    if (fed != null) {
      return parameter(node, fed);
    }
    return switch (node) {
      case Parameter parameter when parameter.dtype() == DType.F32 -> parameter(parameter, parameter.initial());
      case Constant constant when constant.dtype() == DType.F32 ->
          named(Constant.of(precise(constant.value())), constant);
      case Input input -> throw new IllegalStateException("not fed: " + input);
      default -> node;
    };
  }

  private static Node parameter(Node like, Tensor value) {
    return Parameter.of(like.name() == null ? like.kind() : like.name(), precise(value));
  }

  @Override
  List<Node> apply(Apply apply, List<Node> operands) {
    Op op =
        switch (apply.op()) {
          case Cast cast when cast.dtype() == DType.F32 -> new Cast(DType.F64);
          case Elementwise map when map.typing().equals(new Typing.Giving(DType.F32)) ->
              new Elementwise(map.name(), map.formula(), new Typing.Giving(DType.F64));
          default -> apply.op();
        };
    boolean kept = op == apply.op() && operands.equals(apply.operands());
    Apply twin = kept ? apply : Apply.of(op, operands);
    originals.put(twin, apply);
    return twin.results().stream().map(result -> precise(result, apply)).toList();
  }

  /// The node of the user's graph that `twin` stands for; `twin` itself where there is none.
  Node original(Node twin) {
    return originals.getOrDefault(twin, twin);
  }

  private static Node precise(Node result, Apply original) {
    return result.dtype() == DType.F32
        ? new Cast(DType.F64).of(result)
        : original.isTuple() ? result : named(result, original);
  }
}
