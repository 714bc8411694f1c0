package dev.gradus.ops;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.CaseFormat;
import dev.gradus.diff.Flow;
import dev.gradus.graph.Node;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What the vocabulary promises: each op under one name for formulas and one for Java, documented.
class VocabularyTest {
  /// Methods of [Ops] that are no op of the vocabulary: leaves.
  private static final Set<String> LEAVES = Set.of("input", "parameter", "constant", "causalMask");

  /// Methods that are an op with a setting of its own.
  private static final Map<String, String> VARIANTS = Map.of("geluTanh", "gelu", "splitAt", "split");

  static Stream<Entry> entries() {
    return Vocabulary.all().stream();
  }

  private static Set<String> javaNames(Entry entry) {
    Set<String> names = new TreeSet<>();
    Stream.concat(Stream.of(entry.name()), entry.aliases().stream())
        .forEach(name -> names.add(CaseFormat.LOWER_UNDERSCORE.to(CaseFormat.LOWER_CAMEL, name)));
    return names;
  }

  private static Set<String> methods() {
    Set<String> names = new TreeSet<>();
    for (Method method : Ops.class.getMethods()) {
      if (Modifier.isStatic(method.getModifiers())) {
        names.add(method.getName());
      }
    }
    return names;
  }

  @ParameterizedTest
  @MethodSource("entries")
  void everyOpHasAJavaMethod(Entry entry) {
    Set<String> names = javaNames(entry);
    names.retainAll(methods());
    assertEquals(1, names.size(), () -> "one Java name for " + entry + ", not " + names);
  }

  @Test
  void everyJavaMethodIsAnOp() {
    Set<String> methods = methods();
    methods.removeAll(LEAVES);
    methods.removeAll(VARIANTS.keySet());
    entries().forEach(entry -> methods.removeAll(javaNames(entry)));
    assertEquals(Set.of(), methods);
    VARIANTS.values().forEach(Vocabulary::get);
  }

  /// Ops of the lecture and the textbooks, by the names that people will try.
  @Test
  void findsAliases() {
    Map<String, String> aliases =
        Map.of(
            "mse", "mse_loss", "mae", "l1_loss", "huber", "huber_loss", "nll", "nll_loss", "tau", "heaviside", "τ", "heaviside",
            "swish", "silu", "arcsin", "asin", "ln", "log", "concatenate", "concat");
    aliases.forEach((alias, name) -> assertSame(Vocabulary.get(name), Vocabulary.get(alias)));
    assertTrue(Vocabulary.names().containsAll(aliases.keySet()));
    assertNull(Vocabulary.find("no_such_op"));
  }

  @Test
  void namesTheNearest() {
    assertEquals(
        "ops: there must be an op of this name, but got sofmax; did you mean softmax?",
        Refusal.of(() -> Vocabulary.get("sofmax")));
  }

  @ParameterizedTest
  @CsvSource({"foo", "detach", "z", "pool1d"})
  void suggestsNothingThatIsMuchUnlike(String word) {
    assertNull(Vocabulary.meant(word, List.of("pow", "tanh", "x")));
    assertEquals("take one", Vocabulary.suggestion(word, List.of("pow", "tanh", "x"), "take one"));
    assertNull(Vocabulary.meant(word, List.of()));
  }

  @ParameterizedTest
  @CsvSource({"tahn, tanh", "ww, w", "alpha, alfa", "softmax_crossentropy, softmax_cross_entropy"})
  void suggestsWhatAFewLettersAreLackingFrom(String word, String meant) {
    assertEquals(meant, Vocabulary.meant(word, List.of("pow", "tanh", "w", "alfa", "softmax_cross_entropy")));
  }

  @Test
  void familiesHoldEachOpOnce() {
    List<Entry> all = new ArrayList<>();
    Vocabulary.families().values().forEach(all::addAll);
    assertEquals(Vocabulary.all(), all);
    assertEquals(all.size(), all.stream().map(Entry::name).distinct().count());
  }

  @ParameterizedTest
  @MethodSource("entries")
  void isDocumented(Entry entry) {
    assertAll(
        () -> assertTrue(entry.name().matches("[a-z][a-z0-9_]*"), entry.name()),
        () -> assertFalse(entry.doc().isBlank()),
        () -> assertFalse(entry.doc().contains("\n") || entry.doc().endsWith("."), entry.doc()),
        () -> assertFalse(entry.formula().isBlank()),
        () -> assertFalse(entry.domain().isBlank()),
        () -> assertEquals(entry.gradient() != Flow.FLOWS, entry.derivatives().isEmpty(), entry.derivatives().toString()),
        () -> assertTrue(entry.signature().startsWith(entry.name() + "("), entry.signature()));
  }

  /// Every op whose reference cases hold a special value says what is chosen there.
  @Test
  void conventionsAreDeclared() {
    Set<String> silent = new TreeSet<>();
    for (OracleCase oracle : OracleCase.read("edge")) {
      if (Vocabulary.get(oracle.op).convention().isEmpty()) {
        silent.add(oracle.op);
      }
    }
    assertEquals(Set.of("multiply", "square"), silent, "these have edge cases only for repeated operands");
  }

  @ParameterizedTest
  @MethodSource("entries")
  void aWrongCallIsTold(Entry entry) {
    int operands = entry.operands().size();
    List<Node> tooMany = new ArrayList<>();
    for (int i = 0; i <= operands; i++) {
      tooMany.add(Ops.constant(1));
    }
    if (!entry.isVariadic()) {
      String message = Refusal.of(() -> entry.make(tooMany, Map.of()));
      assertTrue(message.startsWith(entry.name() + ": takes " + operands + " operand"), message);
    }
    String message = Refusal.of(() -> entry.make(tooMany.subList(0, operands), Map.of("colour", 1)));
    assertTrue(message.contains("but got colour; write " + entry.signature()), message);
  }

  @Test
  void printsWhatRuns() {
    Entry sigmoid = Vocabulary.get("sigmoid");
    assertEquals("1 / (1 + exp(-x))", sigmoid.formula());
    assertEquals(List.of("sigmoid(x) * sigmoid(-x)"), sigmoid.derivatives());
    assertEquals("y * (1 - y)", sigmoid.identity());
    assertEquals("1 - y^2", Vocabulary.get("tanh").identity());
    assertEquals("where(x > 0, x, negative_slope * x)", Vocabulary.get("leaky_relu").formula());
    assertEquals(List.of("where(x > 0, 1, negative_slope)"), Vocabulary.get("leaky_relu").derivatives());
    assertEquals(List.of("by x: y", "by y: x"), Vocabulary.get("multiply").derivatives());
    assertEquals("clip(x, min=-inf, max=inf)", Vocabulary.get("clip").signature());
    assertEquals("softmax(x, axis=-1)", Vocabulary.get("softmax").signature());
    assertEquals("concat(x, ..., axis=0)", Vocabulary.get("concat").signature());
    assertEquals("reshape(x, shape=...)", Vocabulary.get("reshape").signature());
    assertEquals(List.of("by x: 2 * (x - target)", "by target: -(2 * (x - target))"), Vocabulary.get("mse").derivatives());
    assertEquals("square(x - target)", Vocabulary.get("mse").formula());
  }
}
