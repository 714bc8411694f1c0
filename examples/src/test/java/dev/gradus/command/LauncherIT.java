package dev.gradus.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What starts from a shell, once everything is packaged: the launcher, and the commands below README's first program.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no POSIX shell")
final class LauncherIT {
  private static final Path JDK = Path.of(System.getProperty("java.home"));

  @TempDir private Path folder = Path.of("");

  @Test
  void launcherFindsBuildsAndStarts() throws Exception {
    String out = run(List.of("sh", "examples/src/test/sh/launcher.sh", ".", JDK.toString()), "");
    assertEquals("launcher: all well\n", out);
  }

  @Test
  void firstProgramRunsFromTheShell() throws Exception {
    Block program = first("java");
    String line = commandsOfFirstProgram().filter(command -> command.startsWith("java ")).findFirst().orElseThrow();
    String out = run(List.of("sh", "-c", withProgram(line, program)), "");
    assertTrue(program.shows(out), out);
  }

  /// What Java's preferences log on a machine where they are new is no output of the program.
  @Test
  void firstProgramRunsInJShell() throws Exception {
    Block program = first("java");
    String line = commandsOfFirstProgram().filter(command -> command.startsWith("jshell ")).findFirst().orElseThrow();
    String quiet = line.replace("jshell ", "jshell -s -J-Djava.util.prefs.userRoot='" + folder + "' ") + " - 2>'" + folder.resolve("log") + "'";
    String out = run(List.of("sh", "-c", withProgram(quiet, program)), "main()\n");
    assertTrue(program.shows(out), out);
  }

  private static Block first(String language) throws IOException {
    return Block.all().stream()
        .filter(block -> block.file().equals(Path.of("README.md")) && block.language().equals(language))
        .findFirst()
        .orElseThrow();
  }

  private static Stream<String> commandsOfFirstProgram() throws IOException {
    return Block.all().stream()
        .filter(block -> block.file().equals(Path.of("README.md")) && block.text().contains("First.java"))
        .flatMap(block -> block.text().lines());
  }

  /// The command with the program's file in a folder of its own.
  private String withProgram(String command, Block program) throws IOException {
    Path file = Files.writeString(folder.resolve("First.java"), program.text());
    return command.replace("First.java", "'" + file + "'");
  }

  /// Runs a command in the root of the repository, with the tools of this JDK, and gives what it printed.
  private String run(List<String> command, String input) throws Exception {
    Path typed = Files.writeString(folder.resolve("typed"), input);
    Path printed = folder.resolve("printed");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(Block.ROOT.toFile())
            .redirectErrorStream(true)
            .redirectInput(typed.toFile())
            .redirectOutput(printed.toFile());
    builder.environment().merge("PATH", JDK.resolve("bin") + ":", (path, tools) -> tools + path);
    int code = builder.start().waitFor();
    String out = Files.readString(printed);
    assertEquals(0, code, out);
    return out;
  }
}
