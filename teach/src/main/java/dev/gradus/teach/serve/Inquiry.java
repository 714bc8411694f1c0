package dev.gradus.teach.serve;

import com.google.common.base.Splitter;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What was written into the boxes of the form.
///
/// @param formula the formula; empty where nothing is asked
/// @param values the values of its names
record Inquiry(String formula, String values) {
  static final Inquiry NONE = new Inquiry("", "");

  /// Reads the part of an address behind the question mark.
  ///
  /// @throws IllegalArgumentException where it is no such thing
  static Inquiry of(@Nullable String query) {
    String formula = "";
    String values = "";
    for (String pair : Splitter.on('&').omitEmptyStrings().split(query == null ? "" : query)) {
      int equals = pair.indexOf('=');
      String text = equals < 0 ? "" : URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
      switch (equals < 0 ? pair : pair.substring(0, equals)) {
        case "formula" -> formula = text;
        case "values" -> values = text;
        default -> {}
      }
    }
    return new Inquiry(formula, values);
  }

  /// As it stands in an address.
  String query() {
    return "?formula=" + URLEncoder.encode(formula, StandardCharsets.UTF_8) + "&values=" + URLEncoder.encode(values, StandardCharsets.UTF_8);
  }
}
