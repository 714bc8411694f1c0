package dev.gradus.teach.replay;

import dev.gradus.graph.Apply;
import dev.gradus.graph.Broadcasting;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Contract;
import dev.gradus.graph.Elementwise;
import dev.gradus.graph.Node;
import dev.gradus.graph.Reduce;
import dev.gradus.graph.View;
import dev.gradus.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/// What can be done wrong with one term, from the mistakes that are told apart most easily to the rarer ones.
final class WrongTerms {
  private final Share share;
  private final Apply v;
  private final Node product;
  private final Shape shape;
  private final List<Mistakes.Wrong> all = new ArrayList<>();

  private WrongTerms(Share share) {
    this.share = share;
    this.v = (Apply) share.term().use().user();
    this.product = share.term().product();
    this.shape = share.u().shape();
  }

  static List<Mistakes.Wrong> of(Share share) {
    WrongTerms terms = new WrongTerms(share);
    Node upstream = share.term().upstream();
    if (upstream != null) {
      terms.elementwise(upstream);
      terms.ofShapes(upstream);
    }
    terms.transposed();
    terms.add("sign", terms.product.negated());
    return terms.all;
  }

  private void add(String key, Node node) {
    all.add(new Mistakes.Wrong(key, node, share));
  }

  private void elementwise(Node upstream) {
    Node local = share.term().local();
    if (local == null) {
      return;
    }
    for (Mistakes.Wrong wrong : Mistakes.locals(share)) {
      add(wrong.key(), Broadcasting.sumTo(Elementwise.product(upstream, wrong.node()), shape));
    }
    add("no.upstream", Broadcasting.sumTo(local, shape));
    if (!v.shape().equals(shape)) {
      Node wide = Broadcasting.broadcastTo(Elementwise.product(upstream, local), v.shape());
      add("not.summed", wide);
      for (int axis = 0; axis < wide.shape().rank(); axis++) {
        add("axis", new Reduce(Reduce.Kind.SUM, List.of(axis), false).of(wide));
        add("axis", new Reduce(Reduce.Kind.SUM, List.of(axis), true).of(wide));
      }
    }
  }

  /// Mistakes of ops that are not elementwise.
  private void ofShapes(Node upstream) {
    if (share.term().local() != null) {
      return;
    }
    boolean widens = upstream.shape().size() < shape.size();
    if (v.kind().equals("mean") && widens) {
      add("no.mean", product.times(shape.size() / (double) upstream.shape().size()));
    }
    if (upstream.shape().size() <= shape.size() && upstream.shape().broadcastsTo(shape)) {
      add("no.local", Broadcasting.broadcastTo(upstream, shape));
    }
    if (v.op() instanceof View == false && v.operands().size() == 1 && widens && upstream.shape().rank() == 1 && shape.rank() == 2) {
      along(upstream, Shape.of(upstream.shape().size(), 1));
      along(upstream, Shape.of(1, upstream.shape().size()));
    }
    if (isMatrixProduct()) {
      products(upstream);
    }
  }

  /// A vector repeated along one of two axes.
  private void along(Node upstream, Shape as) {
    if (as.broadcastsTo(shape)) {
      Node scale = v.kind().equals("mean") ? upstream.times(upstream.shape().size() / (double) shape.size()) : upstream;
      add("axis", Broadcasting.broadcastTo(new View.Reshape(as).of(scale), shape));
    }
  }

  private boolean isMatrixProduct() {
    return (v.kind().equals("matmul") || v.op() instanceof Contract)
        && v.shape().rank() == 2
        && v.operands().stream().allMatch(x -> x.shape().rank() == 2);
  }

  /// The upstream gradient and the other operand, multiplied in every way; the right one is among them, which nobody mistakes.
  private void products(Node upstream) {
    Node other = v.operand(1 - share.term().use().slot());
    add("no.upstream", product(share.term().use().slot() == 0, Constant.filled(v.type(), 1), other));
    for (Node left : List.of(upstream, turned(upstream))) {
      for (Node right : List.of(other, turned(other))) {
        product(left, right);
        product(right, left);
      }
    }
  }

  private static Node product(boolean isLeft, Node upstream, Node other) {
    return isLeft ? new Contract("ij,jk->ik").of(upstream, turned(other)) : new Contract("ij,jk->ik").of(turned(other), upstream);
  }

  private void product(Node left, Node right) {
    if (left.shape().dim(1) == right.shape().dim(0)) {
      add("factors", new Contract("ij,jk->ik").of(left, right));
    }
  }

  private void transposed() {
    if (shape.rank() == 2 && shape.size() > 1) {
      all.addFirst(new Mistakes.Wrong("transposed", turned(product), share));
    }
  }

  private static Node turned(Node matrix) {
    return new View.Permute(List.of(1, 0)).of(matrix);
  }
}
