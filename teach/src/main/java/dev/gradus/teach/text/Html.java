package dev.gradus.teach.text;

import com.google.common.hash.Hashing;
import com.google.common.html.HtmlEscapers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What pages of HTML have in common.
public final class Html {
  private static final Pattern PLACE = Pattern.compile("\\$\\{(\\w+)}");

  private Html() {}

  /// A text that stands for itself in an element or an attribute.
  public static String escaped(String text) {
    return HtmlEscapers.htmlEscaper().escape(text);
  }

  /// A page with texts at its places, `${name}`. What is filled in is not looked at again.
  public static String filled(String page, Map<String, String> places) {
    return PLACE.matcher(page)
        .replaceAll(found -> Matcher.quoteReplacement(places.getOrDefault(found.group(1), found.group())));
  }

  /// What a Content-Security-Policy calls a script or style that stands in the page, without quotes.
  public static String hash(String source) {
    return "sha256-" + Base64.getEncoder().encodeToString(Hashing.sha256().hashString(source, StandardCharsets.UTF_8).asBytes());
  }
}
