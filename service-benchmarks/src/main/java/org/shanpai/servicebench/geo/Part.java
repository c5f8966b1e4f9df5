package org.shanpai.servicebench.geo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.shanpai.bench.report.Progress;

/** One of the things that are measured. */
public interface Part {

  /** Its name in {@code --parts}, and of its object in the report. */
  String name();

  /** How long it will take, roughly; the unit of its progress. */
  int seconds();

  /**
   * Measures.
   *
   * @param report gets the headline figures, and an object of the part's name with all others
   * @param progress of all parts; this one adds {@link #seconds()}
   */
  void measure(ObjectNode report, Progress progress);
}
