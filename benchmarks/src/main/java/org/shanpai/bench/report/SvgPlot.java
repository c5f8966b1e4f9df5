package org.shanpai.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Draws a plot as a self-contained SVG: grouped bars, or lines over a numeric axis. The vertical
 * axis starts at 0.
 *
 * <p>Colours stay apart for the colour-blind and on dark and light pages; the same input gives the
 * same bytes.
 */
public final class SvgPlot {

  /**
   * One set of values under one name.
   *
   * @param values one for each category or point; NaN leaves a gap
   */
  public record Series(String name, double[] values) {}

  private static final List<String> COLOURS =
      List.of("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#999999");

  private static final int WIDTH = 860;
  private static final int HEIGHT = 380;
  private static final int LEFT = 64;
  private static final int RIGHT = 20;
  private static final int TOP = 64;
  private static final int BOTTOM = 90;

  private final StringBuilder svg = new StringBuilder();
  private final double highest;
  private final double step;

  private SvgPlot(String title, String unit, List<Series> series) {
    double most = 0;
    for (Series one : series) {
      for (double value : one.values()) {
        if (Double.isFinite(value)) {
          most = Math.max(most, value);
        }
      }
    }
    this.step = niceStep(most / 5);
    this.highest = most == 0 ? step : Math.ceil(most / step - 1e-9) * step;
    say(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" font-family=\"system-ui, sans-serif\" font-size=\"12\">",
        WIDTH, HEIGHT);
    say("<title>%s</title>", escaped(title));
    say("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", WIDTH, HEIGHT);
    say(
        "<text x=\"%d\" y=\"22\" font-size=\"15\" font-weight=\"600\">%s</text>",
        LEFT, escaped(title));
    say("<text x=\"%d\" y=\"%d\" fill=\"#555555\">%s</text>", 8, TOP - 10, escaped(unit));
    for (int i = 0; i <= Math.round(highest / step); i++) {
      double y = y(i * step);
      say(
          "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#dddddd\"/>",
          LEFT, y, WIDTH - RIGHT, y);
      say(
          "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
          LEFT - 6, y + 4, number(i * step));
    }
    int x = LEFT + 90;
    for (int i = 0; i < series.size(); i++) {
      String name = series.get(i).name();
      say("<rect x=\"%d\" y=\"34\" width=\"12\" height=\"12\" fill=\"%s\"/>", x, colour(i));
      say("<text x=\"%d\" y=\"44\">%s</text>", x + 17, escaped(name));
      x += 36 + 7 * name.length();
    }
  }

  /**
   * Grouped bars, the value above each where there is room.
   *
   * @param unit what the vertical axis counts
   * @param categories names along the horizontal axis
   * @param series each with a value for every category
   */
  public static String bars(
      String title, String unit, List<String> categories, List<Series> series) {
    check(categories.size(), series);
    SvgPlot plot = new SvgPlot(title, unit, series);
    double slot = (double) (WIDTH - LEFT - RIGHT) / categories.size();
    double width = Math.min(60, slot * 0.8 / series.size());
    boolean slanted = categories.stream().anyMatch(name -> name.length() * 7 > slot);
    for (int c = 0; c < categories.size(); c++) {
      double middle = LEFT + slot * (c + 0.5);
      for (int s = 0; s < series.size(); s++) {
        double value = series.get(s).values()[c];
        if (!Double.isFinite(value)) {
          continue;
        }
        double x = middle + width * (s - series.size() / 2.0);
        double y = plot.y(value);
        plot.say(
            "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"><title>%s %s: %s</title></rect>",
            x,
            y,
            width * 0.94,
            plot.y(0) - y,
            colour(s),
            escaped(categories.get(c)),
            escaped(series.get(s).name()),
            number(value));
        if (width >= 24) {
          plot.say(
              "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\" font-size=\"11\">%s</text>",
              x + width * 0.47, y - 4, number(value));
        }
      }
      plot.label(middle, categories.get(c), slanted);
    }
    return plot.end();
  }

  /**
   * Lines with a dot at every point, over a horizontal axis with a logarithmic scale or a plain
   * one.
   *
   * @param axis what the horizontal axis counts
   * @param at where the points lie, ascending; above 0 when logarithmic
   */
  public static String lines(
      String title,
      String unit,
      String axis,
      double[] at,
      boolean logarithmic,
      List<Series> series) {
    check(at.length, series);
    if (at.length == 0 || logarithmic && !(at[0] > 0)) {
      throw new IllegalArgumentException("a logarithmic axis needs points above 0");
    }
    SvgPlot plot = new SvgPlot(title, unit, series);
    double[] x = new double[at.length];
    double first = logarithmic ? Math.log(at[0]) : at[0];
    double span = (logarithmic ? Math.log(at[at.length - 1]) : at[at.length - 1]) - first;
    for (int i = 0; i < at.length; i++) {
      double share = span == 0 ? 0.5 : ((logarithmic ? Math.log(at[i]) : at[i]) - first) / span;
      x[i] = LEFT + 20 + share * (WIDTH - LEFT - RIGHT - 40);
      plot.label(x[i], number(at[i]), false);
    }
    for (int s = 0; s < series.size(); s++) {
      List<String> points = new ArrayList<>();
      for (int i = 0; i < at.length; i++) {
        double value = series.get(s).values()[i];
        if (!Double.isFinite(value)) {
          continue;
        }
        points.add(String.format(Locale.ROOT, "%.1f,%.1f", x[i], plot.y(value)));
        plot.say(
            "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"><title>%s at %s: %s</title></circle>",
            x[i],
            plot.y(value),
            colour(s),
            escaped(series.get(s).name()),
            number(at[i]),
            number(value));
      }
      plot.say(
          "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>",
          String.join(" ", points), colour(s));
    }
    plot.say(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" fill=\"#555555\">%s</text>",
        WIDTH - RIGHT, HEIGHT - 12, escaped(axis));
    return plot.end();
  }

  private static void check(int points, List<Series> series) {
    for (Series one : series) {
      if (one.values().length != points) {
        throw new IllegalArgumentException(
            "%s has %d values for %d points".formatted(one.name(), one.values().length, points));
      }
    }
  }

  /** The next of 1, 2, 5, 10, … at or above a value. */
  static double niceStep(double value) {
    if (!(value > 0)) {
      return 1;
    }
    double power = Math.pow(10, Math.floor(Math.log10(value)));
    for (double factor : new double[] {1, 2, 5}) {
      if (factor * power >= value * (1 - 1e-9)) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  private double y(double value) {
    return HEIGHT - BOTTOM - value / highest * (HEIGHT - BOTTOM - TOP);
  }

  private static String colour(int series) {
    return COLOURS.get(series % COLOURS.size());
  }

  private void label(double x, String text, boolean slanted) {
    int y = HEIGHT - BOTTOM + 16;
    if (slanted) {
      say(
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"end\" font-size=\"9\" transform=\"rotate(-60 %.1f %d)\">%s</text>",
          x + 3, y - 6, x + 3, y - 6, escaped(text));
    } else {
      say("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>", x, y, escaped(text));
    }
  }

  private String end() {
    say(
        "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#333333\"/>",
        LEFT, y(0), WIDTH - RIGHT, y(0));
    say("</svg>");
    return svg.toString();
  }

  private void say(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  /** At most three figures that count, without idle zeros. */
  static String number(double value) {
    if (value == 0) {
      return "0";
    }
    int decimals = Math.max(0, 2 - (int) Math.floor(Math.log10(Math.abs(value))));
    String text = String.format(Locale.ROOT, "%." + Math.min(decimals, 6) + "f", value);
    return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
