package dev.gradus.teach;

import com.google.common.collect.ImmutableList;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;
import org.junit.jupiter.api.Assumptions;

/// Programs that some tests need. Where one is not on the PATH those tests are left out, which is said once.
public enum Installed {
  /// A browser.
  CHROMIUM("Chromium", "chromium", "chromium-browser", "google-chrome"),
  /// What draws DOT.
  GRAPHVIZ("Graphviz", "dot");

  private static final Set<Installed> TOLD = ConcurrentHashMap.newKeySet();

  private final String title;
  private final ImmutableList<String> names;

  Installed(String title, String... names) {
    this.title = title;
    this.names = ImmutableList.copyOf(names);
  }

  /// Where it is.
  ///
  /// @throws org.opentest4j.TestAbortedException where it is not
  public Path require() {
    Optional<Path> found = find();
    Assumptions.assumeTrue(found.isPresent(), told());
    return found.orElseThrow();
  }

  private Optional<Path> find() {
    String path = System.getenv("PATH");
    return path == null
        ? Optional.empty()
        : names.stream()
            .flatMap(name -> Stream.of(path.split(File.pathSeparator)).map(folder -> Path.of(folder, name)))
            .filter(Files::isExecutable)
            .findFirst();
  }

  private String told() {
    String told = "no " + title + " found: the tests that need it are left out";
    if (find().isEmpty() && TOLD.add(this)) {
      System.out.println(told);
    }
    return told;
  }

  private SkipExecutionHook.SkipResult skipped() {
    return find().isPresent() ? SkipExecutionHook.SkipResult.doNotSkip() : SkipExecutionHook.SkipResult.skip(told());
  }

  /// Leaves a property out that needs Chromium: there an aborted try would count as a failure.
  public static final class ForChromium implements SkipExecutionHook {
    /// For the annotation.
    public ForChromium() {}

    @Override
    public SkipResult shouldBeSkipped(LifecycleContext context) {
      return CHROMIUM.skipped();
    }
  }

  /// Leaves a property out that needs Graphviz.
  public static final class ForGraphviz implements SkipExecutionHook {
    /// For the annotation.
    public ForGraphviz() {}

    @Override
    public SkipResult shouldBeSkipped(LifecycleContext context) {
      return GRAPHVIZ.skipped();
    }
  }
}
