package dev.gradus.graph;

import dev.gradus.GradusException;
import java.lang.StackWalker.StackFrame;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The place in the user's program that made a node, as in `Quiz.java:14`, or in a formula, as in `formula:1:5`.
///
/// Finding it walks the stack, 1 to 2 µs a node; [#setRecording] switches it off for programs that build
/// millions of nodes. Nodes that the library makes while differentiating inherit the line of the node they
/// differentiate.
///
/// @param file the name of the source file
/// @param line the line in it, from 1
/// @param column the column in that line, from 1, or 0 where it is not known
public record SourceLine(String file, int line, int column) {
  private static final StackWalker WALKER = StackWalker.getInstance();

  private static final Set<String> LIBRARY =
      Set.of("graph", "diff", "run", "compile", "check", "ops", "formula", "optim", "data", "teach", "show", "scalar", "tensor");

  private static volatile boolean recording = !"false".equals(System.getProperty("gradus.sourceLines"));

  private static final ThreadLocal<@Nullable Inherited> INHERITED = new ThreadLocal<>();

  private record Inherited(@Nullable SourceLine line) {}

  /// Whether new nodes record their line; on unless the system property `gradus.sourceLines` is `false`.
  public static boolean isRecording() {
    return recording;
  }

  /// Switches the recording of lines on or off for the nodes made from now on, in all threads.
  public static void setRecording(boolean on) {
    recording = on;
  }

  /// The line to give to a node made now: the inherited one, else the first frame outside the library.
  static @Nullable SourceLine current() {
    if (!recording) {
      return null;
    }
    Inherited inherited = INHERITED.get();
    if (inherited != null) {
      return inherited.line;
    }
    return WALKER.walk(frames -> frames.filter(SourceLine::isUsers).findFirst().map(SourceLine::of).orElse(null));
  }

  /// What `build` makes; an error that knows no place yet is given the line of the user's program. For checks that come
  /// before [Apply#of], which does the same.
  public static <T> T locate(Supplier<T> build) {
    try {
      return build.get();
    } catch (GradusException e) {
      SourceLine line = current();
      throw line == null ? e : e.at(line.toString());
    }
  }

  /// Lets every node made until [Inheritance#close] carry the line of `origin`.
  public static Inheritance inherit(Node origin) {
    return inherit(origin.sourceLine());
  }

  /// Lets every node made until [Inheritance#close] carry `line`.
  public static Inheritance inherit(@Nullable SourceLine line) {
    if (!recording) {
      return Inheritance.NONE;
    }
    Inherited outer = INHERITED.get();
    INHERITED.set(new Inherited(line));
    return () -> restore(outer);
  }

  private static void restore(@Nullable Inherited outer) {
    if (outer == null) {
      INHERITED.remove();
    } else {
      INHERITED.set(outer);
    }
  }

  private static SourceLine of(StackFrame frame) {
    String file = frame.getFileName();
    return new SourceLine(file == null ? frame.getClassName() : file, frame.getLineNumber(), 0);
  }

  private static boolean isUsers(StackFrame frame) {
    String name = frame.getClassName();
    if (name.startsWith("dev.gradus.")) {
      int end = name.indexOf('.', 11);
      return end < 0 || !LIBRARY.contains(name.substring(11, end));
    }
    return !name.startsWith("java.") && !name.startsWith("jdk.");
  }

  @Override
  public String toString() {
    return file + ":" + line + (column == 0 ? "" : ":" + column);
  }

  /// A stretch of code whose nodes inherit a line; closing it ends the stretch.
  public interface Inheritance extends AutoCloseable {
    /// The stretch that changes nothing.
    Inheritance NONE = () -> {};

    @Override
    void close();
  }
}
