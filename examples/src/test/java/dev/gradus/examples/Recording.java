package dev.gradus.examples;

import dev.gradus.optim.Listener;
import dev.gradus.show.Plot;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What an example put on the screen.
record Recording(String text, List<Plot> plots) {
  private static final Map<String, Recording> KNOWN = new ConcurrentHashMap<>();

  /// The example of that name, run once for all tests; those that take long on a small scale.
  static Recording of(String name) {
    return KNOWN.computeIfAbsent(name, key -> switch (key) {
      case "digits" -> of(Examples.get(key), 2);
      case "data-amount" -> of(Examples.get(key), 1);
      case "chain" -> of(new Chain(1_000, 10_000), 0);
      default -> of(Examples.get(key), 0);
    });
  }

  private static Recording of(Example example, int seeds) {
    StringWriter text = new StringWriter();
    Screen screen = new Screen(new PrintWriter(text), new Listener() {}, seeds, false);
    example.run(screen);
    return new Recording(text.toString(), screen.plots());
  }

  List<String> lines() {
    return text.lines().toList();
  }

  /// The number behind the first match of a regular expression.
  double number(String before) {
    Matcher matcher = Pattern.compile(before + "(-?[0-9][0-9.]*(e-?[0-9]+)?)").matcher(text);
    if (!matcher.find()) {
      throw new AssertionError("no number behind " + before + " in\n" + text);
    }
    String digits = matcher.group(1);
    return Double.parseDouble(digits.endsWith(".") ? digits.substring(0, digits.length() - 1) : digits);
  }
}
