package dev.gradus.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
  private static final Pattern WORD = Pattern.compile("(?:'[^']*'|[^\\s'])+");

  private final List<Block> blocks = Block.all();
  private final Snippets snippets;

  DocumentationTest(@TempDir Path folder) throws IOException {
    snippets = Snippets.compile(blocksOf("java").toList(), folder);
  }

  private Stream<Block> blocksOf(String language) {
    return blocks.stream().filter(block -> block.language().equals(language));
  }

  Stream<Block> programs() {
    return blocksOf("java").filter(Snippets::isProgram);
  }

  @ParameterizedTest
  @MethodSource("programs")
  void programPrintsWhatThePageShows(Block program) throws Exception {
    String printed = snippets.run(program);
    assertTrue(program.shows(printed), printed);
  }

  /// The lines that start the command; those that take minutes are left to the tests of what they do.
  Stream<Block> commands() {
    return blocksOf("sh")
        .flatMap(
            block ->
                block
                    .text()
                    .lines()
                    .filter(line -> line.startsWith("./gradus ") && !line.startsWith("./gradus demo"))
                    .map(line -> new Block(block.file(), block.line(), block.language(), line, block.shown())));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void commandPrintsWhatThePageShows(Block command) {
    List<String> words = new ArrayList<>();
    WORD.matcher(command.text().replaceFirst("\\s+#.*", "")).results().forEach(word -> words.add(word.group().replace("'", "")));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Main.run(new PrintWriter(out), new PrintWriter(err), words.subList(1, words.size()).toArray(String[]::new));
    assertEquals(0, code, err::toString);
    assertTrue(command.shown().isEmpty() || command.shows(out.toString()), out::toString);
  }

  @Test
  void pagesShowJava() {
    Set<String> files = blocksOf("java").map(block -> block.file().toString()).collect(Collectors.toSet());
    assertTrue(files.containsAll(Set.of("README.md", "CONTRIBUTING.md")), files::toString);
  }
}
