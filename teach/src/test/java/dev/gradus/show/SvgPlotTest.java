package dev.gradus.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.gradus.tensor.Tensor;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

final class SvgPlotTest {
  private static final Tensor X = Tensor.vector(0, 1, 2);

  private static Plot plot() {
    return new Plot("a < b & \"c\"", "x", "y").curve("up", X, X).points("dots", X, X);
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
  }

  private static List<Element> elements(Document document, String tag, String style) {
    NodeList all = document.getElementsByTagName(tag);
    List<Element> found = new ArrayList<>();
    for (int i = 0; i < all.getLength(); i++) {
      Element element = (Element) all.item(i);
      if (List.of(element.getAttribute("class").split(" ", -1)).contains(style)) {
        found.add(element);
      }
    }
    return found;
  }

  @Test
  void isWellFormedWithTitleLabelsAndTicks() throws Exception {
    Document document = parse(SvgPlot.of(List.of(plot())));
    assertEquals("a < b & \"c\"", document.getElementsByTagName("title").item(0).getTextContent());
    assertEquals("a < b & \"c\"", elements(document, "text", "title").getFirst().getTextContent());
    List<String> ticks = elements(document, "text", "tick").stream().map(Element::getTextContent).toList();
    assertTrue(ticks.containsAll(List.of("0", "0.5", "1", "1.5", "2")), ticks.toString());
    List<String> labels = elements(document, "text", "label").stream().map(Element::getTextContent).toList();
    assertTrue(labels.containsAll(List.of("x", "up", "dots")), labels.toString());
  }

  /// The axes run from 0 to 2, so the curve goes from corner to corner of the frame.
  @Test
  void aCurveLiesWhereItsNumbersSay() throws Exception {
    Document document = parse(SvgPlot.of(List.of(plot())));
    Element frame = elements(document, "rect", "frame").getFirst();
    double left = Double.parseDouble(frame.getAttribute("x"));
    double top = Double.parseDouble(frame.getAttribute("y"));
    double width = Double.parseDouble(frame.getAttribute("width"));
    double height = Double.parseDouble(frame.getAttribute("height"));
    String path = String.format(Locale.ROOT, "M%.2f %.2fL%.2f %.2fL%.2f %.2f",
        left, top + height, left + width / 2, top + height / 2, left + width, top);
    assertTrue(elements(document, "path", "curve").stream().anyMatch(curve -> curve.getAttribute("d").equals(path)), path);
    // One in the legend and three in the plot: the second series has hollow ones.
    assertEquals(4, elements(document, "circle", "hollow").size());
  }

  @Test
  void breaksACurveWhereItIsNotFinite() throws Exception {
    Tensor y = Tensor.vector(0, 1, Double.POSITIVE_INFINITY, 1, 0);
    Plot broken = new Plot("t", "", "").curve("", Tensor.vector(0, 1, 2, 3, 4), y);
    String path = elements(parse(SvgPlot.of(List.of(broken))), "path", "curve").getFirst().getAttribute("d");
    assertEquals(2, path.chars().filter(character -> character == 'M').count(), path);
    assertFalse(path.contains("Inf"), path);
  }

  @Test
  void manyPlotsStandSideBySide() throws Exception {
    Element one = parse(SvgPlot.of(List.of(plot()))).getDocumentElement();
    Element five = parse(SvgPlot.of(Collections.nCopies(5, plot()))).getDocumentElement();
    assertEquals(2 * Integer.parseInt(one.getAttribute("width")), Integer.parseInt(five.getAttribute("width")));
    assertEquals(3 * Integer.parseInt(one.getAttribute("height")), Integer.parseInt(five.getAttribute("height")));
    assertThrows(IllegalArgumentException.class, () -> SvgPlot.of(List.of()));
  }
}
