package dev.gradus.benchmarks;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds the row of `benchmarks` in ARCHITECTURE.md.
final class RoomTest {
  private static final String ROOM = "dev.gradus.benchmarks";
  private static final Pattern ROW = Pattern.compile("\\| benchmarks \\| `benchmarks` \\|.*\\|([^|\n]*)\\|");
  private static final Pattern NAME = Pattern.compile("`([a-z.]+)`");

  @Test
  void benchmarksKnowOnlyWhatTheyMay() throws IOException {
    Matcher row = ROW.matcher(Files.readString(Path.of("../ARCHITECTURE.md")));
    assertTrue(row.find());
    Stream<String> known = NAME.matcher(row.group(1)).results().map(name -> "dev.gradus." + name.group(1));
    String[] allowed = Stream.concat(Stream.of("dev.gradus", ROOM, ROOM + ".."), known).toArray(String[]::new);
    classes()
        .that()
        .resideInAPackage(ROOM)
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(allowed).or(resideOutsideOfPackage("dev.gradus..")))
        .check(new ClassFileImporter().importPaths(Path.of("target", "classes")));
  }

  @Test
  void nobodyDependsOnThem() throws IOException {
    for (String module : List.of("graph-core", "ops", "optim", "examples")) {
      assertFalse(Files.readString(Path.of("..", module, "pom.xml")).contains("gradus-benchmarks"), module);
    }
  }
}
