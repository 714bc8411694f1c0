package dev.gradus.teach.page;

import com.google.common.collect.ImmutableMap;
import dev.gradus.graph.SourceLine;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The texts that nodes were made by, to show the line of each node.
public final class Source {
  /// No text: only the names of files and the numbers of lines are shown.
  public static final Source NONE = new Source(Map.of());

  private final ImmutableMap<String, List<String>> linesByFile;

  private Source(Map<String, List<String>> linesByFile) {
    this.linesByFile = ImmutableMap.copyOf(linesByFile);
  }

  /// The text of one file, or of a formula, whose file is called `formula`.
  public static Source of(String file, String text) {
    return new Source(Map.of(file, text.lines().toList()));
  }

  @Nullable String line(SourceLine place) {
    List<String> lines = linesByFile.get(place.file());
    return lines == null || place.line() < 1 || place.line() > lines.size() ? null : lines.get(place.line() - 1);
  }
}
