package org.shanpai.geo.zone.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.shanpai.geo.zone.ZoneRegister;
import org.shanpai.geo.zone.ZoneRegister.Outcome;

/**
 * What became of a file, feature by feature.
 *
 * @param type a problem's, when nothing was taken; else null, as are title, status and detail
 */
@Schema(name = "ZoneImport")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ZoneImport(
    String type,
    String title,
    Integer status,
    String detail,
    @Schema(examples = "3") int created,
    @Schema(examples = "0") int changed,
    @Schema(examples = "1") int unchanged,
    @Schema(examples = "0", description = "Zones that the file did not hold, when swapped")
        int removed,
    @Schema(examples = "1") int refused,
    List<Line> features) {

  /**
   * A feature of the file.
   *
   * @param outcome CREATED, CHANGED, UNCHANGED, REFUSED, or FINE where others kept it from being
   *     taken
   * @param field what is to blame; REFUSED only
   */
  @Schema(name = "ZoneImportLine")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Line(
      @Schema(description = "place in the file, from 0", examples = "2") int index,
      @Schema(examples = "z-square") String zoneId,
      @Schema(examples = "REFUSED") String outcome,
      @Schema(examples = "geometry.coordinates[0]") String field,
      @Schema(examples = "geometry.coordinates[0] is not closed.") String detail,
      List<String> notes) {}

  /** Some features were refused, and the file was to be taken whole or not at all. */
  static ZoneImport refused(List<ZoneFile.Feature> features) {
    List<Line> lines = features.stream().map(one -> line(one, "FINE")).toList();
    int refused = (int) lines.stream().filter(line -> line.outcome().equals("REFUSED")).count();
    return new ZoneImport(
        "urn:shanpai:problem:unprocessable",
        "Unprocessable",
        422,
        "%d of %d features are refused; nothing was changed.".formatted(refused, lines.size()),
        0,
        0,
        0,
        0,
        refused,
        lines);
  }

  static ZoneImport taken(List<ZoneFile.Feature> features, List<ZoneRegister.Result> results) {
    Map<String, Outcome> outcomes = new HashMap<>();
    results.forEach(result -> outcomes.put(result.zone().zoneId(), result.outcome()));
    List<Line> lines = new ArrayList<>();
    for (ZoneFile.Feature feature : features) {
      lines.add(line(feature, String.valueOf(outcomes.get(feature.zoneId()))));
    }
    return new ZoneImport(
        null,
        null,
        null,
        null,
        count(results, Outcome.CREATED),
        count(results, Outcome.CHANGED),
        count(results, Outcome.UNCHANGED),
        count(results, Outcome.REMOVED),
        (int) lines.stream().filter(line -> line.outcome().equals("REFUSED")).count(),
        lines);
  }

  private static Line line(ZoneFile.Feature feature, String outcome) {
    if (feature.checked() instanceof ZoneBody.Checked.Bad bad) {
      return new Line(
          feature.index(), feature.zoneId(), "REFUSED", bad.field(), bad.detail(), null);
    }
    List<String> notes = ((ZoneBody.Checked.Good) feature.checked()).wish().notes();
    return new Line(
        feature.index(), feature.zoneId(), outcome, null, null, notes.isEmpty() ? null : notes);
  }

  private static int count(List<ZoneRegister.Result> results, Outcome outcome) {
    return (int) results.stream().filter(result -> result.outcome() == outcome).count();
  }
}
