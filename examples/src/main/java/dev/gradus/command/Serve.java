package dev.gradus.command;

import dev.gradus.teach.replay.Sentences;
import dev.gradus.teach.serve.LessonServer;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Serves lessons of formulas until it is interrupted.
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Serves a page with a box for a formula, and its lesson below. Open the address that is printed in a browser.",
    footer = {"", "Example: gradus serve --port 0"})
final class Serve implements Callable<Integer> {
  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "The port to listen to; 0 for any that is free. By default ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "The address to listen at. By default ${DEFAULT-VALUE}, which only this computer can reach; 0.0.0.0 lets others in.")
  private String host;

  @Mixin private Language language;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Sentences sentences = language.sentences();
    // Who sends a request or reads its answer slowly shall not hold a connection for ever.
    if (System.getProperty("sun.net.httpserver.maxReqTime") == null) {
      System.setProperty("sun.net.httpserver.maxReqTime", "30");
    }
    try (LessonServer server = LessonServer.start(host, port, sentences)) {
      var out = spec.commandLine().getOut();
      out.println(sentences.say("serve.ready", Map.of("address", server.address().toString())));
      if (!server.isLocal()) {
        out.println(sentences.say("serve.open"));
      }
      out.flush();
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }
}
