package dev.gradus.teach.terminal;

import dev.gradus.graph.Node;
import dev.gradus.teach.replay.Sentences;
import java.util.List;
import java.util.Map;

/// What commands do to a view.
final class Guide {
  private static final int MOST_LABELS = 6;

  private final Walk walk;
  private final Labels labels;
  private final Sentences sentences;

  Guide(Walk walk, Labels labels, Sentences sentences) {
    this.walk = walk;
    this.labels = labels;
    this.sentences = sentences;
  }

  View react(View view, Command command) {
    if (view.mode() == View.Mode.HELP && command != Command.QUIT) {
      return view.in(View.Mode.STEP);
    }
    int at = view.at();
    return switch (command) {
      case NEXT -> at == walk.last() ? view.noting(sentences.say("terminal.last")) : view.to(at + 1);
      case PREVIOUS -> at == 0 ? view.noting(sentences.say("terminal.first")) : view.to(at - 1);
      case FAN_OUT -> {
        int next = walk.fanOutAfter(at);
        yield next < 0 ? view.noting(sentences.say("terminal.fan.out.none")) : view.to(next);
      }
      case BEGIN -> view.to(0);
      case END -> view.to(walk.last());
      case GO -> view.in(View.Mode.GO);
      case HELP -> view.in(View.Mode.HELP);
      case QUIT -> view.in(View.Mode.DONE);
    };
  }

  /// The view at the node that a text names; the text is kept to be mended where it names none.
  View go(View view, String text) {
    Node u = labels.find(text.strip());
    return u == null ? view.noting(whyNot(text.strip())) : view.to(walk.visitAfter(view.at(), u));
  }

  private String whyNot(String text) {
    List<String> several = labels.matching(text);
    if (text.isEmpty()) {
      return sentences.say("terminal.match.missing", Map.of("nearest", several.getLast()));
    }
    return several.isEmpty()
        ? sentences.say("terminal.match.none", Map.of("label", text, "nearest", labels.nearest(text)))
        : sentences.say("terminal.match.several", Map.of("label", text, "labels", some(several)));
  }

  /// The labels that go with what was typed so far.
  String matches(String typed) {
    List<String> all = labels.matching(typed);
    return all.isEmpty() ? whyNot(typed) : some(all);
  }

  private String some(List<String> all) {
    String first = String.join(", ", all.stream().limit(MOST_LABELS).toList());
    return all.size() <= MOST_LABELS
        ? first
        : first + " " + sentences.say("terminal.more", Map.of("count", String.valueOf(all.size() - MOST_LABELS)));
  }

  /// A character of a label.
  View type(View view, int character) {
    return Character.isISOControl(character) ? view : view.typing(view.typed() + Character.toString(character));
  }

  /// Takes back the last character; without one, stops asking.
  View rubOut(View view) {
    String typed = view.typed();
    return typed.isEmpty()
        ? view.in(View.Mode.STEP)
        : view.typing(typed.substring(0, typed.offsetByCodePoints(typed.length(), -1)));
  }

  View complete(View view) {
    return view.typing(labels.complete(view.typed()));
  }
}
