package org.shanpai.servicebench.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.List;

/** The headline figures for people. */
final class Headlines {

  private Headlines() {}

  /** Prints those that were measured. */
  static void print(List<String> names, ObjectNode report, PrintStream out) {
    for (String name : names) {
      if (report.has(name)) {
        out.printf("%-24s %,14.4f%n", name, report.get(name).asDouble());
      }
    }
  }
}
