package dev.gradus.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ServeTest {
  @Test
  void itRunsUntilItIsInterrupted() throws IOException, InterruptedException {
    StringWriter out = new StringWriter();
    Thread command = Thread.ofPlatform().start(() -> Main.run(new PrintWriter(out), new PrintWriter(out), "serve", "--port", "0"));
    try (HttpClient client = HttpClient.newHttpClient()) {
      Matcher address = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/").matcher("");
      for (int i = 0; i < 200 && !address.reset(out.toString()).find(); i++) {
        Thread.sleep(50);
      }
      URI page = URI.create(address.group());
      HttpResponse<String> answer = client.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
      assertEquals(200, answer.statusCode());
      assertTrue(answer.body().contains("name=\"formula\""), answer.body());
    } finally {
      command.interrupt();
    }
    assertTrue(command.join(Duration.ofSeconds(20)), "it does not end");
    assertFalse(out.toString().contains("Everyone"), out.toString());
  }

  @Test
  void whatCannotBeIsTold() throws IOException {
    for (String[] words : new String[][] {{"--port", "70000"}, {"--port", "x"}, {"--host", "no such host"}, {"--language", "/no/such.properties"}}) {
      CommandRun refused = CommandRun.of("serve", words[0], words[1]);
      assertEquals(2, refused.code(), refused.err());
      assertTrue(refused.err().startsWith("gradus: ") && !refused.err().contains("\tat "), refused.err());
    }
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CommandRun refused = CommandRun.of("serve", "--port", String.valueOf(taken.getLocalPort()));
      assertEquals(2, refused.code());
      assertTrue(refused.err().contains("must be free"), refused.err());
    }
  }
}
