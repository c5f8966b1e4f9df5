package org.shanpai.geo.area.http;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.shanpai.contracts.AreaId;
import org.shanpai.contracts.CoordinateSystem;
import org.shanpai.geo.area.AreaRegister.Wish;
import org.shanpai.geo.area.Corner;
import org.shanpai.geo.area.Outline;

/**
 * An area as somebody wants it, unchecked.
 *
 * @param coordinateSystem the system of the outline
 * @param outline 3 … 1000 corners, closed or not, of either winding
 * @param paused true while dispatch shall rest here; missing means no
 */
@Schema(description = "An area as it shall be.")
public record AreaBody(
    @Schema(examples = "Core", required = true) String name,
    @Schema(description = "The system of the outline", required = true)
        CoordinateSystem coordinateSystem,
    @Schema(required = true) List<Corner> outline,
    @Schema(examples = "false") Boolean paused) {

  private static final int LONGEST_NAME = 100;

  /** What a check found. */
  sealed interface Checked {
    record Good(Wish wish) implements Checked {}

    record Bad(String field, String detail) implements Checked {}
  }

  Checked check(String areaId, Outline.Limits limits) {
    AreaId id;
    try {
      id = AreaId.of(areaId);
    } catch (IllegalArgumentException e) {
      return new Checked.Bad("areaId", e.getMessage() + ".");
    }
    if (name == null || name.isBlank() || name.length() > LONGEST_NAME) {
      return new Checked.Bad("name", "name must have 1-" + LONGEST_NAME + " characters.");
    }
    Outline.Checked checked = Outline.check(outline, coordinateSystem, limits);
    if (checked instanceof Outline.Checked.Bad bad) {
      return new Checked.Bad(bad.field(), bad.detail());
    }
    Outline good = ((Outline.Checked.Good) checked).outline();
    return new Checked.Good(new Wish(id, name.strip(), good, Boolean.TRUE.equals(paused)));
  }
}
