package dev.gradus.teach.picture;

import com.google.common.collect.ImmutableList;
import dev.gradus.teach.layout.Direction;
import dev.gradus.teach.replay.Narration;
import java.util.List;

/// A drawing of a graph: every node with its value and its gradient, forward links solid and backward ones dashed. It is
/// data; [#svg] and [#png] draw the same marks.
public final class Picture {
  private final double width;
  private final double height;
  private final Texts texts;
  private final ImmutableList<Piece> pieces;

  Picture(double width, double height, Texts texts, List<Piece> pieces) {
    this.width = width;
    this.height = height;
    this.texts = texts;
    this.pieces = ImmutableList.copyOf(pieces);
  }

  /// What a picture says to those who do not see it.
  ///
  /// @param language as HTML names it
  /// @param title what it shows
  /// @param description the same in a sentence or two
  record Texts(String language, String title, String description) {}

  /// Marks that belong together.
  ///
  /// @param kind what they are
  /// @param spoken what they say; may be empty
  /// @param marks from the back to the front
  record Piece(Kind kind, String spoken, List<Mark> marks) {
    /// What pieces are.
    enum Kind {
      GROUND,
      LINKS,
      NODE,
      GROUP,
      LEGEND
    }
  }

  /// The picture of a graph after its last step. Large graphs are folded.
  ///
  /// @param narration the steps, and the language
  /// @param title what it shows
  /// @param direction which way it reads
  public static Picture of(Narration narration, String title, Direction direction) {
    return new Draughtsman(narration, direction).draw(title);
  }

  /// How wide it is, in pixels of a usual screen.
  public double width() {
    return width;
  }

  /// How high it is.
  public double height() {
    return height;
  }

  Texts texts() {
    return texts;
  }

  ImmutableList<Piece> pieces() {
    return pieces;
  }

  /// As SVG, valid XML that can stand alone or in a page. It has no script and no style sheet.
  public String svg() {
    return Svg.of(this);
  }

  /// As a PNG image.
  ///
  /// @param scale pixels for each pixel of a usual screen, such as 2
  /// @throws dev.gradus.GradusException for a scale that is not above 0 or an image too large, and where the JVM cannot draw text
  public byte[] png(double scale) {
    return Png.of(this, scale);
  }
}
