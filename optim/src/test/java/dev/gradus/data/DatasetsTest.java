package dev.gradus.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The tables against what their descriptions in the repository say.
class DatasetsTest {
  private static List<Integer> classSizes(Dataset data) {
    List<Integer> sizes = new ArrayList<>();
    for (int c = 0; c < data.classNames().size(); c++) {
      int label = c;
      sizes.add((int) Arrays.stream(data.targets().toLongs()).filter(l -> l == label).count());
    }
    return sizes;
  }

  private static double mean(Dataset data, int feature) {
    double sum = 0;
    for (int i = 0; i < data.size(); i++) {
      sum += data.features().get(i, feature);
    }
    return sum / data.size();
  }

  @Test
  void digits() {
    Dataset data = Datasets.digits();
    assertEquals(Shape.of(1797, 64), data.features().shape());
    assertEquals(List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"), data.classNames());
    assertEquals(List.of(178, 182, 177, 183, 181, 182, 181, 179, 174, 180), classSizes(data));
    assertEquals(0, Arrays.stream(data.features().toDoubles()).min().orElseThrow());
    assertEquals(16, Arrays.stream(data.features().toDoubles()).max().orElseThrow());
  }

  @Test
  void breastCancer() {
    Dataset data = Datasets.breastCancer();
    assertEquals(Shape.of(569, 30), data.features().shape());
    assertEquals(List.of("benign", "malignant"), data.classNames());
    assertEquals(List.of(357, 212), classSizes(data));
    assertEquals("mean_radius", data.featureNames().getFirst());
    assertEquals(14.127, mean(data, 0), 1e-3);
  }

  @Test
  void iris() {
    Dataset data = Datasets.iris();
    assertEquals(Shape.of(150, 4), data.features().shape());
    assertEquals(List.of("setosa", "versicolor", "virginica"), data.classNames());
    assertEquals(List.of(50, 50, 50), classSizes(data));
    assertEquals(5.84, mean(data, 0), 0.01);
    assertEquals(3.05, mean(data, 1), 0.01);
    assertEquals(3.76, mean(data, 2), 0.01);
    assertEquals(1.20, mean(data, 3), 0.01);
  }

  @Test
  void wine() {
    Dataset data = Datasets.wine();
    assertEquals(Shape.of(178, 13), data.features().shape());
    assertEquals(List.of(59, 71, 48), classSizes(data));
    assertEquals(13.0, mean(data, 0), 0.01);
  }

  @Test
  void theirSourcesAreNamed() throws IOException {
    try (InputStream file = Datasets.class.getResourceAsStream("ATTRIBUTION.md")) {
      assertNotNull(file);
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      for (String name : List.of("digits.csv", "breast_cancer.csv", "iris.csv", "wine.csv", "CC BY 4.0")) {
        assertTrue(text.contains(name), name);
      }
    }
  }
}
