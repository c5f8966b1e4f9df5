package org.shanpai.bench.report;

import java.util.List;
import java.util.Map;

/** A chapter of BENCHMARKS.md, generated from the raw results of one benchmark. */
public interface Section {

  /** The benchmark whose results it shows, as {@link RawResult#bench()}. */
  String bench();

  /** Its heading. */
  String title();

  /**
   * Writes it.
   *
   * @param results raw results of its benchmark, by file name; at least one
   * @param plots put SVG text here under a file name, to be linked as {@code benchmarks/plots/NAME}
   * @return Markdown without the heading
   */
  String markdown(List<RawResult> results, Map<String, String> plots);
}
