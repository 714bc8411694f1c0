package dev.gradus.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gradus.GradusException;
import dev.gradus.compile.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Times workloads, each in a JVM of its own.
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Times Gradus on the workloads on which it is compared with its peers, each in a JVM of its own.",
    footer = {
      "",
      "Workloads: quiz, moons, mlp, elementwise, lenet, lstm, transformer, chain.",
      "quiz-by-hand and moons-by-hand are the same without a library: the limit.",
      "mlp-2x and mlp-4x are wider, chain-10k and chain-100k shorter.",
      "",
      "first: from before the graph is built to after the first run; the JVM has started.",
      "min, median: of 15 samples of many runs each, once warm; soon: the median",
      "after 1.5 seconds, while the JVM still compiles. chain has one run.",
      "roofline: no program takes less time for the matrix products, and for reading",
      "inputs and writing results once, on a machine as fast as was measured just before.",
    })
public final class Bench implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Parameters(arity = "0..*", paramLabel = "WORK", description = "The workloads; without a name those of the peers.")
  private @Nullable List<String> names;

  @Option(names = "--json", description = "Prints the lines of JSON that the peers print, and nothing else.")
  private boolean json;

  @Option(names = "--threads", paramLabel = "N", description = "The number of threads; all cores unless given.")
  private @Nullable Integer threads;

  @Option(
      names = "--warm",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "How long to run before samples are taken; ${DEFAULT-VALUE} unless given.")
  private double warm;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    List<Workload> works = names == null ? Workloads.COMPARED : names.stream().map(Workloads::get).toList();
    if (!(warm >= 0 && warm <= 3600)) {
      throw new GradusException("bench", "the seconds to warm up must lie between 0 and 3600", warm, "10 is usual");
    }
    Settings settings = threads == null ? Settings.standard() : Settings.standard().withThreads(threads);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      for (Workload work : works) {
        out.println(JSON.writeValueAsString(FreshJvm.measure(work, settings, warm).line()));
        out.flush();
      }
      return 0;
    }
    Machine machine = FreshJvm.machine(settings);
    say(out, "threads %d", settings.threads());
    say(out, "machine: f32 matrix product of size %d at %s GFLOP/s, memory at %s GB/s",
        Machine.MATRIX, digits(machine.flops() * 1e-9), digits(machine.bandwidth() * 1e-9));
    for (Workload work : works) {
      tell(out, FreshJvm.measure(work, settings, warm), machine);
    }
    return 0;
  }

  static void tell(PrintWriter out, Measurement found, Machine machine) {
    Line line = found.line();
    double bound = machine.bound(found.flops(), found.bytes());
    say(out, "");
    say(out, "%s", line.work());
    say(out, "  times     first %s ms, soon %s µs, min %s µs, median %s µs",
        digits(line.firstMillis()), digits(line.soonMicros()), digits(line.minMicros()), digits(line.medianMicros()));
    say(out, "  roofline  %s MFLOP, %s MB: at least %s µs; the median is %s times that",
        digits(found.flops() * 1e-6), digits(found.bytes() * 1e-6), digits(bound), digits(line.medianMicros() / bound));
    say(out, "  allocated %,d bytes a step", found.allocatedBytes());
    Plan plan = found.plan();
    if (plan != null) {
      say(out, "  memory    %,d bytes planned; all intermediates take %,d", plan.bytes(), plan.intermediateBytes());
    }
    out.flush();
  }

  private static void say(PrintWriter out, String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }

  /// Three significant digits, without an exponent.
  private static String digits(double value) {
    double size = Math.abs(value);
    int decimals = size >= 100 || size == 0 ? 0 : Math.min(6, 2 - (int) Math.floor(Math.log10(size)));
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }
}
