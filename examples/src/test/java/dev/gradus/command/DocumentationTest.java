package dev.gradus.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the documentation shows is true: its Java compiles, its programs and commands run and print what the page says.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DocumentationTest {
  /// What a command reads: the text between the quotes of printf.
  private static final Pattern PIPE = Pattern.compile("printf '(?<typed>[^']*)' \\| (?<command>\\./gradus .*)");
  /// Commands that take long, wait for a browser or write files here: they have tests of their own.
  private static final Pattern OTHERWISE = Pattern.compile("\\./gradus (?:demo|bench|serve|grade|lessons [^-]|.*--html).*");

  private static final Pattern WORD = Pattern.compile("(?:'[^']*'|[^\\s'])+");

  private final List<Block> blocks = Block.all();
  private final Path folder;
  private final Snippets snippets;

  DocumentationTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.snippets = Snippets.compile(blocksOf("java").toList(), folder);
  }

  private Stream<Block> blocksOf(String language) {
    return blocks.stream().filter(block -> block.language().equals(language));
  }

  /// Those that write files are only compiled.
  Stream<Block> programs() {
    return blocksOf("java").filter(Snippets::isProgram).filter(program -> !program.text().contains("writeHtml("));
  }

  @ParameterizedTest
  @MethodSource("programs")
  void programPrintsWhatThePageShows(Block program) throws Exception {
    String printed = snippets.run(program);
    assertTrue(program.shown().isEmpty() || program.shows(printed), printed);
  }

  /// The lines that start the command; those that take long are left to the tests of what they do.
  Stream<Block> commands() {
    return blocksOf("sh").flatMap(DocumentationTest::commandsOf);
  }

  /// What is shown below several commands is what the last prints.
  private static Stream<Block> commandsOf(Block block) {
    List<String> lines = block.text().lines().toList();
    return lines.stream()
        .filter(line -> (line.startsWith("./gradus ") || PIPE.matcher(line).matches()) && !OTHERWISE.matcher(line).matches())
        .map(line -> new Block(block.file(), block.line(), "sh", line, line.equals(lines.getLast()) ? block.shown() : ""));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void commandPrintsWhatThePageShows(Block command) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Matcher pipe = PIPE.matcher(command.text());
    String typed = pipe.matches() ? pipe.group("typed").translateEscapes() : "";
    String line = pipe.matches() ? pipe.group("command") : command.text();
    Keyboard keyboard = new Keyboard(new BufferedReader(new StringReader(typed)), false);
    int code = Main.run(keyboard, new PrintWriter(out), new PrintWriter(err), words(line));
    assertEquals(0, code, err::toString);
    assertTrue(command.shown().isEmpty() || command.shows(out.toString()), out::toString);
  }

  /// The words after the command, as a shell would pass them. Files are those of the repository; new ones go to a folder of
  /// their own.
  private String[] words(String line) {
    return WORD.matcher(line.replaceFirst("\\s+#.*", ""))
        .results()
        .skip(1)
        .map(word -> word.group().replace("'", ""))
        .map(word -> word.endsWith(".csv") ? Block.ROOT.resolve(word).toString() : word)
        .map(word -> word.endsWith(".model") ? folder.resolve(word).toString() : word)
        .toArray(String[]::new);
  }

  @Test
  void pagesShowJava() {
    Set<String> files = blocksOf("java").map(block -> block.file().toString()).collect(Collectors.toSet());
    assertTrue(files.containsAll(Set.of("README.md", "CONTRIBUTING.md")), files::toString);
  }
}
