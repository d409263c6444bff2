package org.millrace.streaming.placement.page;

import java.util.ArrayList;
import java.util.List;

/** Puts shapes side by side as long as they fit, then below. */
final class Shelves {

  private Shelves() {}

  /** A rectangle of a size, in pixels, drawn where it ends up. */
  interface Shape {
    double width();

    double height();

    void draw(StringBuilder svg, double x, double y);
  }

  /**
   * A row of shapes.
   *
   * @param gap between them, and to the next row
   */
  record Shelf(List<Shape> shapes, double width, double height, double gap) {

    private static Shelf of(List<Shape> shapes, double gap) {
      return new Shelf(
          shapes,
          shapes.stream().mapToDouble(Shape::width).sum() + gap * (shapes.size() - 1),
          shapes.stream().mapToDouble(Shape::height).max().orElse(0),
          gap);
    }
  }

  /** Rows of at most a width, but for shapes that are wider themselves. */
  static List<Shelf> of(List<Shape> shapes, double most, double gap) {
    var shelves = new ArrayList<Shelf>();
    var row = new ArrayList<Shape>();
    double width = 0;
    for (var shape : shapes) {
      if (!row.isEmpty() && width + gap + shape.width() > most) {
        shelves.add(Shelf.of(List.copyOf(row), gap));
        row.clear();
        width = 0;
      }
      width += (row.isEmpty() ? 0 : gap) + shape.width();
      row.add(shape);
    }
    if (!row.isEmpty()) {
      shelves.add(Shelf.of(List.copyOf(row), gap));
    }
    return shelves;
  }

  /** Draws rows below each other. Gives the height of all. */
  static double draw(StringBuilder svg, List<Shelf> shelves, double x, double y) {
    double top = y;
    for (var shelf : shelves) {
      double left = x;
      for (var shape : shelf.shapes) {
        shape.draw(svg, left, top);
        left += shape.width() + shelf.gap;
      }
      top += shelf.height + shelf.gap;
    }
    return shelves.isEmpty() ? 0 : top - y - shelves.get(shelves.size() - 1).gap;
  }
}
