package org.shanpai.order.address;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Made-up but realistic addresses labelled by hand, {@code address/labelled.jsonl}. Odd lines may
 * be looked at while rules are tuned ({@code dev}); even lines are {@code held-out}.
 */
final class LabelledAddresses {

  /** A piece of a text and what it is. */
  record Label(String part, String text, int start, int end) {}

  record Line(int id, String split, String text, List<Label> labels) {}

  private LabelledAddresses() {}

  static List<Line> read() {
    ObjectMapper json = new ObjectMapper();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                LabelledAddresses.class.getResourceAsStream("/address/labelled.jsonl"),
                StandardCharsets.UTF_8))) {
      List<Line> read = new ArrayList<>();
      for (String row = lines.readLine(); row != null; row = lines.readLine()) {
        JsonNode node = json.readTree(row);
        List<Label> labels = new ArrayList<>();
        for (JsonNode part : node.path("parts")) {
          labels.add(
              new Label(
                  part.path("part").asText(),
                  part.path("text").asText(),
                  part.path("start").asInt(),
                  part.path("end").asInt()));
        }
        read.add(
            new Line(
                node.path("id").asInt(),
                node.path("split").asText(),
                node.path("text").asText(),
                labels));
      }
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
