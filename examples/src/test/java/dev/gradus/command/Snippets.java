package dev.gradus.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;

/// The Java blocks of the documentation, compiled together. A block is one of these:
///
/// - a program, if it has a `main`, or a file, if it begins with `package`: it stands for itself;
/// - members of a class, if it begins with `static`;
/// - else statements.
///
/// Members and statements see the packages of Gradus and, unless they import statically themselves, every op; and the
/// variables of [#VARIABLES], unless they declare their own.
final class Snippets {
  private static final String IMPORTS =
      """
      import dev.gradus.*;
      import dev.gradus.check.*;
      import dev.gradus.compile.*;
      import dev.gradus.data.*;
      import dev.gradus.diff.*;
      import dev.gradus.formula.*;
      import dev.gradus.graph.*;
      import dev.gradus.optim.*;
      import dev.gradus.ops.*;
      import dev.gradus.run.*;
      import dev.gradus.scalar.*;
      import dev.gradus.show.*;
      import dev.gradus.teach.*;
      import dev.gradus.teach.grading.*;
      import dev.gradus.teach.layout.Box;
      import dev.gradus.teach.layout.Direction;
      import dev.gradus.teach.layout.Layout;
      import dev.gradus.teach.layout.Link;
      import dev.gradus.teach.layout.Member;
      import dev.gradus.teach.layout.Outline;
      import dev.gradus.teach.layout.Size;
      import dev.gradus.teach.lessons.*;
      import dev.gradus.teach.replay.*;
      import dev.gradus.teach.script.Instructions;
      import dev.gradus.teach.terminal.*;
      import dev.gradus.teach.worksheet.Settings;
      import dev.gradus.teach.worksheet.Worksheet;
      import dev.gradus.tensor.*;
      """;

  private static final String VARIABLES =
      """
      Node x;
      Node w;
      Node h;
      Node loss;
      Tensor batch;
      Dataset train;
      Dataset test;
      Trainer trainer;
      Path file;
      PrintWriter out;
      BufferedReader commands;
      List<Size> sizes;
      """;

  private final Path folder;
  private final List<Block> blocks;

  private Snippets(Path folder, List<Block> blocks) {
    this.folder = folder;
    this.blocks = blocks;
  }

  /// Writes the blocks below `folder` and compiles them.
  ///
  /// @throws AssertionError with the compiler's messages when one does not compile
  static Snippets compile(List<Block> blocks, Path folder) throws IOException {
    Snippets snippets = new Snippets(folder, blocks);
    List<String> files = new ArrayList<>();
    for (Block block : blocks) {
      Path file = folder.resolve("src").resolve(snippets.nameOf(block) + ".java");
      Files.createDirectories(file.getParent());
      Files.writeString(file, source(block));
      files.add(file.toString());
    }
    List<String> arguments =
        new ArrayList<>(List.of("-d", folder.resolve("classes").toString(), "-proc:none", "-Xlint:all,-path", "-Werror"));
    arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
    arguments.addAll(files);
    StringWriter messages = new StringWriter();
    PrintWriter out = new PrintWriter(messages);
    int code = ToolProvider.findFirst("javac").orElseThrow().run(out, out, arguments.toArray(String[]::new));
    assertEquals(0, code, messages::toString);
    return snippets;
  }

  private String nameOf(Block block) {
    return "%s_%d".formatted(block.file().getFileName().toString().replaceAll("\\W", "_"), blocks.indexOf(block));
  }

  static boolean isProgram(Block block) {
    return block.text().contains("void main()");
  }

  private static String source(Block block) {
    if (isProgram(block) || block.text().startsWith("package ")) {
      return block.text();
    }
    String text = block.text();
    String imports = text.lines().filter(line -> line.startsWith("import ")).collect(Collectors.joining("\n"));
    String rest = text.lines().filter(line -> !line.startsWith("import ")).collect(Collectors.joining("\n"));
    String ops = imports.contains("import static") ? "" : "import static dev.gradus.ops.Ops.*;\n";
    String body =
        rest.strip().startsWith("static ")
            ? rest + "\nvoid main() {}\n"
            : "void main() throws Exception {\n" + rest + "\n}\n";
    return ops + IMPORTS + imports + "\n" + VARIABLES + body;
  }

  /// Runs a program and gives what it printed.
  String run(Block block) throws IOException, ReflectiveOperationException {
    URL[] classes = {folder.resolve("classes").toUri().toURL()};
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    try (URLClassLoader loader = new URLClassLoader(classes, Snippets.class.getClassLoader())) {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      Class<?> type = loader.loadClass(nameOf(block));
      Constructor<?> constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      Method main = type.getDeclaredMethod("main");
      main.setAccessible(true);
      main.invoke(constructor.newInstance());
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }
}
