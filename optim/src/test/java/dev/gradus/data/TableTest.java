package dev.gradus.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.tensor.Shape;
import dev.gradus.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {
  private static final Table FLOWERS =
      Table.parse("flowers.csv", "height,colour,kind\n1.5,red,rose\n2,white,lily\n-3e-1,red,rose\n");

  private static Table column(String... cells) {
    return Table.parse("t.csv", "x,y\n" + String.join(",0\n", cells) + ",0\n");
  }

  @ParameterizedTest
  @CsvSource({"1,1", "-2.5,-2.5", "+3,3", ".5,0.5", "4.,4", "1e3,1000", "-1.5E-2,-0.015", "007,7"})
  void readsNumbers(String cell, double number) {
    assertArrayEquals(new double[] {number}, column(cell).numbers("x", Missing.refused()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1d", "0x10", "Infinity", "1e400", "1 000", "1_0", "e5", ".", "--1", "1.2.3", "oops"})
  void tellsLineAndColumnOfABadCell(String cell) {
    Table table = column("1", "2", cell);
    assertEquals(
        "csv: a numeric cell is needed, but got \"" + cell + "\"; fix line 4, column \"x\" of t.csv",
        Refusal.of(() -> table.numbers("x", Missing.mean())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "NA", "na", "N/A", "NaN", "nan", "NULL", "?", "  "})
  void missingCellsAreToldOrFilled(String cell) {
    Table table = column("1", cell, "4");
    assertEquals(
        "csv: a cell is needed, but got none; fix line 3, column \"x\" of t.csv or say what missing cells become",
        Refusal.of(() -> table.numbers("x", Missing.refused())));
    assertArrayEquals(new double[] {1, 2.5, 4}, table.numbers("x", Missing.mean()));
    assertArrayEquals(new double[] {1, -1, 4}, table.numbers("x", Missing.value(-1)));
    assertArrayEquals(new double[] {1, 7, 4}, table.numbers("x", new Missing.Values(Map.of("x", 7.0))));
    assertTrue(Refusal.of(() -> table.numbers("x", new Missing.Values(Map.of("y", 7.0)))).contains("line 3, column \"x\""));
  }

  @Test
  void aColumnWithoutANumberHasNoMean() {
    Table table = column("", "?");
    assertTrue(Refusal.of(() -> table.numbers("x", Missing.mean())).startsWith("csv: a cell is needed, but got none; fix line 2"));
  }

  @Test
  void aFewMistakesDoNotMakeAColumnText() {
    assertTrue(column("1", "2", "oops").isNumeric("x"));
    assertTrue(column("1", "", "").isNumeric("x"));
    assertFalse(column("1", "a", "b").isNumeric("x"));
    assertFalse(column("", "", "").isNumeric("x"));
    assertFalse(FLOWERS.isNumeric("colour"));
  }

  @Test
  void unknownColumnsAreToldWithThoseThereAre() {
    assertEquals(
        "csv: the column must be one of [height, colour, kind] of flowers.csv, but got \"color\"; check the spelling",
        Refusal.of(() -> FLOWERS.texts("color")));
    assertTrue(Refusal.of(() -> FLOWERS.without("color")).contains("\"color\""));
  }

  @Test
  void selectsColumnsAndRows() {
    assertEquals(List.of("kind", "height"), FLOWERS.select(List.of("kind", "height")).columns());
    assertEquals(List.of("height", "kind"), FLOWERS.without("colour").columns());
    Table rows = FLOWERS.rows(2, 0);
    assertEquals(List.of("-3e-1", "1.5"), rows.texts("height"));
    assertEquals(4, rows.line(0));
    assertEquals(2, rows.line(1));
  }

  @Test
  void oneHotMakesAColumnOfEachCategory() {
    assertEquals(List.of("red", "white"), FLOWERS.categories("colour"));
    Table hot = FLOWERS.oneHot("colour", List.of("red", "white"), Missing.refused());
    assertEquals(List.of("height", "colour=red", "colour=white", "kind"), hot.columns());
    assertArrayEquals(new double[] {1, 0, 1}, hot.numbers("colour=red", Missing.refused()));
    assertArrayEquals(new double[] {0, 1, 0}, hot.numbers("colour=white", Missing.refused()));
    assertEquals(
        "csv: a cell must be one of [red], but got \"white\"; fix line 3, column \"colour\" of flowers.csv",
        Refusal.of(() -> FLOWERS.oneHot("colour", List.of("red"), Missing.mean())));
  }

  @Test
  void missingTextIsNoCategory() {
    Table table = column("a", "?", "b");
    assertEquals(List.of("a", "b"), table.categories("x"));
    Table hot = table.oneHot("x", List.of("a", "b"), Missing.mean());
    assertArrayEquals(new double[] {1, 0, 0}, hot.numbers("x=a", Missing.refused()));
    assertArrayEquals(new double[] {0, 0, 1}, hot.numbers("x=b", Missing.refused()));
    assertTrue(Refusal.of(() -> table.oneHot("x", List.of("a", "b"), Missing.refused())).contains("line 3, column \"x\""));
  }

  @Test
  void categoriesAreSortedAsWhatTheyAre() {
    assertEquals(List.of("2", "10", "30"), column("10", "2", "30", "2").categories("x"));
    assertEquals(List.of("10", "2", "b"), column("b", "10", "2").categories("x"));
  }

  @Test
  void classification() {
    Dataset data = FLOWERS.without("colour").classification("kind", Missing.refused());
    assertEquals(List.of("lily", "rose"), data.classNames());
    assertEquals(Tensor.of(Shape.of(3), 1L, 0L, 1L), data.targets());
    assertEquals(Tensor.of(Shape.of(3, 1), 1.5, 2, -0.3), data.features());
    assertEquals(List.of("height"), data.featureNames());
  }

  @Test
  void labelsMustBeKnownAndThere() {
    assertEquals(
        "csv: a label must be one of [rose], but got \"lily\"; fix line 3, column \"kind\" of flowers.csv",
        Refusal.of(() -> FLOWERS.labels("kind", List.of("rose"))));
    assertEquals(
        "csv: a label is needed, but got none; fix line 3, column \"x\" of t.csv or leave the row out",
        Refusal.of(() -> column("a", "", "b").classification("x", Missing.mean())));
  }

  @Test
  void regression() {
    Dataset data = FLOWERS.select(List.of("height")).regression("height", Missing.refused());
    assertEquals(Tensor.of(Shape.of(3, 1), 1.5, 2, -0.3), data.targets());
    assertEquals(Shape.of(3, 0), data.features().shape());
    assertFalse(data.isClassification());
    assertTrue(Refusal.of(() -> column("1", "", "3").regression("x", Missing.mean())).contains("line 3, column \"x\""));
  }

  @Test
  void textIsNoFeature() {
    assertEquals(
        "csv: a numeric cell is needed, but got \"red\"; fix line 2, column \"colour\" of flowers.csv",
        Refusal.of(() -> FLOWERS.classification("kind", Missing.refused())));
  }
}
