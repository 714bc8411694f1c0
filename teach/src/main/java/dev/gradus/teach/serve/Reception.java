package dev.gradus.teach.serve;

import dev.gradus.GradusException;
import dev.gradus.teach.Lesson;
import dev.gradus.teach.replay.Sentences;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the answer to a request.
final class Reception {
  /// What the address of a request may have behind its question mark.
  static final int MOST_CHARACTERS = 16_000;

  private static final Pattern POLICY = Pattern.compile("<meta http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\">");

  private final Sentences sentences;
  private final FrontPage front;
  private final TimedWork work;

  Reception(Sentences sentences, FrontPage front, TimedWork work) {
    this.sentences = sentences;
    this.front = front;
    this.work = work;
  }

  Answer answer(String method, URI address) throws InterruptedException {
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return front.problem(405, Inquiry.NONE, sentences.say("serve.method", Map.of("method", method)), Map.of("Allow", "GET, HEAD"));
    }
    String path = address.getPath();
    String query = address.getRawQuery();
    if (query != null && query.length() > MOST_CHARACTERS) {
      return front.problem(414, Inquiry.NONE, sentences.say("serve.long", Map.of("most", String.valueOf(MOST_CHARACTERS))));
    }
    if (path == null || (!path.equals("/") && !path.equals("/lesson"))) {
      return front.problem(404, Inquiry.NONE, sentences.say("serve.unknown", Map.of("path", String.valueOf(path))));
    }
    Inquiry inquiry;
    try {
      inquiry = Inquiry.of(query);
    } catch (IllegalArgumentException e) {
      return front.problem(400, Inquiry.NONE, sentences.say("serve.bad"));
    }
    if (path.equals("/lesson")) {
      return answer(inquiry, this::alone);
    }
    return inquiry.formula().isBlank() ? front.blank() : answer(inquiry, _ -> front.lesson(inquiry));
  }

  private Answer answer(Inquiry inquiry, Function<Lesson, Answer> page) throws InterruptedException {
    try {
      return work.run(() -> page.apply(FormulaLesson.of(inquiry.formula(), inquiry.values(), sentences)));
    } catch (RejectedExecutionException e) {
      return front.problem(503, inquiry, sentences.say("serve.busy"), Map.of("Retry-After", "10"));
    } catch (TimeoutException e) {
      return front.problem(422, inquiry, sentences.say("serve.slow", Map.of("seconds", String.valueOf(work.seconds()))));
    } catch (ExecutionException e) {
      return switch (e.getCause()) {
        case GradusException refused -> front.problem(422, inquiry, String.valueOf(refused.getMessage()));
        case OutOfMemoryError large -> front.problem(422, inquiry, sentences.say("serve.large"));
        case StackOverflowError deep -> front.problem(422, inquiry, sentences.say("serve.large"));
        case null, default -> throw new IllegalStateException(e);
      };
    }
  }

  /// The page of a lesson may do what it says itself, and be shown in a frame of this server's.
  private Answer alone(Lesson lesson) {
    String html = lesson.toHtml();
    Matcher policy = POLICY.matcher(html);
    if (!policy.find()) {
      throw new IllegalStateException("a page without a policy");
    }
    return new Answer(200, policy.group(1) + "; frame-ancestors 'self'", html, Map.of());
  }
}
