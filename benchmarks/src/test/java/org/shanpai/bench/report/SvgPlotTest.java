package org.shanpai.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Plots are well-formed and tell the truth about their values. */
class SvgPlotTest {

  private static Document parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<Element> marks(Document svg, String kind) {
    NodeList found = svg.getElementsByTagName(kind);
    List<Element> marks = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      Element element = (Element) found.item(i);
      if (element.getElementsByTagName("title").getLength() > 0) {
        marks.add(element);
      }
    }
    return marks;
  }

  @Test
  void barsAreAsHighAsTheirValues() throws Exception {
    Document svg =
        parsed(
            SvgPlot.bars(
                "a < b & \"c\"",
                "minutes",
                List.of("one", "two"),
                List.of(
                    new SvgPlot.Series("x", new double[] {4, 8}),
                    new SvgPlot.Series("y", new double[] {2, Double.NaN}))));
    List<Element> bars = marks(svg, "rect");
    assertThat(bars).hasSize(3);
    double four = Double.parseDouble(bars.get(0).getAttribute("height"));
    double two = Double.parseDouble(bars.get(1).getAttribute("height"));
    double eight = Double.parseDouble(bars.get(2).getAttribute("height"));
    assertThat(four / two).isBetween(1.99, 2.01);
    assertThat(eight / four).isBetween(1.99, 2.01);
    assertThat(bars.get(2).getTextContent()).isEqualTo("two x: 8");
  }

  @Test
  void pointsOfALogarithmicAxisAreEquallyFarApart() throws Exception {
    Document svg =
        parsed(
            SvgPlot.lines(
                "cost",
                "yuan",
                "areas",
                new double[] {1, 4, 16, 64},
                true,
                List.of(new SvgPlot.Series("cpu", new double[] {5, 4, 3, 0}))));
    List<Element> points = marks(svg, "circle");
    assertThat(points).hasSize(4);
    double[] x =
        points.stream().mapToDouble(p -> Double.parseDouble(p.getAttribute("cx"))).toArray();
    assertThat(x[1] - x[0]).isBetween(x[3] - x[2] - 0.2, x[3] - x[2] + 0.2);
    assertThat(Double.parseDouble(points.get(3).getAttribute("cy")))
        .isGreaterThan(Double.parseDouble(points.get(0).getAttribute("cy")));
  }

  @Test
  void allZerosAreDrawn() throws Exception {
    Document svg =
        parsed(
            SvgPlot.bars(
                "none", "", List.of("a"), List.of(new SvgPlot.Series("x", new double[] {0}))));
    assertThat(marks(svg, "rect").get(0).getAttribute("height")).isEqualTo("0.0");
  }

  @Test
  void valuesAndCategoriesMustAgree() {
    assertThatThrownBy(
            () ->
                SvgPlot.bars(
                    "t", "u", List.of("a"), List.of(new SvgPlot.Series("x", new double[2]))))
        .hasMessage("x has 2 values for 1 points");
  }

  @Test
  void stepsAndNumbersAreRound() {
    assertThat(SvgPlot.niceStep(0.7)).isEqualTo(1);
    assertThat(SvgPlot.niceStep(1.2)).isEqualTo(2);
    assertThat(SvgPlot.niceStep(30)).isEqualTo(50);
    assertThat(SvgPlot.niceStep(60)).isEqualTo(100);
    assertThat(SvgPlot.niceStep(0)).isEqualTo(1);
    assertThat(SvgPlot.number(0.0123456)).isEqualTo("0.0123");
    assertThat(SvgPlot.number(12.50)).isEqualTo("12.5");
    assertThat(SvgPlot.number(1200)).isEqualTo("1200");
  }
}
