package dev.gradus.teach.replay;

import dev.gradus.graph.Node;
import dev.gradus.graph.View;
import java.util.ArrayList;
import java.util.List;

/// What can be done wrong with the sum over Γ(u).
final class WrongSums {
  private WrongSums() {}

  static List<Mistakes.Wrong> of(List<Share> shares) {
    List<Mistakes.Wrong> all = new ArrayList<>();
    if (shares.isEmpty()) {
      return all;
    }
    List<Node> terms = shares.stream().map(share -> share.term().product()).toList();
    Node sum = terms.stream().reduce(Node::plus).orElseThrow();
    if (terms.size() > 1) {
      paths(all, terms, sum);
      if (sum.shape().rank() == 2 && sum.shape().size() > 1) {
        all.add(new Mistakes.Wrong("transposed", new View.Permute(List.of(1, 0)).of(sum), null));
      }
    }
    for (Share share : shares) {
      for (Mistakes.Wrong wrong : Mistakes.terms(share)) {
        if (terms.size() == 1) {
          all.add(wrong);
        } else if (wrong.node().shape().equals(sum.shape())) {
          all.add(new Mistakes.Wrong(wrong.key(), sum.minus(share.term().product()).plus(wrong.node()), share));
        }
      }
    }
    if (terms.size() > 1) {
      all.add(new Mistakes.Wrong("sign", sum.negated(), null));
    }
    return all;
  }

  private static void paths(List<Mistakes.Wrong> all, List<Node> terms, Node sum) {
    int last = terms.size() - 1;
    all.add(new Mistakes.Wrong("last.only", terms.get(last), null));
    all.add(new Mistakes.Wrong("first.only", terms.getFirst(), null));
    for (int i = 1; i < last; i++) {
      all.add(new Mistakes.Wrong("one.path", terms.get(i), null));
    }
    for (int i = 0; i <= last && last > 1; i++) {
      all.add(new Mistakes.Wrong("path.missing", sum.minus(terms.get(i)), null));
    }
    all.add(new Mistakes.Wrong("product.of.paths", terms.stream().reduce(Node::times).orElseThrow(), null));
  }
}
