package dev.gradus.teach.page;

import static dev.gradus.ops.Ops.parameter;
import static dev.gradus.ops.Ops.sin;
import static dev.gradus.ops.Ops.square;
import static dev.gradus.ops.Ops.tanh;

import com.microsoft.playwright.Page;
import dev.gradus.graph.NameScope;
import dev.gradus.graph.Node;
import dev.gradus.ops.Ops;
import dev.gradus.teach.Browser;
import dev.gradus.teach.Lesson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// A program, not a test: prints the size of pages, the time until they are painted and the time of a step, for graphs of
/// 5 to 5,000 nodes.
final class PageFigures {
  private PageFigures() {}

  /// Prints the table.
  public static void main(String[] arguments) throws Exception {
    System.out.println("graph          nodes  steps  page KB  without data KB  write ms  first paint ms  graph ms  step ms median  p95  boxes");
    print("sin chain", chain(5));
    print("MLP 2-3-1", mlp(1, 2, 3, 1));
    print("MLP 2-12-12-1", mlp(1, 2, 12, 12, 1));
    print("chain", chain(5_000));
    print("fan-out", fanOut(5_000));
    print("MLP, 7 points", mlp(7, 2, 16, 16, 1));
    System.exit(0);  // the thread that reads from the browser would not end by itself
  }

  private static void print(String name, Node loss) throws Exception {
    Lesson lesson = Lesson.of(loss);
    long start = System.nanoTime();
    String html = lesson.toHtml();
    double write = (System.nanoTime() - start) / 1e6;
    Path file = Files.createTempFile("figures", ".html");
    Files.writeString(file, html);
    // The graph as JSON, and the functions of its formulas.
    int data = html.indexOf("</script>") - html.indexOf("id=\"lesson\">");
    data += html.indexOf("];", html.indexOf("const kernels")) - html.indexOf("const kernels");
    try (Page page = Browser.page()) {
      page.setViewportSize(1440, 900);
      page.navigate(file.toUri().toString());
      page.waitForFunction("() => performance.getEntriesByName('first-contentful-paint').length > 0 && document.querySelector('#badge').textContent !== ''");
      double paint = number(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"));
      // The script runs before the document is called interactive: then the graph stands, its numbers computed and compared.
      double graph = number(page.evaluate("performance.getEntriesByType('navigation')[0].domInteractive"));
      page.evaluate(
          """
          async () => {
            window.times = [];
            let boxes = 0;
            const stride = Math.max(1, Math.floor(LAST / 200));
            for (let k = 0; k < LAST; k += stride) {
              go(k);
              document.body.getBoundingClientRect();
              const start = performance.now();
              go(k + 1);
              document.body.getBoundingClientRect();
              times.push(performance.now() - start);
              boxes = Math.max(boxes, picture.boxes.size);
              await new Promise(done => setTimeout(done));
            }
            times.sort((a, b) => a - b);
            window.most = boxes;
          }""");
      System.out.printf(
          Locale.ROOT, "%-14s %5d  %5d  %7d  %15d  %8.0f  %14.0f  %8.0f  %14.1f  %3.1f  %5.0f%n",
          name, lesson.replay().graph().size(), lesson.steps().size(), html.length() / 1024, (html.length() - data) / 1024, write, paint, graph,
          number(page.evaluate("times[Math.floor(times.length / 2)]")), number(page.evaluate("times[Math.floor(times.length * 0.95)]")),
          number(page.evaluate("most")));
    }
    Files.delete(file);
  }

  private static double number(Object x) {
    return ((Number) x).doubleValue();
  }

  private static Node chain(int nodes) {
    Node v = parameter("x", 0.5);
    for (int i = 1; i < nodes; i++) {
      v = sin(v);
    }
    return v;
  }

  private static Node fanOut(int nodes) {
    Node x = parameter("x", 0.5);
    Node sum = x.times(1);
    for (int i = 2; i <= nodes / 2; i++) {
      sum = sum.plus(x.times(i));
    }
    return sum;
  }

  /// A network of single numbers: its loss over some points.
  static Node mlp(int points, int... widths) {
    Random random = new Random(1);
    List<Node[][]> weights = new ArrayList<>();
    for (int layer = 1; layer < widths.length; layer++) {
      Node[][] w = new Node[widths[layer]][widths[layer - 1]];
      try (var _ = NameScope.open("layer" + layer)) {
        for (int i = 0; i < w.length; i++) {
          for (int j = 0; j < w[i].length; j++) {
            w[i][j] = parameter("w" + (i + 1) + "_" + (j + 1), random.nextGaussian());
          }
        }
      }
      weights.add(w);
    }
    Node loss = Ops.constant(0);
    for (int p = 0; p < points; p++) {
      List<Node> x = new ArrayList<>();
      for (int j = 0; j < widths[0]; j++) {
        x.add(Ops.constant(random.nextGaussian()).named("x" + (p + 1) + "_" + (j + 1)));
      }
      for (int layer = 0; layer < weights.size(); layer++) {
        try (var _ = NameScope.open("layer" + (layer + 1))) {
          List<Node> y = new ArrayList<>();
          for (Node[] row : weights.get(layer)) {
            Node sum = row[0].times(x.get(0));
            for (int j = 1; j < row.length; j++) {
              sum = sum.plus(row[j].times(x.get(j)));
            }
            y.add(layer + 1 < weights.size() ? tanh(sum) : sum);
          }
          x = y;
        }
      }
      loss = loss.plus(square(x.getFirst().minus(1)));
    }
    return loss;
  }
}
