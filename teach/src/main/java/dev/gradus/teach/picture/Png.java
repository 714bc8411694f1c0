package dev.gradus.teach.picture;

import dev.gradus.GradusException;
import dev.gradus.teach.layout.Box;
import dev.gradus.teach.layout.Point;
import java.awt.AWTError;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.GraphicsEnvironment;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// Draws a [Picture] as an image, without a screen.
final class Png {
  private static final double MOST_PIXELS = 1e8;

  private final Graphics2D graphics;
  private final Map<Typeface, Font> fonts = new EnumMap<>(Typeface.class);

  private Png(Graphics2D graphics) {
    this.graphics = graphics;
    Set<String> installed =
        new HashSet<>(Arrays.asList(GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames(Locale.ROOT)));
    for (Typeface face : Typeface.values()) {
      String family = face.families().stream().filter(installed::contains).findFirst().orElse(logical(face));
      fonts.put(face, font(face, family));
    }
  }

  static byte[] of(Picture picture, double scale) {
    if (!(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
      throw new GradusException("png", "the scale is above 0 and finite", scale, "take 1, or 2 for print");
    }
    double width = Math.ceil(picture.width() * scale);
    double height = Math.ceil(picture.height() * scale);
    if (width * height > MOST_PIXELS) {
      throw new GradusException(
          "png", "an image has at most 100 million pixels", "%.0f x %.0f".formatted(width, height), "take a smaller scale, or SVG");
    }
    try {
      return encoded(drawn(picture, scale, (int) width, (int) height));
    } catch (LinkageError | InternalError | AWTError | RuntimeException e) {
      // What the JDK throws where it finds no font, or where its parts for drawing are not installed.
      GradusException told = new GradusException(
          "png", "the JVM must find a font to draw with", e, "install a font and fontconfig, such as DejaVu, or write SVG");
      told.addSuppressed(e);
      throw told;
    }
  }

  private static BufferedImage drawn(Picture picture, double scale, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
      graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      graphics.setColor(color(Ink.PAPER));
      graphics.fillRect(0, 0, width, height);
      graphics.scale(scale, scale);
      Png png = new Png(graphics);
      picture.pieces().forEach(piece -> piece.marks().forEach(png::draw));
    } finally {
      graphics.dispose();
    }
    return image;
  }

  private static byte[] encoded(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(image, "png", out)) {
        throw new IllegalStateException("no writer of PNG");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static String logical(Typeface face) {
    return face.isMonospaced() ? Font.MONOSPACED : Font.SANS_SERIF;
  }

  private static Font font(Typeface face, String family) {
    return new Font(family, face.isBold() ? Font.BOLD : Font.PLAIN, 1).deriveFont((float) face.size());
  }

  private static Color color(Ink ink) {
    return new Color(ink.rgb());
  }

  private void draw(Mark mark) {
    switch (mark) {
      case Mark.Panel panel -> draw(panel);
      case Mark.Arrow arrow -> draw(arrow);
      case Mark.Words words -> draw(words);
    }
  }

  private void draw(Mark.Panel panel) {
    Box box = panel.box();
    var outline = new RoundRectangle2D.Double(box.x(), box.y(), box.width(), box.height(), 2 * panel.corner(), 2 * panel.corner());
    graphics.setColor(color(panel.fill()));
    graphics.fill(outline);
    if (panel.thickness() > 0) {
      graphics.setColor(color(panel.line()));
      graphics.setStroke(new BasicStroke((float) panel.thickness()));
      graphics.draw(outline);
    }
  }

  private void draw(Mark.Arrow arrow) {
    graphics.setColor(color(arrow.ink()));
    graphics.setStroke(
        arrow.dashed()
            ? new BasicStroke(
                (float) Mark.Arrow.THICKNESS, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10,
                new float[] {(float) Mark.Arrow.DASH, (float) Mark.Arrow.GAP}, 0)
            : new BasicStroke((float) Mark.Arrow.THICKNESS, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
    List<Point> points = arrow.curve();
    Path2D curve = new Path2D.Double();
    curve.moveTo(points.getFirst().x(), points.getFirst().y());
    for (int i = 1; i + 2 < points.size(); i += 3) {
      Point end = points.get(i + 2);
      curve.curveTo(points.get(i).x(), points.get(i).y(), points.get(i + 1).x(), points.get(i + 1).y(), end.x(), end.y());
    }
    graphics.draw(curve);
    Path2D head = new Path2D.Double();
    head.moveTo(arrow.head().getFirst().x(), arrow.head().getFirst().y());
    arrow.head().forEach(corner -> head.lineTo(corner.x(), corner.y()));
    head.closePath();
    graphics.fill(head);
  }

  private void draw(Mark.Words words) {
    Font chosen = fonts.getOrDefault(words.face(), font(words.face(), logical(words.face())));
    // The JVM's own families put together what several fonts have.
    Font font = chosen.canDisplayUpTo(words.text()) < 0 ? chosen : font(words.face(), logical(words.face()));
    double width = font.getStringBounds(words.text(), graphics.getFontRenderContext()).getWidth();
    double left =
        switch (words.anchor()) {
          case START -> words.x();
          case MIDDLE -> words.x() - width / 2;
          case END -> words.x() - width;
        };
    graphics.setColor(color(words.ink()));
    graphics.setFont(font);
    graphics.drawString(words.text(), (float) left, (float) words.y());
  }
}
