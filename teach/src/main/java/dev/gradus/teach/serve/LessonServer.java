package dev.gradus.teach.serve;

import com.google.common.net.HostAndPort;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gradus.GradusException;
import dev.gradus.teach.replay.Sentences;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A small HTTP server: `/` has a box for a formula and shows its lesson below, `/lesson` is the lesson alone. It keeps nothing, and
/// limits what a request may ask for.
///
/// On a loopback address it answers only requests that name this computer, so that no page from elsewhere can read it under a
/// name of its own.
public final class LessonServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LessonServer.class.getName());

  private static final int SECONDS = 20;
  private static final int BACKLOG = 64;

  private final String host;
  private final boolean isLocal;
  private final Sentences sentences;
  private final FrontPage front;
  private final Reception reception;
  private final TimedWork work = new TimedWork(SECONDS);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  private LessonServer(String host, InetSocketAddress address, Sentences sentences) throws IOException {
    this.host = host;
    this.isLocal = address.getAddress().isLoopbackAddress();
    this.sentences = sentences;
    this.front = new FrontPage(sentences);
    this.reception = new Reception(sentences, front, work);
    this.server = HttpServer.create(address, BACKLOG);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /// Starts a server. It runs until it is closed.
  ///
  /// @param host the address to listen at, such as `127.0.0.1`; `0.0.0.0` is all of this computer's
  /// @param port the port, or 0 for any that is free
  /// @param sentences the language
  /// @throws GradusException where the address or the port cannot be had
  public static LessonServer start(String host, int port, Sentences sentences) throws IOException {
    if (port < 0 || port > 0xffff) {
      throw new GradusException("serve", "ports are 0 to 65535", port, "take 8080, or 0 for any that is free");
    }
    try {
      return new LessonServer(host, new InetSocketAddress(InetAddress.getByName(host), port), sentences);
    } catch (UnknownHostException e) {
      throw new GradusException("serve", "the host must be an address of this computer", host, "take 127.0.0.1");
    } catch (BindException e) {
      throw new GradusException(
          "serve", "port " + port + " of " + host + " must be free", String.valueOf(e.getMessage()), "choose another, or 0 for any that is free");
    }
  }

  /// Where it can be reached.
  public URI address() {
    String name = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    return URI.create("http://" + name + ":" + server.getAddress().getPort() + "/");
  }

  /// Whether only this computer can reach it.
  public boolean isLocal() {
    return isLocal;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      answer(exchange).send(exchange);
    }
  }

  private Answer answer(HttpExchange exchange) {
    try {
      if (!isAddressed(exchange)) {
        return front.problem(421, Inquiry.NONE, sentences.say("serve.host", Map.of("address", address().toString())));
      }
      return reception.answer(exchange.getRequestMethod(), exchange.getRequestURI());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return front.problem(503, Inquiry.NONE, sentences.say("serve.busy"));
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "a request failed", e);
      return front.problem(500, Inquiry.NONE, sentences.say("serve.broken"));
    }
  }

  /// Whether a request names this computer. Elsewhere names are not known.
  private boolean isAddressed(HttpExchange exchange) {
    if (!isLocal) {
      return true;
    }
    List<String> names = exchange.getRequestHeaders().getOrDefault("Host", List.of());
    String absolute = exchange.getRequestURI().getAuthority();
    return names.size() == 1 && isMine(names.getFirst()) && (absolute == null || isMine(absolute));
  }

  private boolean isMine(String name) {
    try {
      HostAndPort given = HostAndPort.fromString(name).withDefaultPort(80);
      String named = given.getHost().toLowerCase(Locale.ROOT);
      return given.getPort() == server.getAddress().getPort()
          && (named.equals("localhost") || named.equals("127.0.0.1") || named.equals("::1") || named.equals(host.toLowerCase(Locale.ROOT)));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /// Stops it.
  @Override
  public void close() {
    server.stop(0);
    work.close();
    threads.shutdownNow();
  }
}
