package dev.gradus.teach.picture;

import com.google.common.xml.XmlEscapers;
import dev.gradus.teach.layout.Box;
import dev.gradus.teach.layout.Point;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// Writes a [Picture] as SVG. Everything is said by attributes, so that it looks the same in every program.
final class Svg {
  private final Picture picture;
  private final StringBuilder out = new StringBuilder();

  private Svg(Picture picture) {
    this.picture = picture;
  }

  static String of(Picture picture) {
    return new Svg(picture).write();
  }

  private String write() {
    Picture.Texts texts = picture.texts();
    // Pages may hold several pictures.
    String id = "g" + Integer.toHexString(Objects.hash(texts.title(), texts.description()));
    String width = number(picture.width());
    String height = number(picture.height());
    out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"").append(width).append("\" height=\"").append(height)
        .append("\" viewBox=\"0 0 ").append(width).append(' ').append(height)
        .append("\" role=\"img\" aria-labelledby=\"").append(id).append("t ").append(id).append("d\" lang=\"")
        .append(attribute(texts.language())).append("\">\n");
    out.append("<title id=\"").append(id).append("t\">").append(content(texts.title())).append("</title>\n");
    out.append("<desc id=\"").append(id).append("d\">").append(content(texts.description())).append("</desc>\n");
    for (Picture.Piece piece : picture.pieces()) {
      out.append("<g class=\"").append(piece.kind().name().toLowerCase(Locale.ROOT)).append("\">\n");
      if (!piece.spoken().isEmpty()) {
        out.append("<title>").append(content(piece.spoken())).append("</title>\n");
      }
      piece.marks().forEach(this::write);
      out.append("</g>\n");
    }
    return out.append("</svg>\n").toString();
  }

  private void write(Mark mark) {
    switch (mark) {
      case Mark.Panel panel -> panel(panel);
      case Mark.Arrow arrow -> arrow(arrow);
      case Mark.Words words -> words(words);
    }
    out.append('\n');
  }

  private void panel(Mark.Panel panel) {
    Box box = panel.box();
    out.append("<rect x=\"").append(number(box.x())).append("\" y=\"").append(number(box.y()))
        .append("\" width=\"").append(number(box.width())).append("\" height=\"").append(number(box.height()))
        .append("\" rx=\"").append(number(panel.corner())).append("\" fill=\"").append(panel.fill().hex());
    if (panel.thickness() > 0) {
      out.append("\" stroke=\"").append(panel.line().hex()).append("\" stroke-width=\"").append(number(panel.thickness()));
    }
    out.append("\"/>");
  }

  private void arrow(Mark.Arrow arrow) {
    List<Point> curve = arrow.curve();
    out.append("<path d=\"M").append(point(curve.getFirst()));
    for (int i = 1; i < curve.size(); i++) {
      out.append(i % 3 == 1 ? 'C' : ' ').append(point(curve.get(i)));
    }
    out.append("\" fill=\"none\" stroke=\"").append(arrow.ink().hex()).append("\" stroke-width=\"").append(number(Mark.Arrow.THICKNESS));
    if (arrow.dashed()) {
      out.append("\" stroke-dasharray=\"").append(number(Mark.Arrow.DASH)).append(' ').append(number(Mark.Arrow.GAP));
    }
    List<Point> head = arrow.head();
    out.append("\"/><path d=\"M").append(point(head.get(0))).append('L').append(point(head.get(1))).append('L').append(point(head.get(2)))
        .append("Z\" fill=\"").append(arrow.ink().hex()).append("\"/>");
  }

  private void words(Mark.Words words) {
    Typeface face = words.face();
    String anchor =
        switch (words.anchor()) {
          case START -> "";
          case MIDDLE -> "\" text-anchor=\"middle";
          case END -> "\" text-anchor=\"end";
        };
    out.append("<text x=\"").append(number(words.x())).append("\" y=\"").append(number(words.y())).append(anchor)
        .append("\" font-family=\"").append(attribute(String.join(", ", face.families()))).append("\" font-size=\"").append(number(face.size()))
        .append(face.isBold() ? "\" font-weight=\"bold" : "").append("\" fill=\"").append(words.ink().hex()).append("\">")
        .append(content(words.text())).append("</text>");
  }

  private static String point(Point point) {
    return number(point.x()) + " " + number(point.y());
  }

  /// With one decimal at most.
  private static String number(double x) {
    double rounded = Math.rint(x * 10) / 10;
    return rounded == Math.rint(rounded) ? String.valueOf((long) rounded) : String.valueOf(rounded);
  }

  private static String content(String text) {
    return XmlEscapers.xmlContentEscaper().escape(text);
  }

  private static String attribute(String text) {
    return XmlEscapers.xmlAttributeEscaper().escape(text);
  }
}
