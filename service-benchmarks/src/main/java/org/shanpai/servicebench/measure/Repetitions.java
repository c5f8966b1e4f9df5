package org.shanpai.servicebench.measure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.shanpai.bench.report.ReportFile;
import org.shanpai.bench.report.Tables;

/**
 * One figure as every repetition of a part measured it, in their order.
 *
 * @param values at least one
 */
public record Repetitions(double... values) {

  public double median() {
    return Tables.median(values);
  }

  public double least() {
    return DoubleStream.of(values).min().orElseThrow();
  }

  public double most() {
    return DoubleStream.of(values).max().orElseThrow();
  }

  /** Greatest less least, in shares of the median. */
  public double spread() {
    return (most() - least()) / median();
  }

  /** Ours by the rival's of the same repetition. */
  public Repetitions over(Repetitions rival) {
    double[] ratios = new double[values.length];
    Arrays.setAll(ratios, i -> values[i] / rival.values[i]);
    return new Repetitions(ratios);
  }

  /** Adds {@code name} with the values, the median and the spread. */
  public void addTo(ObjectNode json, String name, int decimals) {
    ObjectNode own = json.putObject(name);
    own.put("median", ReportFile.rounded(median(), decimals));
    own.put("spread", ReportFile.rounded(spread(), 3));
    ArrayNode all = own.putArray("each");
    for (double value : values) {
      all.add(ReportFile.rounded(value, decimals));
    }
  }
}
