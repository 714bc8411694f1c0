package dev.gradus.teach.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.GradusException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LayoutTest {
  private static final double EXACT = 1e-9;

  @Test
  void nothingIsAPictureToo() {
    Layout layout = Sketch.of(0).onTop();
    assertEquals(List.of(), layout.boxes());
    assertEquals(0, layout.width());
    assertEquals(0, layout.height());
  }

  @Test
  void oneBoxFillsThePicture() {
    Layout layout = Sketch.of(1).layout(Direction.RESULT_ON_RIGHT);
    assertEquals(new Box(0, 0, 60, 30), layout.boxes().getFirst());
    assertEquals(60, layout.width());
    assertEquals(30, layout.height());
  }

  @Test
  void resultsStandOnTopOrOnTheRight() {
    Sketch chain = Sketch.of(3, 0, 1, 1, 2);
    Layout upright = chain.onTop();
    assertEquals(List.of(2, 1, 0), upright.ranks());
    assertEquals(new Box(0, 0, 60, 30), upright.boxes().get(2));
    assertEquals(List.of(new Point(30, 74), new Point(30, 30)), upright.routes().get(1));
    Layout lying = chain.layout(Direction.RESULT_ON_RIGHT);
    assertEquals(new Box(0, 0, 60, 30), lying.boxes().getFirst());
    assertEquals(List.of(new Point(60, 15), new Point(104, 15)), lying.routes().getFirst());
  }

  /// sin(x) · cos(x)
  @Test
  void aDiamondIsSymmetrical() {
    Layout diamond = Sketch.of(4, 0, 1, 0, 2, 1, 3, 2, 3).onTop();
    assertEquals(148, diamond.width(), EXACT);
    assertEquals(74, diamond.boxes().get(0).centerX(), EXACT);
    assertEquals(30, diamond.boxes().get(1).centerX(), EXACT);
    assertEquals(118, diamond.boxes().get(2).centerX(), EXACT);
    assertEquals(74, diamond.boxes().get(3).centerX(), EXACT);
    for (int i = 0; i < 2; i++) {
      Point left = diamond.routes().get(2 * i).getFirst();
      Point right = diamond.routes().get(2 * i + 1).getFirst();
      assertEquals(diamond.width(), left.x() + right.x(), EXACT);
    }
  }

  @Test
  void bothLinksOfASquareAreUpright() {
    Layout square = Sketch.of(2, 0, 1, 0, 1).onTop();
    Point left = square.routes().get(0).getFirst();
    Point right = square.routes().get(1).getFirst();
    assertEquals(60, left.x() + right.x(), EXACT);
    assertEquals(14, right.x() - left.x(), EXACT);
    assertEquals(left.x(), square.routes().get(0).getLast().x(), EXACT);
    assertEquals(right.x(), square.routes().get(1).getLast().x(), EXACT);
  }

  /// The box is used at once and three layers higher, twice each: four ways to go.
  @Test
  void parallelLinksGoSideBySide() {
    Layout layout = Sketch.of(4, 0, 1, 1, 2, 2, 3, 0, 3, 0, 3).onTop();
    List<Point> left = layout.routes().get(3);
    List<Point> right = layout.routes().get(4);
    assertEquals(left.size(), right.size());
    for (int i = 1; i + 1 < left.size(); i++) {
      assertEquals(14, right.get(i).x() - left.get(i).x(), EXACT);
    }
    assertEquals(0, layout.crossings());
  }

  @Test
  void boxesStandInTheMiddleOverTheirOperands() {
    Sketch tree = Sketch.of(15);
    for (int i = 1; i < 15; i++) {
      tree.links().add(new Link(i, (i - 1) / 2));
    }
    List<Box> boxes = tree.onTop().boxes();
    for (int i = 0; i < 7; i++) {
      assertEquals((boxes.get(2 * i + 1).centerX() + boxes.get(2 * i + 2).centerX()) / 2, boxes.get(i).centerX(), EXACT);
      assertTrue(boxes.get(2 * i + 1).x() < boxes.get(2 * i + 2).x(), "operands stand in the order of slots");
    }
  }

  /// ((x0 + x1) + x2) + ...: centred, every sum would stand further to the side.
  @Test
  void longSumsStandStraight() {
    int terms = 30;
    Sketch sum = Sketch.of(2 * terms - 1);
    for (int i = 1; i < terms; i++) {
      sum.links().add(new Link(i == 1 ? 0 : terms + i - 2, terms + i - 1));
      sum.links().add(new Link(i, terms + i - 1));
    }
    Layout layout = sum.onTop();
    assertTrue(layout.width() < 250, () -> "but it is " + layout.width());
    assertEquals(layout.boxes().get(2 * terms - 2).centerX(), layout.boxes().get(2 * terms - 9).centerX(), EXACT);
    assertEquals(0, layout.crossings());
  }

  @Test
  void crossingsThatNeedNotBeAreRemoved() {
    // Three boxes under three, joined in reverse; and two under two, all joined.
    assertEquals(0, Sketch.of(7, 0, 5, 1, 4, 2, 3, 3, 6, 4, 6, 5, 6).onTop().crossings());
    assertEquals(1, Sketch.of(4, 0, 2, 0, 3, 1, 2, 1, 3).onTop().crossings());
  }

  @Test
  void partsStandSideBySide() {
    Layout layout = Sketch.of(4, 0, 1, 2, 3).onTop();
    assertEquals(0, layout.boxes().get(3).y());
    assertEquals(88, layout.boxes().get(3).x());
    Layout alone = Sketch.of(100).onTop();
    assertTrue(alone.width() > alone.height() && alone.width() < 2.5 * alone.height(), "many parts fill several rows");
  }

  @Test
  void linksRoundACircleAreDrawnBackwards() {
    Layout layout = Sketch.of(3, 0, 1, 1, 2, 2, 0).onTop();
    assertEquals(List.of(2, 1, 0), layout.ranks());
    List<Point> back = layout.routes().get(2);
    assertEquals(layout.boxes().get(2).bottom(), back.getFirst().y());
    assertEquals(layout.boxes().get(0).y(), back.getLast().y());
  }

  @Test
  void largePicturesAreMadeToo() {
    Sketch chain = Sketch.of(10_000);
    Sketch fan = Sketch.of(5_000);
    Sketch star = Sketch.of(5_000);
    for (int i = 1; i < 10_000; i++) {
      chain.links().add(new Link(i - 1, i));
    }
    for (int i = 1; i < 5_000; i++) {
      fan.links().add(new Link(0, i));
      fan.links().add(new Link(i - 1, i));
      star.links().add(new Link(0, i));
    }
    assertEquals(60, chain.onTop().width(), EXACT);
    assertEquals(4_999, fan.onTop().ranks().getFirst());
    assertEquals(0, star.onTop().crossings());
  }

  @Test
  void whatCannotBeDrawnIsRefused() {
    String message = assertThrows(GradusException.class, () -> Sketch.of(2, 0, 2).onTop()).getMessage();
    assertEquals(
        "layout: links join boxes 0 to 1, but got Link[from=0, to=2]; give the size of every box", message);
    assertThrows(GradusException.class, () -> Sketch.of(2, 1, 1).onTop());
    assertThrows(GradusException.class, () -> new Size(Double.NaN, 1));
    assertThrows(GradusException.class, () -> new Spacing(1, 0, 1));
    assertNotEquals(Spacing.USUAL, new Spacing(1, 1, 1));
  }
}
