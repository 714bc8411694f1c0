package dev.gradus.teach.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Page;
import dev.gradus.GradusException;
import dev.gradus.teach.Browser;
import dev.gradus.teach.replay.Sentences;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LessonServerTest {
  private static final String HOSTILE = "<script>alert(1)</script>\"'&${style}";

  private final HttpClient client = HttpClient.newHttpClient();
  private LessonServer server;

  @BeforeAll
  void start() throws IOException {
    server = LessonServer.start("127.0.0.1", 0, Sentences.english());
  }

  @AfterAll
  void stop() {
    server.close();
    client.close();
  }

  private HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(server.address().resolve(path)).method(method, HttpRequest.BodyPublishers.noBody()).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> ask(String path, String formula, String values) throws IOException, InterruptedException {
    return send("GET", path + new Inquiry(formula, values).query());
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  @Test
  void theFrontPageHasBoxesAndNoScript() throws IOException, InterruptedException {
    HttpResponse<String> answer = send("GET", "/");
    assertEquals(200, answer.statusCode());
    assertTrue(answer.body().contains("name=\"formula\"") && answer.body().contains("name=\"values\""));
    assertFalse(answer.body().contains("<script") || answer.body().contains("${"), answer.body());
    assertEquals("text/html; charset=utf-8", header(answer, "Content-Type"));
    assertEquals("nosniff", header(answer, "X-Content-Type-Options"));
    assertEquals("no-referrer", header(answer, "Referrer-Policy"));
    String policy = header(answer, "Content-Security-Policy");
    assertTrue(policy.startsWith("default-src 'none'") && !policy.contains("script-src") && !policy.contains("unsafe"), policy);
  }

  @Test
  void aFormulaHasItsLesson() throws IOException, InterruptedException {
    HttpResponse<String> front = ask("/", "y = x*x; sin(y)", "x=0.5");
    assertEquals(200, front.statusCode());
    assertTrue(front.body().contains("value=\"y = x*x; sin(y)\"") && front.body().contains("<iframe sandbox=\"allow-scripts\""), front.body());
    HttpResponse<String> lesson = ask("/lesson", "y = x*x; sin(y)", "x=0.5");
    assertEquals(200, lesson.statusCode());
    assertTrue(lesson.body().contains("<title>y = x*x; sin(y)</title>"));
    String policy = header(lesson, "Content-Security-Policy");
    assertTrue(policy.contains("script-src 'sha256-") && policy.endsWith("frame-ancestors 'self'") && !policy.contains("unsafe"), policy);
  }

  @Test
  void badFormulasAreToldInPlace() throws IOException, InterruptedException {
    for (String[] bad : new String[][] {
        {"sigmod(x)", "x=1"}, {"x", ""}, {"x", "x=a"}, {"x", "x=1 x=2"}, {"x", "y=1"}, {"x", "1"}, {"x >", "x=1"}, {"x > 1", "x=1"}, {"x * 2", "x=[1, 2]"},
        {"(".repeat(3000), ""}, {"", "x=1"}}) {
      for (String path : List.of("/", "/lesson")) {
        if (bad[0].isEmpty() && path.equals("/")) {
          continue;
        }
        HttpResponse<String> answer = ask(path, bad[0], bad[1]);
        assertEquals(422, answer.statusCode(), bad[0]);
        assertTrue(answer.body().contains("role=\"alert\"") && answer.body().contains("; "), answer.body());
        assertFalse(answer.body().contains("\tat ") || answer.body().contains("Exception"), answer.body());
      }
    }
    assertTrue(ask("/", "sigmod(x)", "x=1").body().contains("value=\"sigmod(x)\""));
  }

  @Test
  void hostileFormulasStayText() throws IOException, InterruptedException {
    for (String path : List.of("/", "/lesson")) {
      HttpResponse<String> answer = ask(path, HOSTILE, HOSTILE);
      assertEquals(422, answer.statusCode());
      assertFalse(answer.body().contains("<script"), answer.body());
      assertTrue(answer.body().contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;${style}"), answer.body());
    }
    HttpResponse<String> lesson = ask("/lesson", "x + 1 # </title><script>alert(1)</script>", "x=1");
    assertFalse(lesson.body().contains("<script>alert"), lesson.body());
  }

  @Test
  void whatIsTooLargeIsRefusedBeforeItRuns() throws IOException, InterruptedException {
    for (String formula : List.of(
        "ones([100000,100000])", "sum(broadcast_to(x, shape=[40000, 40000]))", "sum(tril(broadcast_to(x, shape=[46340, 46340])))",
        "sum(broadcast_to(x, shape=[1000, 1000]))", "sum(one_hot([1], depth=2147483647))", "sum(one_hot([1], depth=1000000) * x)",
        "y = broadcast_to(x, shape=[400, 400]); sum(y @ y) + sum(y @ y)")) {
      HttpResponse<String> answer = ask("/", formula, "x=1");
      assertEquals(422, answer.statusCode(), formula);
      assertTrue(answer.body().contains("role=\"alert\""), answer.body());
    }
    for (String formula : List.of("x" + "+x".repeat(1000), "sum(broadcast_to(x, shape=[10000]))")) {
      assertEquals(200, ask("/", formula, "x=1").statusCode(), formula);
    }
    assertEquals(414, ask("/", "x" + "+x".repeat(10_000), "x=1").statusCode());
    assertEquals(200, ask("/", "x", "x=1").statusCode());
  }

  @Test
  void otherMethodsAndPathsAreAnswered() throws IOException, InterruptedException {
    HttpResponse<String> head = send("HEAD", "/");
    assertEquals(200, head.statusCode());
    assertEquals("", head.body());
    assertEquals(send("GET", "/").body().getBytes(StandardCharsets.UTF_8).length, head.headers().firstValueAsLong("Content-Length").orElse(0));
    for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS", "TRACE")) {
      HttpResponse<String> answer = send(method, "/");
      assertEquals(405, answer.statusCode());
      assertEquals("GET, HEAD", header(answer, "Allow"));
    }
    for (String path : List.of("/favicon.ico", "/lesson/", "/%3Cscript%3E", "/../etc/passwd", "/lesson.html")) {
      HttpResponse<String> answer = send("GET", path);
      assertEquals(404, answer.statusCode(), path);
      assertFalse(answer.body().contains("<script"));
    }
  }

  @Test
  void onlyThisComputersNamesAreAnswered() throws IOException {
    String port = ":" + server.address().getPort();
    for (String name : List.of("127.0.0.1" + port, "localhost" + port, "LOCALHOST" + port)) {
      assertEquals("200", status("GET / HTTP/1.1\r\nHost: " + name), name);
    }
    for (String name : List.of("evil.example", "evil.example" + port, "127.0.0.1", "localhost:1", "127.0.0.1" + port + ".evil.example", "", "::::")) {
      assertEquals("421", status("GET / HTTP/1.1\r\nHost: " + name), name);
    }
    assertEquals("421", status("GET / HTTP/1.0"));
    assertEquals("421", status("GET http://evil.example/ HTTP/1.1\r\nHost: localhost" + port));
    assertEquals("400", status("GET /?formula=%zz HTTP/1.1\r\nHost: localhost" + port));
    assertEquals("400", status("nonsense"));
  }

  private String status(String head) throws IOException {
    try (Socket socket = new Socket(server.address().getHost(), server.address().getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write((head + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return answer.replaceFirst("(?s)HTTP/1.1 (\\d+).*", "$1");
    }
  }

  @Test
  void valuesStandOneAfterTheOther() {
    assertEquals(List.of("x", "W", "b_1"), List.copyOf(FormulaLesson.values(" x=2, W = [[1, 2], [3, 4]] b_1=true;").keySet()));
    assertTrue(FormulaLesson.values("  ").isEmpty());
    assertThrows(GradusException.class, () -> FormulaLesson.values("2 x=1"));
    GradusException refused = assertThrows(GradusException.class, () -> FormulaLesson.values("x=2 y=[1"));
    assertTrue(String.valueOf(refused.getMessage()).contains("  y=[1"), refused::getMessage);
    assertThrows(GradusException.class, () -> FormulaLesson.values("x=2 x=1"));
  }

  /// The page in a browser: what its policies forbid would be told on the console.
  @Test
  void theLessonRunsBelowTheForm() {
    List<String> messages = new ArrayList<>();
    try (Page page = Browser.page()) {
      page.onConsoleMessage(message -> messages.add(message.text()));
      page.onPageError(messages::add);
      page.navigate(server.address().toString());
      page.click("text=two sigmoids");
      FrameLocator lesson = page.frameLocator("iframe");
      lesson.locator("#badge:not(:empty)").waitFor();
      assertEquals(9, lesson.locator("#picture .node").count());
      page.fill("#formula", "sigmod(x)");
      page.click("button");
      assertTrue(page.textContent("[role=alert]").contains("sigmoid"), page.textContent("[role=alert]"));
      assertEquals("sigmod(x)", page.inputValue("#formula"));
    }
    assertEquals(List.of(), messages.stream().filter(message -> !message.contains("422")).toList());
  }
}
