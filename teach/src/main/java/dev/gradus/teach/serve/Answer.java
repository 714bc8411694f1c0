package dev.gradus.teach.serve;

import com.google.common.collect.ImmutableMap;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// What a request is answered with: a page of HTML.
///
/// @param status as HTTP counts them
/// @param policy what the page may do, as a Content-Security-Policy says it
/// @param html the page
/// @param more headers besides the usual ones
record Answer(int status, String policy, String html, Map<String, String> more) {
  /// Copies the map.
  Answer {
    more = ImmutableMap.copyOf(more);
  }

  /// Sends it; to HEAD without the page.
  void send(HttpExchange exchange) throws IOException {
    byte[] bytes = html.getBytes(StandardCharsets.UTF_8);
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "text/html; charset=utf-8");
    headers.set("Content-Security-Policy", policy);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
    more.forEach(headers::set);
    if (exchange.getRequestMethod().equals("HEAD")) {
      headers.set("Content-Length", String.valueOf(bytes.length));
      exchange.sendResponseHeaders(status, -1);
    } else {
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
