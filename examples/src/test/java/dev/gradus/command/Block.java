package dev.gradus.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A fenced block in the documentation: in a Markdown page, or in the `///` comments of the sources.
///
/// @param file the file it stands in, from the repository's root
/// @param line the line of its first line of text
/// @param language what the fence names, such as `java`
/// @param text what stands between the fences
/// @param shown the `text` block that follows it: what it prints; empty where there is none
record Block(Path file, int line, String language, String text, String shown) {
  private static final Pattern LONG_NUMBER = Pattern.compile("(\\d+\\.\\d{12})\\d+");

  /// The root of the repository.
  static final Path ROOT = Path.of("..");

  /// All blocks of all pages and sources, in order.
  static List<Block> all() throws IOException {
    List<Block> blocks = new ArrayList<>();
    for (Path file : files()) {
      blocks.addAll(in(file));
    }
    return blocks;
  }

  private static List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> pages = Files.list(ROOT)) {
      pages.filter(page -> page.toString().endsWith(".md")).forEach(files::add);
    }
    for (String folder : List.of("docs", "graph-core/src/main", "ops/src/main", "optim/src/main", "teach/src/main", "examples/src/main")) {
      try (Stream<Path> tree = Files.walk(ROOT.resolve(folder))) {
        tree.filter(file -> file.toString().matches(".*\\.(md|java)")).forEach(files::add);
      }
    }
    files.sort(null);
    return files;
  }

  private static List<Block> in(Path file) throws IOException {
    boolean source = file.toString().endsWith(".java");
    List<String> lines =
        Files.readAllLines(file).stream()
            .map(line -> !source ? line : line.strip().startsWith("///") ? comment(line) : "")
            .toList();
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("```")) {
        int end = i + 1 + lines.subList(i + 1, lines.size()).indexOf("```");
        String language = lines.get(i).substring(3);
        String text = lines.subList(i + 1, end).stream().map(line -> line + "\n").collect(Collectors.joining());
        if (language.equals("text") && !blocks.isEmpty()) {
          blocks.add(blocks.removeLast().showing(text));
        } else {
          blocks.add(new Block(ROOT.relativize(file), i + 2, language, text, ""));
        }
        i = end;
      }
    }
    return blocks;
  }

  private static String comment(String line) {
    String text = line.strip().substring(3);
    return text.startsWith(" ") ? text.substring(1) : text;
  }

  private Block showing(String text) {
    return new Block(file, line, language, this.text, text);
  }

  /// Whether `output` is what the page shows. A line `...` stands for any number of lines; of a number's digits the first
  /// twelve count, since machines may round the last differently.
  boolean shows(String output) {
    StringBuilder pattern = new StringBuilder();
    for (String line : shown.lines().toList()) {
      if (line.equals("...")) {
        pattern.append("(?:.*\n)*?");
      } else {
        String rounded = LONG_NUMBER.matcher(line).replaceAll("$1\\\\E\\\\d*\\\\Q");
        pattern.append("\\Q").append(rounded).append("\\E\n");
      }
    }
    return output.matches(pattern.toString());
  }

  @Override
  public String toString() {
    return file + ":" + line;
  }
}
