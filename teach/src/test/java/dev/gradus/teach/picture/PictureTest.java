package dev.gradus.teach.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.GradusException;
import dev.gradus.formula.Formula;
import dev.gradus.teach.Lesson;
import dev.gradus.teach.RandomGraph;
import dev.gradus.teach.layout.Direction;
import dev.gradus.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class PictureTest {
  @Provide
  Arbitrary<RandomGraph> graphs() {
    return RandomGraph.upTo(20);
  }

  private static String text(Element piece) {
    return piece.getTextContent().replaceAll("\\s+", " ");
  }

  @Test
  void theQuizShowsEveryValueAndGradient() {
    Document svg = Svgs.read(Samples.quiz().titled("Two sigmoids").toSvg());
    assertEquals("Two sigmoids", svg.getDocumentElement().getFirstChild().getNextSibling().getTextContent());
    assertEquals("img", svg.getDocumentElement().getAttribute("role"));
    assertTrue(Svgs.all(svg, "desc").getFirst().getTextContent().contains("∂L/∂w2 = 0.00332403"));
    List<String> boxes = Svgs.pieces(svg, "node").stream().map(PictureTest::text).toList();
    assertEquals(9, boxes.size());
    assertTrue(boxes.stream().anyMatch(box -> box.contains("w2") && box.contains("∂L/∂w2") && box.contains("0.00332403")), boxes.toString());
    assertTrue(boxes.stream().anyMatch(box -> box.contains("sigmoid") && box.contains("0.993307")), boxes.toString());
    long dashed = Svgs.all(Svgs.read(Samples.quiz().toSvg()), "path").stream().filter(path -> path.hasAttribute("stroke-dasharray")).count();
    assertEquals(8 + 1, dashed, "a dashed line for each use, and one in the legend");
  }

  @Test
  void tensorsShowTheirShapeAndWhatGetsNoGradientSaysSo() {
    Map<String, Tensor> values = Map.of("x", Formula.value("[[1, 2, 3], [4, 5, 6]]"), "k", Formula.value("[1, 0]"));
    String svg = Lesson.of(Formula.parse("sum(take(x, k))").at(values).result()).toSvg();
    List<String> boxes = Svgs.pieces(Svgs.read(svg), "node").stream().map(PictureTest::text).toList();
    assertTrue(boxes.stream().anyMatch(box -> box.contains("parameter") && box.contains("2×3")), boxes.toString());
    assertTrue(boxes.stream().anyMatch(box -> box.contains("2-vector") && box.contains("none")), boxes.toString());
  }

  @Test
  void hostileNamesAreText() {
    Lesson lesson = Samples.hostile();
    for (Direction direction : Direction.values()) {
      String svg = lesson.toSvg(direction);
      Document document = Svgs.read(svg);
      assertFalse(svg.contains("<script"), svg);
      assertEquals(Set.of("svg", "title", "desc", "g", "rect", "path", "text"), names(document));
      assertEquals(lesson.replay().graph().size(), Svgs.pieces(document, "node").size());
      assertEquals(svg, new String(svg.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    }
  }

  private static Set<String> names(Document document) {
    Set<String> names = new HashSet<>();
    var all = document.getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      names.add(all.item(i).getNodeName());
    }
    return names;
  }

  @Test
  void largeGraphsAreFoldedIntoStacks() {
    Document svg = Svgs.read(Samples.chain(3000).toSvg());
    int shown = Svgs.pieces(svg, "node").size() + Svgs.pieces(svg, "group").size();
    assertTrue(shown <= 100 && !Svgs.pieces(svg, "group").isEmpty(), shown + " boxes");
    assertEquals(3, Svgs.pieces(svg, "group").getFirst().getElementsByTagName("rect").getLength());
  }

  /// Everything lies inside, boxes do not overlap, and there is one for every node.
  @Property(tries = 40, seed = "20")
  void randomGraphsAreDrawnWhole(@ForAll("graphs") RandomGraph graph) {
    Lesson lesson = Lesson.of(graph.result());
    for (Direction direction : Direction.values()) {
      Document svg = Svgs.read(lesson.toSvg(direction));
      double width = Svgs.number(svg.getDocumentElement(), "width");
      double height = Svgs.number(svg.getDocumentElement(), "height");
      List<Element> nodes = Svgs.pieces(svg, "node");
      assertEquals(lesson.replay().graph().size() <= 100, nodes.size() == lesson.replay().graph().size());
      for (Element box : Svgs.all(svg, "rect")) {
        double right = Svgs.number(box, "x") + Svgs.number(box, "width");
        double bottom = Svgs.number(box, "y") + Svgs.number(box, "height");
        assertTrue(Svgs.number(box, "x") >= 0 && Svgs.number(box, "y") >= 0 && right <= width && bottom <= height);
      }
    }
  }

  @Test
  void theImageHasTheSizeAndTheColoursOfThePicture(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("quiz.png");
    for (double scale : new double[] {1, 2}) {
      Samples.quiz().writePng(file, scale);
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(Files.readAllBytes(file)));
      Element svg = Svgs.read(Samples.quiz().toSvg()).getDocumentElement();
      assertEquals(Math.ceil(Svgs.number(svg, "width") * scale), image.getWidth(), 1);
      assertEquals(Math.ceil(Svgs.number(svg, "height") * scale), image.getHeight(), 1);
      Set<Integer> colours = new HashSet<>();
      for (int x = 0; x < image.getWidth(); x++) {
        for (int y = 0; y < image.getHeight(); y++) {
          colours.add(image.getRGB(x, y) & 0xffffff);
        }
      }
      for (Ink ink : Set.of(Ink.PAPER, Ink.SOFT, Ink.FORWARD, Ink.FORWARD_SOFT, Ink.BACKWARD, Ink.BACKWARD_SOFT)) {
        assertTrue(colours.contains(ink.rgb()), ink + " is missing");
      }
    }
    byte[] bytes = Files.readAllBytes(file);
    Samples.quiz().writePng(file, 2);
    assertArrayEquals(bytes, Files.readAllBytes(file));
    Samples.hostile().writePng(file, 1, Direction.RESULT_ON_RIGHT);
  }

  /// A box of the picture is found where the image has its colour.
  @Test
  void theImageShowsWhatTheSvgShows(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("quiz.png");
    Samples.quiz().writePng(file, 1, Direction.RESULT_ON_RIGHT);
    BufferedImage image = ImageIO.read(file.toFile());
    for (Element box : Svgs.all(Svgs.read(Samples.quiz().toSvg(Direction.RESULT_ON_RIGHT)), "rect")) {
      int x = (int) (Svgs.number(box, "x") + Svgs.number(box, "width") / 2);
      int y = (int) Math.round(Svgs.number(box, "y") + 3);
      if (Svgs.number(box, "height") < 20) {
        assertEquals(box.getAttribute("fill"), String.format("#%06x", image.getRGB(x, y) & 0xffffff));
      }
    }
  }

  @Test
  void scalesThatMakeNoImageAreRefused(@TempDir Path folder) {
    Path file = folder.resolve("quiz.png");
    for (double scale : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 1e6}) {
      assertThrows(GradusException.class, () -> Samples.quiz().writePng(file, scale));
    }
    assertFalse(Files.exists(file));
  }

  @Test
  void coloursAreThoseOfThePage() throws IOException {
    try (InputStream in = PictureTest.class.getResourceAsStream("/dev/gradus/teach/page/page.css")) {
      String css = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      String light = css.substring(0, css.indexOf("@media"));
      for (Ink ink : Ink.values()) {
        assertTrue(light.contains(": " + ink.hex() + ";"), ink + " " + ink.hex());
      }
    }
  }
}
