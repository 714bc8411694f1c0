package dev.gradus.command;

import dev.gradus.diff.Flow;
import dev.gradus.ops.Entry;
import dev.gradus.ops.Vocabulary;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Lists the ops, or tells all about one.
@Command(
    name = "ops",
    mixinStandardHelpOptions = true,
    description = "Lists all ops, or prints the formula, derivative rule, domain and convention of one.")
final class OpList implements Callable<Integer> {
  @Parameters(arity = "0..1", paramLabel = "NAME", description = "The name of an op.")
  private @Nullable String name;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (name == null) {
      Vocabulary.families().forEach((family, entries) -> list(out, family, entries));
    } else {
      describe(out, Vocabulary.get(name));
    }
    return 0;
  }

  private static void list(PrintWriter out, String family, List<Entry> entries) {
    out.println(family);
    int width = entries.stream().mapToInt(entry -> entry.name().length()).max().orElse(0);
    for (Entry entry : entries) {
      out.println("  " + entry.name() + " ".repeat(width - entry.name().length()) + "  " + entry.doc());
    }
    out.println();
  }

  private static void describe(PrintWriter out, Entry entry) {
    out.println(entry.signature());
    out.println("  " + entry.doc());
    out.println();
    row(out, "formula", List.of(entry.formula()));
    boolean flows = entry.gradient() == Flow.FLOWS;
    row(out, "derivative", flows ? entry.derivatives() : List.of("none: " + entry.gradient()));
    row(out, "", entry.identity().isEmpty() ? List.of() : List.of("= " + entry.identity() + ", with y the value"));
    row(out, "domain", List.of(entry.domain()));
    row(out, "also called", entry.aliases());
    row(out, "convention", entry.convention().isEmpty() ? List.of() : List.of(entry.convention()));
  }

  private static void row(PrintWriter out, String title, List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      out.println("%-11s %s".formatted(i == 0 ? title : "", lines.get(i)));
    }
  }
}
