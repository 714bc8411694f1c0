package dev.gradus.examples;

import dev.gradus.optim.Listener;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What an example put on the screen.
record Recording(String text) {
  static Recording of(Example example) {
    return of(example, 0);
  }

  static Recording of(Example example, int seeds) {
    StringWriter text = new StringWriter();
    example.run(new Screen(new PrintWriter(text), new Listener() {}, seeds));
    return new Recording(text.toString());
  }

  List<String> lines() {
    return text.lines().toList();
  }

  /// The number behind the first match of a regular expression.
  double number(String before) {
    Matcher matcher = Pattern.compile(before + "(-?[0-9][0-9.e-]*)").matcher(text);
    if (!matcher.find()) {
      throw new AssertionError("no number behind " + before + " in\n" + text);
    }
    return Double.parseDouble(matcher.group(1));
  }
}
