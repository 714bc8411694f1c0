package dev.gradus.teach.script;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import dev.gradus.teach.Browser;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// A page with an engine for each of some lists of instructions: `e[0]`, `e[1]`, ..., all of which have run. Arrays of doubles
/// go in and out in base64, bit by bit: `decode(text)` and `encode(array)`.
final class EnginePage implements AutoCloseable {
  private static final String ARRAYS =
      """
      function decode(text) {
        return new Float64Array(Uint8Array.from(atob(text), c => c.charCodeAt(0)).buffer);
      }
      function encode(array) {
        let text = "";
        for (const byte of new Uint8Array(Float64Array.from(array).buffer)) text += String.fromCharCode(byte);
        return btoa(text);
      }
      function values(one) {
        const all = [];
        for (let i = 0; i < one.count; i++) all.push(...one.value(i));
        return encode(all);
      }
      """;

  private final Page page = Browser.page();

  EnginePage(List<Instructions> engines) {
    StringBuilder script = new StringBuilder(Instructions.engine()).append(ARRAYS).append("const e = [];\n");
    for (Instructions one : engines) {
      script.append("e.push(engine(").append(one.json()).append(", ").append(one.kernels()).append("));\n");
    }
    List<String> errors = new ArrayList<>();
    page.onPageError(errors::add);
    page.addScriptTag(new Page.AddScriptTagOptions().setContent(script + "e.forEach(one => one.run());"));
    assertEquals(List.of(), errors);
  }

  /// The value of an expression, in one trip.
  Object evaluate(String expression) {
    return page.evaluate(expression);
  }

  /// The value of an expression that gives encoded doubles.
  double[] doubles(String expression) {
    return decode((String) page.evaluate(expression));
  }

  /// All values of an engine, one instruction after another.
  double[] values(int engine) {
    return doubles("values(e[" + engine + "])");
  }

  static String encode(double... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().put(numbers);
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  static double[] decode(String text) {
    byte[] bytes = Base64.getDecoder().decode(text);
    double[] numbers = new double[bytes.length / Double.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(numbers);
    return numbers;
  }

  /// Java's values of all instructions.
  static double[] recorded(Instructions instructions) {
    return decode(instructions.json().get("recorded").asText());
  }

  @Override
  public void close() {
    page.close();
  }
}
