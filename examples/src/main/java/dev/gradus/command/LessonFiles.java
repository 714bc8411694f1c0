package dev.gradus.command;

import dev.gradus.teach.Lesson;
import dev.gradus.teach.layout.Direction;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The files that `explain` writes.
final class LessonFiles {
  private static final double SCALE = 2;

  @Option(names = "--html", paramLabel = "FILE", description = "Write the lesson as one page, to click through step by step.")
  private @Nullable Path html;

  @Option(names = "--svg", paramLabel = "FILE", description = "Write the graph with all values and gradients as an SVG picture.")
  private @Nullable Path svg;

  @Option(names = "--png", paramLabel = "FILE", description = "Write the same picture as PNG, in twice a screen's resolution.")
  private @Nullable Path png;

  @Option(
      names = "--left-to-right",
      description = "Draw pictures, --dot and --mermaid with the result on the right, in place of on top.")
  private boolean leftToRight;

  boolean isEmpty() {
    return html == null && svg == null && png == null;
  }

  Direction direction() {
    return leftToRight ? Direction.RESULT_ON_RIGHT : Direction.RESULT_ON_TOP;
  }

  /// Refuses places where no file can be, before anything is written.
  void check() {
    OutputFile.require("explain", "--html", html);
    OutputFile.require("explain", "--svg", svg);
    OutputFile.require("explain", "--png", png);
    OutputFile.requireDifferent("explain", html, svg, png);
  }

  /// Writes the files and tells which.
  void write(Lesson lesson, PrintWriter told) throws IOException {
    if (html != null) {
      lesson.writeHtml(html);
      Scores.line(told, "page", html.toString());
    }
    if (svg != null) {
      lesson.writeSvg(svg, direction());
      Scores.line(told, "picture", svg.toString());
    }
    if (png != null) {
      // Drawing needs no screen; where one is named that cannot be reached, Java would look for it.
      if (System.getProperty("java.awt.headless") == null) {
        System.setProperty("java.awt.headless", "true");
      }
      lesson.writePng(png, SCALE, direction());
      Scores.line(told, "picture", png.toString());
    }
  }
}
