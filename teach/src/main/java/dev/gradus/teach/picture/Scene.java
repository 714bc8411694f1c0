package dev.gradus.teach.picture;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Multiset;
import dev.gradus.graph.Constant;
import dev.gradus.graph.Input;
import dev.gradus.graph.Node;
import dev.gradus.graph.Parameter;
import dev.gradus.graph.Projection;
import dev.gradus.show.Numbers;
import dev.gradus.teach.layout.Group;
import dev.gradus.teach.layout.Label;
import dev.gradus.teach.layout.Link;
import dev.gradus.teach.layout.Member;
import dev.gradus.teach.layout.MemberLink;
import dev.gradus.teach.layout.Outline;
import dev.gradus.teach.replay.Narration;
import dev.gradus.teach.replay.Replay;
import dev.gradus.teach.replay.Sentences;
import dev.gradus.teach.replay.Share;
import dev.gradus.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What a picture of a graph shows, before it is known where: the members of its root group, and the links between them.
final class Scene {
  /// Significant digits of numbers in boxes.
  private static final int DIGITS = 6;

  private static final int MOST_PARALLEL = 4;
  private static final int MOST_KINDS = 2;

  private final Narration narration;
  private final Replay replay;
  private final Outline outline;

  Scene(Narration narration) {
    this.narration = narration;
    this.replay = narration.replay();
    this.outline = Outline.of(replay.graph());
  }

  /// A line between two members.
  ///
  /// @param link from the member that is used to the one that uses it
  /// @param isAnswered whether a gradient comes back
  record Line(Link link, boolean isAnswered) {}

  Sentences sentences() {
    return narration.sentences();
  }

  /// Nodes and folded groups.
  ImmutableList<Member> members() {
    return outline.root().members();
  }

  /// A line for every use of a node by a node, and one between groups, however often they use each other.
  List<Line> lines() {
    Multiset<Link> answers = answers();
    List<Line> lines = new ArrayList<>();
    for (MemberLink uses : outline.root().links()) {
      boolean isSingle = members().get(uses.from()) instanceof Member.Single && members().get(uses.to()) instanceof Member.Single;
      Link link = new Link(uses.from(), uses.to());
      for (int i = 0; i < (isSingle ? Math.min(uses.uses(), MOST_PARALLEL) : 1); i++) {
        lines.add(new Line(link, i < answers.count(link)));
      }
    }
    return lines;
  }

  /// How many terms go back along a link. A tuple has no gradient of its own: its results have.
  private Multiset<Link> answers() {
    Multiset<Link> answers = HashMultiset.create();
    for (Node u : replay.order()) {
      for (Share share : replay.shares(u)) {
        answers.add(new Link(place(u), place(share.term().use().user())));
      }
      if (u instanceof Projection projection && replay.gradient(projection) != null) {
        answers.add(new Link(place(projection.tuple()), place(projection)));
      }
    }
    return answers;
  }

  private int place(Node node) {
    return outline.place(outline.root(), node).orElseThrow();
  }

  Caption caption(Member member) {
    return switch (member) {
      case Member.Single single -> caption(single.node());
      case Group group -> caption(group.label(), group);
    };
  }

  private Caption caption(Label label, Group group) {
    String kinds = label.kinds().stream().limit(MOST_KINDS).map(kind -> kind.count() + " × " + kind.kind())
        .collect(Collectors.joining(", ", "", label.kinds().size() > MOST_KINDS ? ", …" : ""));
    String name = sentences().say(
        "group." + group.kind().name(),
        Map.of(
            "name", label.name(),
            "count", String.valueOf(label.nodes()),
            "op", label.kinds().isEmpty() ? "" : label.kinds().getFirst().kind(),
            "number", String.valueOf(label.number()),
            "pieces", String.valueOf(label.pieces())));
    return new Caption(Caption.Role.GROUP, plain(name), plain(kinds), "", "", "", plain(name + ": " + kinds));
  }

  private Caption caption(Node node) {
    Sentences sentences = sentences();
    String name = plain(narration.label(node));
    String op = plain(node.kind());
    if (node.isTuple()) {
      return new Caption(Caption.Role.TUPLE, name, op, "", "", "", name + ", " + op);
    }
    Caption.Role role =
        switch (node) {
          case Input input -> Caption.Role.INPUT;
          case Parameter parameter -> Caption.Role.PARAMETER;
          case Constant constant -> Caption.Role.CONSTANT;
          default -> Caption.Role.OP;
        };
    String value = number(replay.values().of(node));
    Node flowing = replay.gradient(node);
    String gradient = flowing == null ? sentences.say("page.none") : number(replay.values().of(flowing));
    String spoken = String.join(", ", name, op, sentences.say("page.value.is", Map.of("value", value)),
        flowing == null ? sentences.say("page.gradient.none") : sentences.say("page.gradient.is", Map.of("gradient", gradient)));
    return new Caption(role, name, op, value, plain(narration.partial(node)), gradient, spoken);
  }

  /// A number with its digits; of a tensor only its size.
  private String number(Tensor value) {
    return switch (value.rank()) {
      case 0 -> Numbers.element(value, 0, DIGITS);
      case 1 -> sentences().say("picture.vector", Map.of("count", String.valueOf(value.size())));
      default -> Arrays.stream(value.shape().dims()).mapToObj(String::valueOf).collect(Collectors.joining("×"));
    };
  }

  /// On one line, without what no text may hold.
  static String plain(String text) {
    StringBuilder plain = new StringBuilder();
    text.codePoints().forEach(c -> {
      int kind = Character.getType(c);
      boolean isBlank = kind == Character.CONTROL || kind == Character.LINE_SEPARATOR || kind == Character.PARAGRAPH_SEPARATOR;
      boolean isNone = kind == Character.SURROGATE || (c & 0xfffe) == 0xfffe;
      plain.appendCodePoint(isBlank ? ' ' : isNone ? 0xfffd : c);
    });
    return plain.toString();
  }
}
