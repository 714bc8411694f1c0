package dev.gradus.show;

/// A grid of characters to draw on: in braille, where each character has 2 × 4 dots, or in ASCII, where it is one dot.
final class Canvas {
  /// How many dots of a curve are drawn and left out in turn; a curve of its own for each of the first four.
  private static final int[][] DASHES = {{1, 0}, {1, 2}, {5, 3}, {2, 5}};

  private static final String ASCII_CURVES = "*+=~";
  private static final String ASCII_POINTS = "#o^v";
  private static final String POINTS = "●○▲△";
  private static final int[][] BITS = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};
  private static final int BRAILLE = 0x2800;

  private final boolean ascii;
  private final char[][] characters;
  private final int[][] dots;

  Canvas(int columns, int rows, boolean ascii) {
    this.ascii = ascii;
    this.characters = new char[rows][columns];
    this.dots = new int[rows][columns];
  }

  private int width() {
    return characters[0].length * (ascii ? 1 : 2);
  }

  private int height() {
    return characters.length * (ascii ? 1 : 4);
  }

  /// Draws a line in the style of curve `index`. Coordinates go from 0 to 1, y upward; what lies outside is cut off.
  ///
  /// @param drawn how many dots of the curve came before
  /// @return how many it has now
  int line(double fromX, double fromY, double toX, double toY, int index, int drawn) {
    double x = fromX * (width() - 1);
    double y = (1 - fromY) * (height() - 1);
    double dx = toX * (width() - 1) - x;
    double dy = (1 - toY) * (height() - 1) - y;
    int steps = (int) Math.ceil(Math.min(Math.max(Math.abs(dx), Math.abs(dy)), 1e5));
    for (int i = 0; i <= steps; i++) {
      double t = steps == 0 ? 0 : (double) i / steps;
      dot(Math.round(x + t * dx), Math.round(y + t * dy), index, drawn + i);
    }
    return drawn + steps;
  }

  private void dot(long x, long y, int index, int place) {
    if (x < 0 || x >= width() || y < 0 || y >= height()) {
      return;
    }
    int style = index % DASHES.length;
    if (ascii) {
      characters[(int) y][(int) x] = ASCII_CURVES.charAt(style);
    } else if (place % (DASHES[style][0] + DASHES[style][1]) < DASHES[style][0]) {
      dots[(int) y / 4][(int) x / 2] |= BITS[(int) y % 4][(int) x % 2];
    }
  }

  /// Draws a point in the style of series `index`.
  void point(double x, double y, int index) {
    long column = Math.round(x * (characters[0].length - 1));
    long row = Math.round((1 - y) * (characters.length - 1));
    if (column >= 0 && column < characters[0].length && row >= 0 && row < characters.length) {
      String marks = ascii ? ASCII_POINTS : POINTS;
      characters[(int) row][(int) column] = marks.charAt(index % marks.length());
    }
  }

  /// A row as text, in full width.
  String row(int row) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < characters[row].length; column++) {
      char character = characters[row][column];
      int bits = dots[row][column];
      line.append(character != 0 ? character : bits != 0 ? (char) (BRAILLE + bits) : ' ');
    }
    return line.toString();
  }
}
