package dev.gradus.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// Four classic tables of the UCI Machine Learning Repository (CC BY 4.0), which come with this library.
public final class Datasets {
  private Datasets() {}

  /// 1,797 handwritten digits of 8 × 8 pixels from 0 to 16, and the digit: features [1797, 64], 10 classes (Alpaydin and
  /// Kaynak, *Optical recognition of handwritten digits*, 1998).
  public static Dataset digits() {
    return load("digits.csv", "digit");
  }

  /// 569 tumours with 30 measurements of their cells' nuclei, benign or malignant: features [569, 30], 2 classes (Wolberg,
  /// Street and Mangasarian, *Breast cancer Wisconsin (diagnostic)*, 1995).
  public static Dataset breastCancer() {
    return load("breast_cancer.csv", "diagnosis");
  }

  /// 150 iris flowers, the length and width in cm of sepal and petal, and the species: features [150, 4], 3 classes
  /// (Fisher, *The use of multiple measurements in taxonomic problems*, 1936).
  public static Dataset iris() {
    return load("iris.csv", "species");
  }

  /// 178 wines with 13 chemical measurements, and which of 3 cultivars they are from: features [178, 13], 3 classes
  /// (Aeberhard and Forina, *Wine*, 1991).
  public static Dataset wine() {
    return load("wine.csv", "cultivar");
  }

  private static Dataset load(String file, String label) {
    try (InputStream stream = Objects.requireNonNull(Datasets.class.getResourceAsStream(file), file)) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return Table.parse(file, text).classification(label, Missing.refused());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
