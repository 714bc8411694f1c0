package dev.gradus.command;

import dev.gradus.data.Datasets;
import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/// Tables to train on, written to a folder.
final class Tables {
  private Tables() {}

  /// One of the tables that come with the library.
  static Path classic(Path folder, String name) throws IOException {
    Path file = folder.resolve(name + ".csv");
    try (InputStream table = Objects.requireNonNull(Datasets.class.getResourceAsStream(name + ".csv"))) {
      Files.copy(table, file);
    }
    return file;
  }

  /// Text as a table.
  static Path of(Path folder, String text) throws IOException {
    return Files.writeString(folder.resolve("table.csv"), text);
  }

  /// 90 rows: a, b and a colour; price = 3a − 2b, and 10 more where the colour is red; side is `left` where a < 0; grade is 1
  /// where a < −0.5, 3 where a > 0.5, else 2.
  static Path mixed(Path folder) throws IOException {
    Tensor numbers = Tensor.normal(Shape.of(90, 2), 3);
    StringBuilder text = new StringBuilder("a,colour,b,price,side,grade\n");
    for (int i = 0; i < 90; i++) {
      double a = numbers.get(i, 0);
      double b = numbers.get(i, 1);
      String colour = i % 3 == 0 ? "red" : i % 3 == 1 ? "green" : "blue";
      double price = 3 * a - 2 * b + (i % 3 == 0 ? 10 : 0);
      int grade = a < -0.5 ? 1 : a > 0.5 ? 3 : 2;
      text.append(a + "," + colour + "," + b + "," + price + "," + (a < 0 ? "left" : "right") + "," + grade + "\n");
    }
    return of(folder, text.toString());
  }
}
