package dev.gradus.examples;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import dev.gradus.graph.Node;
import dev.gradus.graph.Primitive;
import dev.gradus.run.GradientValues;
import dev.gradus.run.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds the table of rooms in ARCHITECTURE.md, which says who may know whom, and the conventions that can be seen in
/// compiled classes.
final class ArchitectureTest {
  private static final String ROOT = "dev.gradus";
  private static final Pattern ROW = Pattern.compile("\\| ([a-z-]+) \\| `([a-z.]+)` \\|.*\\|([^|\n]*)\\|");
  private static final Pattern NAME = Pattern.compile("`([a-z.]+)`");

  /// What examples are made of. The row of `benchmarks` is held there.
  private static final List<String> MODULES = List.of("graph-core", "ops", "optim", "teach", "examples");

  private static final JavaClasses GRADUS =
      new ClassFileImporter()
          .importPaths(
              MODULES.stream()
                  .map(module -> Path.of("..", module, "target", "classes"))
                  .toList());

  /// Each package below the root and the packages that it may know.
  private static Map<String, Set<String>> rooms() throws IOException {
    Map<String, Set<String>> rooms = new TreeMap<>();
    for (MatchResult row : ROW.matcher(Files.readString(Path.of("../ARCHITECTURE.md"))).results().toList()) {
      if (MODULES.contains(row.group(1))) {
        Set<String> known = new TreeSet<>();
        NAME.matcher(row.group(3)).results().forEach(name -> known.add(name.group(1)));
        rooms.put(row.group(2), known);
      }
    }
    return rooms;
  }

  static Set<String> packages() {
    return GRADUS.stream()
        .map(JavaClass::getPackageName)
        .filter(name -> name.startsWith(ROOT + "."))
        .map(name -> name.substring(ROOT.length() + 1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyPackageHasARoom() throws IOException {
    assertEquals(rooms().keySet(), packages());
    assertTrue(GRADUS.size() > 150, GRADUS.size() + " classes");
  }

  @ParameterizedTest
  @MethodSource("packages")
  void roomKnowsOnlyWhatItMay(String name) throws IOException {
    Set<String> known = rooms().getOrDefault(name, Set.of());
    String[] allowed =
        Stream.concat(Stream.of(ROOT, ROOT + "." + name), known.stream().map(other -> ROOT + "." + other))
            .toArray(String[]::new);
    knowsOnly(ROOT + "." + name, allowed).check(GRADUS);
  }

  @Test
  void rootKnowsNothing() {
    knowsOnly(ROOT, ROOT).check(GRADUS);
  }

  private static ArchRule knowsOnly(String name, String... allowed) {
    return classes()
        .that()
        .resideInAPackage(name)
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(allowed).or(resideOutsideOfPackage(ROOT + "..")));
  }

  @Test
  void pageNamesEveryPrimitive() throws IOException {
    String page = Files.readString(Path.of("../ARCHITECTURE.md"));
    for (Class<?> primitive : Primitive.class.getPermittedSubclasses()) {
      assertTrue(page.contains("| `" + primitive.getSimpleName() + "` |"), primitive.getSimpleName());
    }
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.gradus.(*)..").should().beFreeOfCycles().check(GRADUS);
  }

  /// Running is one job: only what hands out gradients as numbers knows that there are derivatives.
  @Test
  void interpreterKnowsNoDerivatives() {
    noClasses()
        .that()
        .resideInAPackage("dev.gradus.run")
        .and()
        .doNotBelongToAnyOf(Values.class, GradientValues.class)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.gradus.diff")
        .check(GRADUS);
  }

  @Test
  void namesSayWhatThingsAre() {
    noClasses().should().haveNameMatching(".*(Impl|Util|Utils|Manager|Helper)(\\$.*)?").check(GRADUS);
    noFields().should().haveNameMatching("(?i)ctx|tape").check(GRADUS);
  }

  @Test
  void librariesDoNotPrint() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.gradus.command..", "dev.gradus.examples..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.IO")
        .check(GRADUS);
  }

  /// Nodes are places: two are the same only if they are one. What records generate would walk the graph, path by path.
  @Test
  void nodesHaveIdentity() {
    methods()
        .that()
        .areDeclaredInClassesThat(assignableTo(Node.class))
        .should()
        .notHaveName("equals")
        .check(GRADUS);
  }

  /// A switch for source lines, and the door through which the modules reach the arrays of tensors: set once.
  @Test
  void hardlyAnythingThatChangesIsShared() {
    Set<String> changing =
        GRADUS.stream()
            .flatMap(type -> type.getFields().stream())
            .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
            .filter(field -> !field.getModifiers().contains(JavaModifier.FINAL))
            .map(JavaField::getFullName)
            .collect(Collectors.toSet());
    assertEquals(Set.of("dev.gradus.graph.SourceLine.recording", "dev.gradus.tensor.raw.RawTensors.door"), changing);
  }

  /// A chain of a million nodes is as deep as it is long. Boxes are nested a few deep: what opens them may recurse.
  @Test
  void walksOverNodesAreLoops() {
    ArchRule rule =
        methods()
            .that()
            .haveRawParameterTypes(
                describe("a node among them", types -> types.stream().anyMatch(type -> type.isAssignableTo(Node.class))))
            .should(
                new ArchCondition<JavaMethod>("not call themselves") {
                  @Override
                  public void check(JavaMethod method, ConditionEvents events) {
                    Set<String> called =
                        method.getAccessesFromSelf().stream()
                            .map(call -> call.getTarget().getFullName())
                            .collect(Collectors.toSet());
                    boolean opensBoxes = called.contains("dev.gradus.graph.Apply.expansion()");
                    if (called.contains(method.getFullName()) && !opensBoxes) {
                      events.add(violated(method, method.getFullName() + " calls itself"));
                    }
                  }
                });
    rule.check(GRADUS);
    assertEquals(
        2, rule.evaluate(new ClassFileImporter().importClasses(Recursive.class)).getFailureReport().getDetails().size());
  }

  /// What the rule above must find.
  private static final class Recursive {
    static int depth(Node node) {
      return node.operands().isEmpty() ? 0 : 1 + depth(node.operands().getFirst());
    }

    static int size(Node node) {
      return 1 + node.operands().stream().mapToInt(Recursive::size).sum();
    }
  }
}
